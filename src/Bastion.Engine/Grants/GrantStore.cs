using Bastion.Assets;
using Bastion.Store;

namespace Bastion.Grants;

internal static class GrantStore
{
    private const string Rows = """
        SELECT g.*, u.name AS user_name, ug.name AS user_group, a.name AS asset_name, ag.name AS asset_group, a.owner_account_id, coalesce(c.name, n.name) AS account
        FROM grants g
        LEFT JOIN users u ON u.id = g.user_id LEFT JOIN user_groups ug ON ug.id = g.user_group_id
        LEFT JOIN assets a ON a.id = g.asset_id LEFT JOIN asset_groups ag ON ag.id = g.asset_group_id
        LEFT JOIN grant_accounts l ON l.grant_id = g.id LEFT JOIN asset_accounts c ON c.id = l.account_id
        LEFT JOIN grant_account_names n ON n.grant_id = g.id

        """;

    private const string OfUser = """
        g.id IN (SELECT id FROM grants WHERE user_id = $user
                 UNION ALL SELECT x.id FROM user_group_members m JOIN grants x ON x.user_group_id = m.group_id WHERE m.user_id = $user)
        """;

    private const string OfAsset = """
        g.id IN (SELECT id FROM grants WHERE asset_id = $asset
                 UNION ALL SELECT x.id FROM asset_group_members m JOIN grants x ON x.asset_group_id = m.group_id WHERE m.asset_id = $asset)
        """;

    private const string OfOwner = """
        g.id IN (SELECT x.id FROM assets o JOIN grants x ON x.asset_id = o.id WHERE o.owner_account_id = $owner
                 UNION ALL SELECT x.id FROM assets o JOIN asset_group_members m ON m.asset_id = o.id JOIN grants x ON x.asset_group_id = m.group_id WHERE o.owner_account_id = $owner)
        """;

    private const string BetweenEnds = """
        coalesce(g.user_id, -1) = $user AND coalesce(g.user_group_id, -1) = $userGroup AND coalesce(g.asset_id, -1) = $asset AND coalesce(g.asset_group_id, -1) = $assetGroup
        """;

    // Single assets first, by owner; groups of assets, which have none, last.
    private const string ByOwner = " ORDER BY g.asset_id IS NULL, a.owner_account_id, coalesce(a.name_key, ag.name_key), g.user_id IS NULL, coalesce(u.name_key, ug.name_key), g.id, account";

    // Each branch finds its few rows by an index, however many grants the user, the asset or their groups have; that is what the IS NULLs are for.
    private const string OfUserOnAsset = """
        g.id IN (SELECT id FROM grants WHERE user_id = $user AND asset_id = $asset
                 UNION ALL SELECT x.id FROM user_group_members u JOIN grants x ON x.user_group_id = u.group_id AND x.asset_id = $asset AND x.user_id IS NULL WHERE u.user_id = $user
                 UNION ALL SELECT x.id FROM asset_group_members a JOIN grants x ON x.asset_group_id = a.group_id AND x.user_id = $user AND x.asset_id IS NULL WHERE a.asset_id = $asset
                 UNION ALL SELECT x.id FROM user_group_members u JOIN asset_group_members a ON a.asset_id = $asset
                           JOIN grants x ON x.user_group_id = u.group_id AND x.asset_group_id = a.group_id WHERE u.user_id = $user)
        """;

    private const string CoversOf = """
        SELECT g.id, g.valid_from, g.valid_until,
               CASE WHEN EXISTS (SELECT 1 FROM grant_accounts l WHERE l.grant_id = g.id AND l.account_id = $account)
                      OR EXISTS (SELECT 1 FROM asset_accounts c LEFT JOIN grant_account_names n ON n.grant_id = g.id AND n.name = c.name
                                 WHERE c.id = $account AND c.asset_id = $asset AND (g.all_accounts = 1 OR n.name IS NOT NULL))
                    THEN 1 ELSE 0 END AS covers
        FROM grants g WHERE
        """ + " " + OfUserOnAsset + " ORDER BY g.id";

    private const string Insert = """
        INSERT INTO grants (user_id, user_group_id, asset_id, asset_group_id, all_accounts, valid_from, valid_until, granted_at, granted_by)
        VALUES ($user, $userGroup, $asset, $assetGroup, 0, $from, $until, $now, $by) RETURNING id
        """;

    private const string IncludeAll = "UPDATE grants SET all_accounts = 1 WHERE id = $grant AND all_accounts = 0";
    private const string IncludeAccount = "INSERT INTO grant_accounts (grant_id, account_id) SELECT id, $account FROM grants WHERE id = $grant AND all_accounts = 0 ON CONFLICT DO NOTHING";
    private const string IncludeName = "INSERT INTO grant_account_names (grant_id, name) SELECT id, $name FROM grants WHERE id = $grant AND all_accounts = 0 ON CONFLICT DO NOTHING";

    internal static IEnumerable<Grant> Stream(Database database, long? user, long? userGroup, long? asset, long? assetGroup, string? owner)
    {
        string[] narrow = [.. new[]
        {
            user is null ? null : OfUser, asset is null ? null : OfAsset, owner is null ? null : OfOwner,
            userGroup is null ? null : "g.user_group_id = $userGroup", assetGroup is null ? null : "g.asset_group_id = $assetGroup",
        }.OfType<string>()];
        string sql = Rows + (narrow.Length == 0 ? "" : "WHERE " + string.Join(" AND ", narrow)) + ByOwner;
        return Fold(database.Stream(sql, Read, ("$user", user), ("$userGroup", userGroup), ("$asset", asset), ("$assetGroup", assetGroup), ("$owner", owner)));
    }

