using System.Management.Automation;
using Bastion.Approvals.Webhooks;

namespace Bastion.PowerShell.Approvals;

/// <summary>Lists webhooks, when a message last arrived, and why the last try failed.</summary>
[Cmdlet(VerbsCommon.Get, "BhWebhook")]
[OutputType(typeof(Webhook))]
public sealed class GetBhWebhookCommand : EngineCommand
{
    /// <summary>Names, with wildcards; all, if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<WebhookNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) =>
        EmitNamedAsync(Name, Engine.Webhooks.Resolve, pattern => Engine.Webhooks.List().Where(webhook => pattern.Matches(webhook.Name)));
}
