using System.Management.Automation;
using Bastion.Approvals;
using Bastion.PowerShell.Users;
using Bastion.Users;

namespace Bastion.PowerShell.Approvals;

/// <summary>A cmdlet that answers requests for approval.</summary>
public abstract class ApprovalAnswerCommand : EngineCommand
{
    /// <summary>Why; kept with the answer.</summary>
    [Parameter]
    public string? Comment { get; set; }

    /// <summary>The approver for whom you answer, where no Bastion user is signed in. The audit names both.</summary>
    [Parameter]
    [CompletesName<UserNames>]
    public UserReference? As { get; set; }

    /// <summary>Emit the requests as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected Task AnswerAsync(IEnumerable<string> ids, string action, Func<string, ApprovalRequest> answer) => ForEachAsync(ids, async id =>
    {
        ApprovalRequest request = Engine.Approvals.Get(Caller, id);
        if (!await ConfirmAsync(request.ToString(), action)) return;
        ApprovalRequest answered = answer(id);
        if (PassThru) Emit(answered);
    });
}
