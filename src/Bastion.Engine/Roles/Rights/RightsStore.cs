using Bastion.Store;

namespace Bastion.Roles.Rights;

/// <summary>Reads what callers may do. Asked at every operation: a role that is taken away is gone at once.</summary>
internal static class RightsStore
{
    // Of who is locked or not valid now nothing is found. One row for each account of each project that a role is held for.
    private const string Held = """
        SELECT h.role, h.project_id, a.account_id
        FROM (SELECT role, project_id FROM role_holdings WHERE user_id = $user
              UNION SELECT g.role, g.project_id FROM user_group_members m JOIN role_holdings g ON g.user_group_id = m.group_id WHERE m.user_id = $user) h
        JOIN users u ON u.id = $user AND (u.valid_from IS NULL OR u.valid_from <= $now) AND (u.valid_until IS NULL OR u.valid_until > $now)
            AND (u.lock_kind IS NULL OR u.locked_until <= $now)
        LEFT JOIN project_accounts a ON a.project_id = h.project_id
        """;

    private const string MakeOperator = "INSERT INTO role_holdings (role, user_id, granted_at, granted_by) VALUES ('Operator', $user, $now, 'new user')";

    /// <summary>What a caller may do now.</summary>
    internal static CallerRights Of(Connection connection, Caller caller, DateTimeOffset now) =>
        caller.UserId is { } user ? Of(connection, caller.Name, user, now) : caller.IsAdministrator ? CallerRights.OfHolder(caller.Name) : CallerRights.None(caller.Name);

    /// <summary>What a user may do now; nothing, if it is locked or not valid.</summary>
    internal static CallerRights Of(Connection connection, string name, long user, DateTimeOffset now)
    {
        var held = new Dictionary<Role, (bool Everything, HashSet<long> Projects, HashSet<string> Accounts)>();
        foreach ((Role role, long? project, string? account) in connection.Query(Held, row => (row.Word<Role>("role"), row.LongOrNull("project_id"), row.TextOrNull("account_id")), ("$user", user), ("$now", now)))
        {
            (bool everything, HashSet<long> projects, HashSet<string> accounts) = held.TryGetValue(role, out var so) ? so : (false, [], new HashSet<string>(StringComparer.Ordinal));
            if (project is { } id) projects.Add(id);
            if (account is not null) accounts.Add(account);
            held[role] = (everything || project is null, projects, accounts);
        }

        return new CallerRights(name, user, held.ToDictionary(pair => pair.Key, pair => new HeldRole(pair.Value.Everything, pair.Value.Projects, pair.Value.Accounts)));
    }

    /// <summary>What a new user begins with: sessions on whatever is granted to it.</summary>
    internal static void Begin(Connection connection, long user, DateTimeOffset now) => connection.Execute(MakeOperator, ("$user", user), ("$now", now));
}
