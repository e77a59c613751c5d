using System.Management.Automation;
using Bastion.Approvals;

namespace Bastion.PowerShell.Approvals;

/// <summary>Says no to requests for approval, or takes a yes back: a session that runs on it ends within a second. Who made a request takes it back this way.</summary>
[Cmdlet(VerbsLifecycle.Deny, "BhApproval", SupportsShouldProcess = true)]
[OutputType(typeof(ApprovalRequest))]
public sealed class DenyBhApprovalCommand : ApprovalAnswerCommand
{
    /// <summary>Ids of requests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<OpenApprovalNames>]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => AnswerAsync(Id, "Deny", id => Engine.Approvals.Deny(Caller, id, new ApprovalAnswer { Comment = Comment, As = As }));
}
