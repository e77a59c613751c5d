using System.Text.Json;
using Bastion.Policies.Rules;
using Bastion.Store;

namespace Bastion.Policies;

/// <summary>The listed members of policies' scopes.</summary>
internal static class PolicyScopeStore
{
    private const string UsersOf = """
        SELECT s.policy_id, u.id, u.name FROM policy_users s JOIN users u ON u.id = s.user_id
        WHERE $policy IS NULL OR s.policy_id = $policy ORDER BY u.name_key
        """;

    private const string UserGroupsOf = """
        SELECT s.policy_id, g.id, g.name FROM policy_user_groups s JOIN user_groups g ON g.id = s.group_id
        WHERE $policy IS NULL OR s.policy_id = $policy ORDER BY g.name_key
        """;

    private const string AssetsOf = """
        SELECT s.policy_id, a.id, a.name, a.owner_account_id, s.accounts FROM policy_assets s JOIN assets a ON a.id = s.asset_id
        WHERE $policy IS NULL OR s.policy_id = $policy ORDER BY a.name_key
        """;

    private const string AssetGroupsOf = """
        SELECT s.policy_id, g.id, g.name, s.accounts FROM policy_asset_groups s JOIN asset_groups g ON g.id = s.group_id
        WHERE $policy IS NULL OR s.policy_id = $policy ORDER BY g.name_key
        """;

    private const string AddUser = "INSERT INTO policy_users (policy_id, user_id) VALUES ($policy, $member)";
    private const string AddUserGroup = "INSERT INTO policy_user_groups (policy_id, group_id) VALUES ($policy, $member)";
    private const string AddAsset = "INSERT INTO policy_assets (policy_id, asset_id, accounts) VALUES ($policy, $member, $accounts)";
    private const string AddAssetGroup = "INSERT INTO policy_asset_groups (policy_id, group_id, accounts) VALUES ($policy, $member, $accounts)";
    private const string OnUserGroup = "SELECT p.name FROM policy_user_groups s JOIN control_policies p ON p.id = s.policy_id WHERE s.group_id = $group ORDER BY p.name_key";
    private const string OnAssetGroup = "SELECT p.name FROM policy_asset_groups s JOIN control_policies p ON p.id = s.policy_id WHERE s.group_id = $group ORDER BY p.name_key";

    /// <summary>What is shown for accounts that can't be read.</summary>
    internal static IReadOnlyList<string> Unreadable { get; } = ["(unreadable)"];

    /// <summary>The listed members of one policy, or of all.</summary>
    internal static ScopeMembers Members(Connection connection, long? policy) => new(
        Lookup(connection, UsersOf, policy, row => new ScopedUser(row.Long("id"), row.Text("name"))),
        Lookup(connection, UserGroupsOf, policy, row => new ScopedUserGroup(row.Long("id"), row.Text("name"))),
        Lookup(connection, AssetsOf, policy, row => new ScopedAsset(row.Long("id"), row.Text("name"), row.Text("owner_account_id"), ShowAccounts(row.TextOrNull("accounts")))),
        Lookup(connection, AssetGroupsOf, policy, row => new ScopedAssetGroup(row.Long("id"), row.Text("name"), ShowAccounts(row.TextOrNull("accounts")))));

    internal static void Replace(Connection connection, long policy, PolicyScope scope)
    {
        connection.Execute("DELETE FROM policy_users WHERE policy_id = $policy", ("$policy", policy));
        connection.Execute("DELETE FROM policy_user_groups WHERE policy_id = $policy", ("$policy", policy));
        connection.Execute("DELETE FROM policy_assets WHERE policy_id = $policy", ("$policy", policy));
        connection.Execute("DELETE FROM policy_asset_groups WHERE policy_id = $policy", ("$policy", policy));
        foreach (ScopedUser user in scope.Users) connection.Execute(AddUser, ("$policy", policy), ("$member", user.Id));
        foreach (ScopedUserGroup group in scope.UserGroups) connection.Execute(AddUserGroup, ("$policy", policy), ("$member", group.Id));
        foreach (ScopedAsset asset in scope.Assets) connection.Execute(AddAsset, ("$policy", policy), ("$member", asset.Id), ("$accounts", WriteAccounts(asset.Accounts)));
        foreach (ScopedAssetGroup group in scope.AssetGroups) connection.Execute(AddAssetGroup, ("$policy", policy), ("$member", group.Id), ("$accounts", WriteAccounts(group.Accounts)));
    }

    /// <summary>Names of the policies that cover a group of users.</summary>
    internal static IReadOnlyList<string> CoveringUserGroup(Connection connection, long group) => [.. connection.Query(OnUserGroup, row => row.Text("name"), ("$group", group))];

    /// <summary>Names of the policies that cover a group of assets.</summary>
    internal static IReadOnlyList<string> CoveringAssetGroup(Connection connection, long group) => [.. connection.Query(OnAssetGroup, row => row.Text("name"), ("$group", group))];

    /// <summary>Names of accounts on any asset.</summary>
    internal static IReadOnlySet<string> AccountNames(Connection connection) =>
        connection.Query("SELECT DISTINCT name FROM asset_accounts", row => row.Text("name")).ToHashSet(StringComparer.Ordinal);

    internal static string? WriteAccounts(IReadOnlyList<string>? accounts) => accounts is null ? null : JsonSerializer.Serialize(accounts);

    /// <summary>Reads account names; <see langword="null"/>: all.</summary>
    /// <exception cref="FormatException">They can't be read.</exception>
    internal static IReadOnlyList<string>? ReadAccounts(string? stored)
    {
        if (stored is null) return null;
        try
        {
            using var document = JsonDocument.Parse(stored);
            return StrictJson.Texts(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException("its accounts are not JSON.", e);
        }
    }

    // Lists are shown even when a policy can't be read; decisions read strictly.
    internal static IReadOnlyList<string>? ShowAccounts(string? stored)
    {
        try
        {
            return ReadAccounts(stored);
        }
        catch (FormatException)
        {
            return Unreadable;
        }
    }

    private static ILookup<long, T> Lookup<T>(Connection connection, string sql, long? policy, Func<Row, T> read) =>
        connection.Query(sql, row => (Policy: row.Long("policy_id"), Member: read(row)), ("$policy", policy)).ToLookup(r => r.Policy, r => r.Member);
}

/// <summary>Listed members of scopes, by policy.</summary>
internal sealed record ScopeMembers(ILookup<long, ScopedUser> Users, ILookup<long, ScopedUserGroup> UserGroups, ILookup<long, ScopedAsset> Assets, ILookup<long, ScopedAssetGroup> AssetGroups);
