using System.Management.Automation;
using Bastion.Approvals.Webhooks;

namespace Bastion.PowerShell.Approvals;

/// <summary>Removes webhooks, and what still waits to be sent to them.</summary>
[Cmdlet(VerbsCommon.Remove, "BhWebhook", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhWebhookCommand : EngineCommand
{
    /// <summary>Names of webhooks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<WebhookNames>]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Name, async name =>
    {
        Webhook webhook = Engine.Webhooks.Resolve(name);
        if (await ConfirmAsync(webhook.Name, "Remove webhook")) Engine.Webhooks.Remove(Caller, webhook.Name);
    });
}
