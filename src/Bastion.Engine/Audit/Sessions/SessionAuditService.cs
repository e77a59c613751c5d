namespace Bastion.Audit.Sessions;

/// <summary>Reads the session log.</summary>
public sealed class SessionAuditService
{
    private readonly EngineContext _context;
    private readonly Action _sealBroken;

    internal SessionAuditService(EngineContext context, Action sealBroken) => (_context, _sealBroken) = (context, sealBroken);

    /// <summary>Sessions that fit, newest first (by owner first when several owners are named), one by one in constant memory.</summary>
    public IEnumerable<SessionAudit> List(SessionAuditFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _sealBroken();
        string?[] owners = OwnerAccounts.OneByOne(filter.OwnerAccountIds);
        foreach (string? owner in owners)
        {
            (string sql, (string, object?)[] parameters) = SessionAuditStore.Filter(filter, owner);
            foreach (SessionAudit session in _context.Database.Stream(sql, SessionAuditStore.Read, parameters))
            {
                if (Fits(filter, session)) yield return WithPath(session);
            }
        }
    }

    /// <summary>One session.</summary>
    /// <exception cref="SessionNotFoundException">There is none of that id.</exception>
    public SessionAudit Get(string id)
    {
        _sealBroken();
        return WithPath(_context.Database.Read(connection => SessionAuditStore.Find(connection, id)) ?? throw new SessionNotFoundException(id));
    }

    /// <summary>Path of a session's recording.</summary>
    /// <exception cref="BastionException">No such session, or it has no recording.</exception>
    public string RecordingOf(string id)
    {
        SessionAudit session = Get(id);
        return session.Recording is { } path && File.Exists(path) ? path : throw new RecordingMissingException(session.Id, session.State);
    }

    private SessionAudit WithPath(SessionAudit session) =>
        session.Recording is null ? session : session with { Recording = Path.Combine(_context.Location.RecordingsFolder, session.Recording) };

    private static bool Fits(SessionAuditFilter filter, SessionAudit session) =>
        (filter.Users.Count == 0 || filter.Users.Any(p => p.Matches(session.User)))
        && (filter.Assets.Count == 0 || filter.Assets.Any(p => p.Matches(session.Asset)))
        && (filter.States.Count == 0 || filter.States.Contains(session.State));
}
