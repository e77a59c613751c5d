using System.Management.Automation;
using Bastion.Approvals.Webhooks;

namespace Bastion.PowerShell.Approvals;

/// <summary>Sends a message to try webhooks, and tells what came of it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BhWebhook")]
[OutputType(typeof(WebhookTest))]
public sealed class TestBhWebhookCommand : EngineCommand
{
    /// <summary>Names of webhooks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<WebhookNames>]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Name, async name => Emit(await Engine.Webhooks.TestAsync(Caller, name, stop)));
}
