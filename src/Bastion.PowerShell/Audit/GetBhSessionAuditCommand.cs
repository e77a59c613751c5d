using System.Management.Automation;
using Bastion.Audit.Sessions;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Users;
using SessionState = Bastion.Audit.Sessions.SessionState;

namespace Bastion.PowerShell.Audit;

/// <summary>On what and by whom: the filters that cmdlets share which tell of sessions.</summary>
public abstract class AuditCommand : EngineCommand
{
    /// <summary>Only on assets of these accounts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <summary>Only of these users, with wildcards.</summary>
    [Parameter]
    [CompletesName<UserNames>]
    [SupportsWildcards]
    public string[] User { get; set; } = [];

    /// <summary>Only on these assets, with wildcards.</summary>
    [Parameter]
    [CompletesName<AssetNames>]
    [SupportsWildcards]
    public string[] Asset { get; set; } = [];
}

/// <summary>Which sessions.</summary>
public abstract class SessionAuditCommand : AuditCommand
{
    /// <summary>Only those that began at or after this time.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only those that began before this time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only in these states.</summary>
    [Parameter]
    public SessionState[] State { get; set; } = [];

    private protected SessionAuditFilter Filter => new()
    {
        OwnerAccountIds = OwnerAccountId,
        Users = Patterns(User),
        Assets = Patterns(Asset),
        After = After,
        Before = Before,
        States = State,
    };
}

/// <summary>Lists sessions, newest first: those that ran, run, broke off, or were denied.</summary>
[Cmdlet(VerbsCommon.Get, "BhSessionAudit")]
[OutputType(typeof(SessionAudit))]
public sealed class GetBhSessionAuditCommand : SessionAuditCommand
{
    /// <summary>Ids of sessions.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<SessionIdNames>]
    public string[] SessionId { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        if (SessionId.Length == 0)
        {
            foreach (SessionAudit session in Engine.SessionAudits.List(Filter)) Emit(session);
            return Task.CompletedTask;
        }

        return ForEachAsync(SessionId, id => Emit(Engine.SessionAudits.Get(id)));
    }
}
