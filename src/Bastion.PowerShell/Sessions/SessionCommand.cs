using System.Management.Automation;
using Bastion.Approvals;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Users;
using Bastion.Sessions;
using Bastion.Users;

namespace Bastion.PowerShell.Sessions;

/// <summary>A cmdlet that opens sessions: who, as which account, with what.</summary>
public abstract class SessionCommand : EngineCommand
{
    private string? _waitsFor;

    /// <summary>Account on the asset; the one that is granted, if it is only one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetAccountNames>]
    public string? Account { get; set; }

    /// <summary>The Bastion user; the one named like you at the operating system, if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference? User { get; set; }

    /// <summary>Password for this session only, instead of what the vault keeps. Its user name is the account, if -Account is not given.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Seconds to wait for the connection and the log-on.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int ConnectTimeout { get; set; } = 15;

    /// <summary>Why; approvers read it where a policy wants approval.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Where approval is needed, fail with the id of the request instead of waiting.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Approve your own session in an emergency, where the policy names you for it. Needs -Reason, is marked, and lasts an hour at most.</summary>
    [Parameter]
    public SwitchParameter BreakGlass { get; set; }

    private protected SessionRequest Request(Bastion.Assets.AssetReference asset) => new()
    {
        Asset = asset,
        Account = Account ?? Credential?.UserName,
        User = User,
        Password = Credential?.GetNetworkCredential().Password,
        ConnectTimeout = TimeSpan.FromSeconds(ConnectTimeout),
        Approval = new ApprovalWish { Reason = Reason, NoWait = NoWait, BreakGlass = BreakGlass, OnWaiting = Wait },
    };

    private void Wait(ApprovalRequest request)
    {
        string who = $"{(request.Needed == 1 ? "" : $"{request.Needed} of ")}{string.Join(", ", request.Approvers)}";
        if (_waitsFor != request.Id) Warn($"Request {request.Id} waits for approval by {who} until {request.ExpiresAt.LocalDateTime:t}. It goes on at their yes; Ctrl-C takes the request back.");
        _waitsFor = request.Id;
        Progress("Waiting for approval", $"{request.Id}: {request.Decisions.Count(d => d.Approved)} of {request.Needed} approved, by {who}");
    }
}
