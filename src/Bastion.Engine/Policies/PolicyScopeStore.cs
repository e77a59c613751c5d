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

    private const string AssetsOf = """
        SELECT s.policy_id, a.id, a.name, a.owner_account_id, s.accounts FROM policy_assets s JOIN assets a ON a.id = s.asset_id
        WHERE $policy IS NULL OR s.policy_id = $policy ORDER BY a.name_key
        """;

    private const string AddUser = "INSERT INTO policy_users (policy_id, user_id) VALUES ($policy, $user)";
    private const string AddAsset = "INSERT INTO policy_assets (policy_id, asset_id, accounts) VALUES ($policy, $asset, $accounts)";

    /// <summary>The users of one policy, or of all.</summary>
    internal static ILookup<long, ScopedUser> Users(Connection connection, long? policy) => connection
        .Query(UsersOf, row => (Policy: row.Long("policy_id"), User: new ScopedUser(row.Long("id"), row.Text("name"))), ("$policy", policy))
        .ToLookup(r => r.Policy, r => r.User);

    /// <summary>The assets of one policy, or of all.</summary>
    internal static ILookup<long, ScopedAsset> Assets(Connection connection, long? policy) => connection
        .Query(AssetsOf, row => (Policy: row.Long("policy_id"), Asset: new ScopedAsset(row.Long("id"), row.Text("name"), row.Text("owner_account_id"), ShowAccounts(row.TextOrNull("accounts")))), ("$policy", policy))
        .ToLookup(r => r.Policy, r => r.Asset);

    internal static void Replace(Connection connection, long policy, PolicyScope scope)
    {
        connection.Execute("DELETE FROM policy_users WHERE policy_id = $policy", ("$policy", policy));
        connection.Execute("DELETE FROM policy_assets WHERE policy_id = $policy", ("$policy", policy));
        foreach (ScopedUser user in scope.Users) connection.Execute(AddUser, ("$policy", policy), ("$user", user.Id));
        foreach (ScopedAsset asset in scope.Assets) connection.Execute(AddAsset, ("$policy", policy), ("$asset", asset.Id), ("$accounts", WriteAccounts(asset.Accounts)));
    }

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
            return ["(unreadable)"];
        }
    }
}
