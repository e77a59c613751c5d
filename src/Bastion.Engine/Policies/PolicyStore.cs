using Bastion.Policies.Rules;
using Bastion.Store;

namespace Bastion.Policies;

internal static class PolicyStore
{
    // Priority first, then the newest: ids grow with time, whatever the clock did.
    private const string All = "SELECT * FROM control_policies ORDER BY priority, id DESC";
    private const string ById = "SELECT * FROM control_policies WHERE id = $id";
    private const string ByKey = "SELECT * FROM control_policies WHERE name_key = $key";

    // One row for each way in which a policy covers the asset: as all, by itself, by each of its groups.
    private const string InScope = """
        SELECT p.id, p.name, p.priority, p.rules, s.accounts
        FROM control_policies p JOIN (
            SELECT id AS policy_id, accounts FROM control_policies WHERE all_assets <> 0
            UNION ALL
            SELECT policy_id, accounts FROM policy_assets WHERE asset_id = $asset
            UNION ALL
            SELECT g.policy_id, g.accounts FROM asset_group_members m JOIN policy_asset_groups g ON g.group_id = m.group_id WHERE m.asset_id = $asset
        ) s ON s.policy_id = p.id
        WHERE p.enabled <> 0
          AND (p.all_users <> 0
               OR EXISTS (SELECT 1 FROM policy_users u WHERE u.policy_id = p.id AND u.user_id = $user)
               OR EXISTS (SELECT 1 FROM user_group_members m JOIN policy_user_groups g ON g.group_id = m.group_id WHERE m.user_id = $user AND g.policy_id = p.id))
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
        ScopeMembers members = PolicyScopeStore.Members(connection, null);
        return [.. connection.Query(All, row => Read(row, members))];
    }

    /// <summary>The policy that a reference means.</summary>
    /// <exception cref="PolicyNotFoundException">There is none.</exception>
    internal static ControlPolicy Resolve(Connection connection, PolicyReference reference)
    {
        (string sql, (string, object?) parameter) = reference.Id is { } id ? (ById, ("$id", (object?)id)) : (ByKey, ("$key", Names.Key(reference.Name)));
        long? found = connection.Query(sql, row => (long?)row.Long("id"), parameter).FirstOrDefault();
        if (found is null) throw new PolicyNotFoundException(reference.Name, Names.Nearest(reference.Name, connection.Query(All, row => row.Text("name"))));
        ScopeMembers members = PolicyScopeStore.Members(connection, found);
        return connection.Query(sql, row => Read(row, members), parameter).Single();
    }

    /// <summary>Policies that count for a user on an asset, the deciding one first; their accounts are still to be asked.</summary>
    internal static IReadOnlyList<Candidate> Candidates(Connection connection, long user, long asset) => [.. connection.Query(InScope,
        row => (Policy: new Candidate(row.Long("id"), row.Text("name"), (int)row.Long("priority"), row.Text("rules"), []), Accounts: row.TextOrNull("accounts")), ("$user", user), ("$asset", asset))
        .GroupBy(r => r.Policy.Id)
        .Select(same => same.First().Policy with { Accounts = [.. same.Select(r => r.Accounts)] })];

    internal static bool IsTaken(Connection connection, string key) =>
        connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM control_policies WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, ControlPolicy policy)
    {
        long id = connection.Scalar<long>(Insert, Values(policy));
        PolicyScopeStore.Replace(connection, id, policy.Scope);
        ApproverStore.Keep(connection, id, policy.RuleSet);
        return id;
    }

    internal static void Change(Connection connection, ControlPolicy policy, bool scopeToo)
    {
        // Who is meant by the names in rules stays as it was while the rules do.
        bool rulesToo = connection.Scalar<string>("SELECT rules FROM control_policies WHERE id = $id", ("$id", policy.Id)) != policy.RuleSet.Write();
        connection.Execute(Update, [.. Values(policy), ("$id", policy.Id)]);
        if (rulesToo) ApproverStore.Keep(connection, policy.Id, policy.RuleSet);
        if (scopeToo) PolicyScopeStore.Replace(connection, policy.Id, policy.Scope);
    }

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM control_policies WHERE id = $id", ("$id", id));

    private static ControlPolicy Read(Row row, ScopeMembers members) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Priority = (int)row.Long("priority"),
        Enabled = row.Flag("enabled"),
        Comment = row.TextOrNull("comment"),
        Scope = new PolicyScope
        {
            AllUsers = row.Flag("all_users"),
            Users = [.. members.Users[row.Long("id")]],
            UserGroups = [.. members.UserGroups[row.Long("id")]],
            AllAssets = row.Flag("all_assets"),
            Accounts = PolicyScopeStore.ShowAccounts(row.TextOrNull("accounts")),
            Assets = [.. members.Assets[row.Long("id")]],
            AssetGroups = [.. members.AssetGroups[row.Long("id")]],
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
/// <param name="Accounts">For each way in which it covers the asset, names of the accounts that it covers, as stored; <see langword="null"/>: all.</param>
internal sealed record Candidate(long Id, string Name, int Priority, string Rules, IReadOnlyList<string?> Accounts);
