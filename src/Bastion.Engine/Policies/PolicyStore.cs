using Bastion.Policies.Rules;
using Bastion.Store;

namespace Bastion.Policies;

internal static class PolicyStore
{
    // Priority first, then the newest: ids grow with time, whatever the clock did.
    private const string All = "SELECT * FROM control_policies ORDER BY priority, id DESC";
    private const string ById = "SELECT * FROM control_policies WHERE id = $id";
    private const string ByKey = "SELECT * FROM control_policies WHERE name_key = $key";

    private const string InScope = """
        SELECT p.id, p.name, p.priority, p.rules, CASE WHEN p.all_assets <> 0 THEN p.accounts ELSE s.accounts END AS accounts
        FROM control_policies p LEFT JOIN policy_assets s ON s.policy_id = p.id AND s.asset_id = $asset AND p.all_assets = 0
        WHERE p.enabled <> 0
          AND (p.all_assets <> 0 OR s.policy_id IS NOT NULL)
          AND (p.all_users <> 0 OR EXISTS (SELECT 1 FROM policy_users u WHERE u.policy_id = p.id AND u.user_id = $user))
        ORDER BY p.priority, p.id DESC
        """;

    private const string Insert = """
        INSERT INTO control_policies (name, name_key, priority, enabled, comment, all_assets, accounts, all_users, rules, created_at, changed_at)
        VALUES ($name, $key, $priority, $enabled, $comment, $allAssets, $accounts, $allUsers, $rules, $changed, $changed) RETURNING id
        """;

    private const string Update = """
        UPDATE control_policies SET name = $name, name_key = $key, priority = $priority, enabled = $enabled, comment = $comment,
               all_assets = $allAssets, accounts = $accounts, all_users = $allUsers, rules = $rules, changed_at = $changed
        WHERE id = $id
        """;

    internal static IReadOnlyList<ControlPolicy> List(Connection connection)
    {
        ILookup<long, ScopedUser> users = PolicyScopeStore.Users(connection, null);
        ILookup<long, ScopedAsset> assets = PolicyScopeStore.Assets(connection, null);
        return [.. connection.Query(All, row => Read(row, users, assets))];
    }

    /// <summary>The policy that a reference means.</summary>
    /// <exception cref="PolicyNotFoundException">There is none.</exception>
    internal static ControlPolicy Resolve(Connection connection, PolicyReference reference)
    {
        (string sql, (string, object?) parameter) = reference.Id is { } id ? (ById, ("$id", (object?)id)) : (ByKey, ("$key", Names.Key(reference.Name)));
        long? found = connection.Query(sql, row => (long?)row.Long("id"), parameter).FirstOrDefault();
        if (found is null) throw new PolicyNotFoundException(reference.Name, Names.Nearest(reference.Name, connection.Query(All, row => row.Text("name"))));
        ILookup<long, ScopedUser> users = PolicyScopeStore.Users(connection, found);
        ILookup<long, ScopedAsset> assets = PolicyScopeStore.Assets(connection, found);
        return connection.Query(sql, row => Read(row, users, assets), parameter).Single();
    }

    /// <summary>Policies that count for a user on an asset, the deciding one first; their accounts are still to be asked.</summary>
    internal static IReadOnlyList<Candidate> Candidates(Connection connection, long user, long asset) => [.. connection.Query(InScope,
        row => new Candidate(row.Long("id"), row.Text("name"), (int)row.Long("priority"), row.Text("rules"), row.TextOrNull("accounts")), ("$user", user), ("$asset", asset))];

    internal static bool IsTaken(Connection connection, string key) =>
        connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM control_policies WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, ControlPolicy policy)
    {
        long id = connection.Scalar<long>(Insert, Values(policy));
        PolicyScopeStore.Replace(connection, id, policy.Scope);
        return id;
    }

    internal static void Change(Connection connection, ControlPolicy policy, bool scopeToo)
    {
        connection.Execute(Update, [.. Values(policy), ("$id", policy.Id)]);
        if (scopeToo) PolicyScopeStore.Replace(connection, policy.Id, policy.Scope);
    }

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM control_policies WHERE id = $id", ("$id", id));

    private static ControlPolicy Read(Row row, ILookup<long, ScopedUser> users, ILookup<long, ScopedAsset> assets) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Priority = (int)row.Long("priority"),
        Enabled = row.Flag("enabled"),
        Comment = row.TextOrNull("comment"),
        Scope = new PolicyScope
        {
            AllUsers = row.Flag("all_users"),
            Users = [.. users[row.Long("id")]],
            AllAssets = row.Flag("all_assets"),
            Accounts = PolicyScopeStore.ShowAccounts(row.TextOrNull("accounts")),
            Assets = [.. assets[row.Long("id")]],
        },
        RuleSet = PolicyRules.Read(row.Text("rules")),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };

    private static (string, object?)[] Values(ControlPolicy policy) =>
    [
        ("$name", policy.Name), ("$key", Names.Key(policy.Name)), ("$priority", policy.Priority), ("$enabled", policy.Enabled), ("$comment", policy.Comment),
        ("$allAssets", policy.Scope.AllAssets), ("$accounts", PolicyScopeStore.WriteAccounts(policy.Scope.Accounts)), ("$allUsers", policy.Scope.AllUsers),
        ("$rules", policy.RuleSet.Write()), ("$changed", policy.ChangedAt),
    ];
}

/// <summary>A policy that may count for an attempt.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Rules">Its rules, as stored.</param>
/// <param name="Accounts">Names of the accounts that it covers, as stored; <see langword="null"/>: all.</param>
internal sealed record Candidate(long Id, string Name, int Priority, string Rules, string? Accounts);