    /// <summary>The grants with just these ends.</summary>
    internal static IReadOnlyList<Grant> Between(Connection connection, GrantEnds ends) => [.. Fold(connection.Query(Rows + "WHERE " + BetweenEnds + ByOwner, Read,
        ("$user", ends.User?.Id ?? -1), ("$userGroup", ends.UserGroup?.Id ?? -1), ("$asset", ends.Asset?.Id ?? -1), ("$assetGroup", ends.AssetGroup?.Id ?? -1)))];

    /// <summary>The grants that reach a user on an asset, directly or through groups.</summary>
    internal static IReadOnlyList<Grant> Reaching(Connection connection, long user, long asset) =>
        [.. Fold(connection.Query(Rows + "WHERE " + OfUserOnAsset + ByOwner, Read, ("$user", user), ("$asset", asset)))];

    /// <summary>The grants that reach a user on an asset, and whether each covers the account.</summary>
    internal static IReadOnlyList<GrantCover> Covers(Connection connection, long user, long asset, long account) => [.. connection.Query(CoversOf,
        row => new GrantCover(row.Long("id"), row.Flag("covers"), new Validity(row.TimeOrNull("valid_from"), row.TimeOrNull("valid_until"))),
        ("$user", user), ("$asset", asset), ("$account", account))];

    internal static long Add(Connection connection, GrantEnds ends, Validity validity, Change change) => connection.Scalar<long>(Insert,
        ("$user", ends.User?.Id), ("$userGroup", ends.UserGroup?.Id), ("$asset", ends.Asset?.Id), ("$assetGroup", ends.AssetGroup?.Id),
        ("$from", validity.From), ("$until", validity.Until), ("$now", change.Now), ("$by", change.Caller.Name));

    /// <returns>Whether the grant gives more than before.</returns>
    internal static bool Include(Connection connection, long grant, GrantEnds ends, AccountChoice choice)
    {
        if (choice.All)
        {
            connection.Execute("DELETE FROM grant_accounts WHERE grant_id = $grant", ("$grant", grant));
            connection.Execute("DELETE FROM grant_account_names WHERE grant_id = $grant", ("$grant", grant));
            return connection.Execute(IncludeAll, ("$grant", grant)) > 0;
        }

        return ends.Asset is null
            ? choice.Names.Sum(name => connection.Execute(IncludeName, ("$grant", grant), ("$name", name))) > 0
            : choice.Accounts.Sum(account => connection.Execute(IncludeAccount, ("$grant", grant), ("$account", account.Id))) > 0;
    }

    internal static void Exclude(Connection connection, long grant, AccountChoice choice)
    {
        foreach (AssetAccount account in choice.Accounts)
            connection.Execute("DELETE FROM grant_accounts WHERE grant_id = $grant AND account_id = $account", ("$grant", grant), ("$account", account.Id));
        foreach (string name in choice.Names) connection.Execute("DELETE FROM grant_account_names WHERE grant_id = $grant AND name = $name", ("$grant", grant), ("$name", name));
    }

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM grants WHERE id = $id", ("$id", id));

    // One row an account; those of one grant follow each other.
    private static IEnumerable<Grant> Fold(IEnumerable<(Grant Grant, string? Account)> rows)
    {
        Grant? open = null;
        var accounts = new List<string>();
        foreach ((Grant grant, string? account) in rows)
        {
            if (open is not null && open.Id != grant.Id)
            {
                yield return open with { Accounts = [.. accounts] };
                accounts.Clear();
            }

            open = grant;
            if (account is not null && !accounts.Contains(account, StringComparer.Ordinal)) accounts.Add(account);
        }

        if (open is not null) yield return open with { Accounts = [.. accounts] };
    }

    private static (Grant Grant, string? Account) Read(Row row) => (new Grant
    {
        Id = row.Long("id"),
        UserId = row.LongOrNull("user_id"),
        User = row.TextOrNull("user_name"),
        UserGroupId = row.LongOrNull("user_group_id"),
        UserGroup = row.TextOrNull("user_group"),
        AssetId = row.LongOrNull("asset_id"),
        Asset = row.TextOrNull("asset_name"),
        AssetGroupId = row.LongOrNull("asset_group_id"),
        AssetGroup = row.TextOrNull("asset_group"),
        OwnerAccountId = row.TextOrNull("owner_account_id"),
        AllAccounts = row.Flag("all_accounts"),
        ValidFrom = row.TimeOrNull("valid_from"),
        ValidUntil = row.TimeOrNull("valid_until"),
        GrantedAt = row.Time("granted_at"),
        GrantedBy = row.Text("granted_by"),
    }, row.TextOrNull("account"));
}

/// <summary>One grant that reaches a user on an asset, seen from one account.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="Covers">Whether it gives the account.</param>
/// <param name="Validity">When it holds.</param>
internal sealed record GrantCover(long GrantId, bool Covers, Validity Validity);
