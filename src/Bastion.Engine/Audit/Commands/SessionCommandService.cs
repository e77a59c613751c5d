namespace Bastion.Audit.Commands;

/// <summary>Reads the log of commands.</summary>
public sealed class SessionCommandService
{
    private readonly EngineContext _context;

    internal SessionCommandService(EngineContext context) => _context = context;

    /// <summary>Commands that fit, newest first (by session or owner first when several are named), one by one in constant memory.</summary>
    public IEnumerable<SessionCommand> List(SessionCommandFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        string?[] sessions = filter.SessionIds.Count == 0 ? [null] : [.. filter.SessionIds.Distinct(StringComparer.Ordinal)];
        foreach (string? session in sessions)
        {
            foreach (string? owner in OwnerAccounts.OneByOne(filter.OwnerAccountIds))
            {
                (string sql, (string, object?)[] parameters) = SessionCommandStore.Filter(filter, session, owner);
                foreach (SessionCommand command in _context.Database.Stream(sql, SessionCommandStore.Read, parameters))
                {
                    if (Fits(filter, command)) yield return command;
                }
            }
        }
    }

    private static bool Fits(SessionCommandFilter filter, SessionCommand command) =>
        filter.Users.Fit(command.User)
        && filter.Assets.Fit(command.Asset)
        && filter.Commands.Fit(command.Command)
        && (filter.Decisions.Count == 0 || filter.Decisions.Contains(command.Decision));
}
