using System.Management.Automation;
using Bastion.Approvals;

namespace Bastion.PowerShell.Approvals;

/// <summary>Waits until requests for approval are answered, and emits them as they are then.</summary>
[Cmdlet(VerbsLifecycle.Wait, "BhApproval")]
[OutputType(typeof(ApprovalRequest))]
public sealed class WaitBhApprovalCommand : EngineCommand
{
    /// <summary>Ids of requests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<PendingApprovalNames>]
    public string[] Id { get; set; } = [];

    /// <summary>Seconds to wait for each at most; until it expires, if not given.</summary>
    [Parameter]
    [ValidateRange(0, 7 * 24 * 3600)]
    public int? Timeout { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Id, async id => Emit(await Engine.Approvals.WaitAsync(Caller, id,
        Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, request => Progress("Waiting for approval", $"{request}, by {string.Join(", ", request.Approvers)}"), stop)));
}
