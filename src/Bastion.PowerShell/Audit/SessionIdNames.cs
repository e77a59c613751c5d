using Bastion.Audit.Sessions;

namespace Bastion.PowerShell.Audit;

/// <summary>Ids of the newest sessions, told by user, asset and time.</summary>
public sealed class SessionIdNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.SessionAudits
        .List(new SessionAuditFilter())
        .Take(50)
        .Select(session => new Name(session.Id, $"{session.User} → {session.Account}@{session.Asset} · {session.StartedAt.LocalDateTime:yyyy-MM-dd HH:mm} · {session.State}"));
}
