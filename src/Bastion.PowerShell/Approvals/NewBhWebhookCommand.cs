using System.Management.Automation;
using System.Security;
using Bastion.Approvals.Webhooks;

namespace Bastion.PowerShell.Approvals;

/// <summary>Makes a webhook: it is told of requests for approval and of answers to them, from then on.</summary>
[Cmdlet(VerbsCommon.New, "BhWebhook", SupportsShouldProcess = true)]
[OutputType(typeof(Webhook))]
public sealed class NewBhWebhookCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    /// <summary>Where messages go: an https address, or an http one of this machine. It is kept as a secret, for it holds one with many services.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Url { get; set; } = "";

    /// <summary>What a message looks like: our JSON, a text for DingTalk, or a text for Slack.</summary>
    [Parameter]
    public WebhookShape Shape { get; set; }

    /// <summary>Key for signatures; messages are not signed, if not given.</summary>
    [Parameter]
    public SecureString? Secret { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Name, "Make webhook")) return;
        using PowerShell.Secret secret = PowerShell.Secret.Of(Secret);
        Emit(Engine.Webhooks.Add(Caller, new NewWebhook { Name = Name, Url = Url, Shape = Shape, Secret = secret.Bytes }));
    }
}
