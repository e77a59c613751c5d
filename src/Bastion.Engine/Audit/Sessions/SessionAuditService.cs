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

    /// <summary>Opens a session's recording to somebody; the audit tells that he looked.</summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="id">The session.</param>
    /// <param name="purpose">What for, e.g. <c>replay</c>.</param>
    /// <returns>Path of the recording.</returns>
    /// <exception cref="BastionException">No such session, or it has no recording; or the audit can't be told.</exception>
    public string RecordingOf(Caller caller, string id, string purpose)
    {
        SessionAudit session = Get(id);
        if (session.Recording is not { } path || !File.Exists(path)) throw new RecordingMissingException(session.Id, session.State);
        _context.Tell(caller, "recording.viewed", session.Id, [session.OwnerAccountId], $"{purpose}; {session.User} → {session.Account}@{session.Asset}");
        return path;
    }

    /// <summary>Tells the audit that sessions were exported.</summary>
    /// <param name="caller">Who exported.</param>
    /// <param name="target">Where to, e.g. a file.</param>
    /// <param name="count">How many.</param>
    /// <param name="ownerAccountIds">Owners of their assets.</param>
    public void Exported(Caller caller, string target, long count, IReadOnlyCollection<string> ownerAccountIds)
    {
        ArgumentNullException.ThrowIfNull(ownerAccountIds);
        // Whoever may see an account's events is told of what was taken out of it.
        _context.Tell(caller, "sessions.exported", target, ownerAccountIds.Order(StringComparer.Ordinal).DefaultIfEmpty(null), $"{count} sessions");
    }

    private SessionAudit WithPath(SessionAudit session) =>
        session.Recording is null ? session : session with { Recording = Path.Combine(_context.Location.RecordingsFolder, session.Recording) };

    private static bool Fits(SessionAuditFilter filter, SessionAudit session) =>
        filter.Users.Fit(session.User)
        && filter.Assets.Fit(session.Asset)
        && (filter.States.Count == 0 || filter.States.Contains(session.State));
}
