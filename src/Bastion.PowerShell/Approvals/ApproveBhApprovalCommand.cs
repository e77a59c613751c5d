using System.Management.Automation;
using Bastion.Approvals;

namespace Bastion.PowerShell.Approvals;

/// <summary>Says yes to requests for approval. Who waits for it goes on within a second.</summary>
[Cmdlet(VerbsLifecycle.Approve, "BhApproval", SupportsShouldProcess = true)]
[OutputType(typeof(ApprovalRequest))]
public sealed class ApproveBhApprovalCommand : ApprovalAnswerCommand
{
    /// <summary>Ids of requests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<PendingApprovalNames>]
    public string[] Id { get; set; } = [];

    /// <summary>Until when it holds at most; as long as was asked for and the policy lets it, if not given.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Minutes that it holds at most, from its beginning on.</summary>
    [Parameter]
    [ValidateRange(1, 30 * 24 * 60)]
    public int? For { get; set; }

    /// <summary>For one use only, whatever was asked for.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>Approve your own request in an emergency, where the policy names you for it. Needs -Comment, is marked, and lasts an hour at most.</summary>
    [Parameter]
    public SwitchParameter BreakGlass { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var answer = new ApprovalAnswer { Comment = Comment, As = As, Until = Until, For = For is { } minutes ? TimeSpan.FromMinutes(minutes) : null, Once = Once, BreakGlass = BreakGlass };
        return AnswerAsync(Id, BreakGlass ? "Approve your own request (break-glass)" : "Approve", id => Engine.Approvals.Approve(Caller, id, answer));
    }
}
