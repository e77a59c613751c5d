using Bastion.Store;

namespace Bastion.Grants;

internal static class GrantStore
{
    private const string Rows = """
        SELECT g.id, g.user_id, u.name AS user_name, g.asset_id, a.name AS asset_name, a.owner_account_id, g.all_accounts,
               g.valid_from, g.valid_until, g.granted_at, g.granted_by, c.name AS account
        FROM grants g JOIN users u ON u.id = g.user_id JOIN assets a ON a.id = g.asset_id
        LEFT JOIN grant_accounts l ON l.grant_id = g.id LEFT JOIN asset_accounts c ON c.id = l.account_id

        """;

    private const string ByOwner = "ORDER BY a.owner_account_id, a.name_key, u.name_key, g.id, c.name";

    private const string CoversOf = """
        SELECT g.id, g.valid_from, g.valid_until,
               CASE WHEN EXISTS (SELECT 1 FROM grant_accounts l WHERE l.grant_id = g.id AND l.account_id = $account)
                      OR (g.all_accounts = 1 AND EXISTS (SELECT 1 FROM asset_accounts c WHERE c.id = $account AND c.asset_id = g.asset_id))
                    THEN 1 ELSE 0 END AS covers
        FROM grants g WHERE g.user_id = $user AND g.asset_id = $asset ORDER BY g.id
        """;

    private const string Insert = """
        INSERT INTO grants (user_id, asset_id, all_accounts, valid_from, valid_until, granted_at, granted_by)
        VALUES ($user, $asset, 0, $from, $until, $now, $by) RETURNING id
        """;

    private const string IncludeAll = "UPDATE grants SET all_accounts = 1 WHERE id = $grant AND all_accounts = 0";
    private const string IncludeOne = """
        INSERT INTO grant_accounts (grant_id, account_id) SELECT id, $account FROM grants WHERE id = $grant AND all_accounts = 0
        ON CONFLICT DO NOTHING
        """;

    internal static IEnumerable<Grant> Stream(Database database, long? user, long? asset, string? owner)
    {
        string sql = Rows
            + (user is null ? "WHERE g.user_id IS NOT NULL" : "WHERE g.user_id = $user")
            + (asset is null ? "" : " AND g.asset_id = $asset")
            + (owner is null ? " " : " AND a.owner_account_id = $owner ")
            + ByOwner;
        return Fold(database.Stream(sql, Read, ("$user", user), ("$asset", asset), ("$owner", owner)));
    }

    internal static IReadOnlyList<Grant> OfPair(Connection connection, long user, long asset) =>
        [.. Fold(connection.Query(Rows + "WHERE g.user_id = $user AND g.asset_id = $asset " + ByOwner, Read, ("$user", user), ("$asset", asset)))];

    /// <summary>The grants of a user on an asset, and whether each covers the account.</summary>
    internal static IReadOnlyList<GrantCover> Covers(Connection connection, long user, long asset, long account) => [.. connection.Query(CoversOf,
        row => new GrantCover(row.Long("id"), row.Flag("covers"), new Validity(row.TimeOrNull("valid_from"), row.TimeOrNull("valid_until"))),
        ("$user", user), ("$asset", asset), ("$account", account))];

    internal static long Add(Connection connection, long user, long asset, Validity validity, Change change) => connection.Scalar<long>(Insert,
        ("$user", user), ("$asset", asset), ("$from", validity.From), ("$until", validity.Until), ("$now", change.Now), ("$by", change.Caller.Name));

    /// <returns>Whether the grant gives more than before.</returns>
    internal static bool Include(Connection connection, long grant, AccountChoice choice)
    {
        if (choice.All)
        {
            connection.Execute("DELETE FROM grant_accounts WHERE grant_id = $grant", ("$grant", grant));
            return connection.Execute(IncludeAll, ("$grant", grant)) > 0;
        }

        return choice.Accounts.Sum(account => connection.Execute(IncludeOne, ("$grant", grant), ("$account", account.Id))) > 0;
    }

    internal static void Exclude(Connection connection, long grant, AccountChoice choice)
    {
        foreach (Bastion.Assets.AssetAccount account in choice.Accounts)
            connection.Execute("DELETE FROM grant_accounts WHERE grant_id = $grant AND account_id = $account", ("$grant", grant), ("$account", account.Id));
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
        UserId = row.Long("user_id"),
        User = row.Text("user_name"),
        AssetId = row.Long("asset_id"),
        Asset = row.Text("asset_name"),
        OwnerAccountId = row.Text("owner_account_id"),
        AllAccounts = row.Flag("all_accounts"),
        ValidFrom = row.TimeOrNull("valid_from"),
        ValidUntil = row.TimeOrNull("valid_until"),
        GrantedAt = row.Time("granted_at"),
        GrantedBy = row.Text("granted_by"),
    }, row.TextOrNull("account"));
}

/// <summary>One grant of a user on an asset, seen from one account.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="Covers">Whether it gives the account.</param>
/// <param name="Validity">When it holds.</param>
internal sealed record GrantCover(long GrantId, bool Covers, Validity Validity);
