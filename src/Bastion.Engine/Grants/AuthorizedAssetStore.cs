using Bastion.Assets;
using Bastion.Store;
using Bastion.Users;

namespace Bastion.Grants;

/// <summary>What a user may reach, all grants taken together.</summary>
internal static class AuthorizedAssetStore
{
    // The user's grants are few beside the assets: they are found first.
    private const string Rows = """
        WITH held AS MATERIALIZED (
            SELECT g.*, ug.name AS user_group, ag.name AS asset_group
            FROM grants g LEFT JOIN user_groups ug ON ug.id = g.user_group_id LEFT JOIN asset_groups ag ON ag.id = g.asset_group_id
            WHERE (g.user_id = $user OR g.user_group_id IN (SELECT group_id FROM user_group_members WHERE user_id = $user))
              AND (g.valid_from IS NULL OR g.valid_from <= $now) AND (g.valid_until IS NULL OR g.valid_until > $now)),
        reach AS MATERIALIZED (
            SELECT h.id AS grant_id, h.asset_id, h.all_accounts, h.valid_until, h.user_group, h.asset_group FROM held h WHERE h.asset_id IS NOT NULL
            UNION ALL
            SELECT h.id, m.asset_id, h.all_accounts, h.valid_until, h.user_group, h.asset_group FROM held h JOIN asset_group_members m ON m.group_id = h.asset_group_id)
        SELECT a.*, r.valid_until AS granted_until, r.user_group, r.asset_group, c.name AS account
        FROM reach r JOIN assets a ON a.id = r.asset_id
        LEFT JOIN asset_accounts c ON c.asset_id = r.asset_id
             AND (r.all_accounts = 1
                  OR EXISTS (SELECT 1 FROM grant_accounts l WHERE l.grant_id = r.grant_id AND l.account_id = c.id)
                  OR EXISTS (SELECT 1 FROM grant_account_names n WHERE n.grant_id = r.grant_id AND n.name = c.name))

        """;

    private const string ByOwner = "ORDER BY a.owner_account_id, a.name_key, c.name";
    private const string Everywhere = Rows + ByOwner;
    private const string OfOwner = Rows + "WHERE a.owner_account_id = $owner " + ByOwner;

    internal static IEnumerable<AuthorizedAsset> Stream(Database database, User user, string? owner, DateTimeOffset now)
    {
        var same = new List<Reach>();
        foreach (Reach row in Read(database, user, owner, now))
        {
            // The rows of one asset follow each other and share one object.
            if (same.Count > 0 && !ReferenceEquals(same[0].Asset, row.Asset))
            {
                yield return Together(user, same);
                same.Clear();
            }

            same.Add(row);
        }

        if (same.Count > 0) yield return Together(user, same);
    }

    private static IEnumerable<Reach> Read(Database database, User user, string? owner, DateTimeOffset now)
    {
        Asset? last = null;
        return database.Stream(owner is null ? Everywhere : OfOwner, row =>
        {
            if (last?.Id != row.Long("id")) last = AssetStore.Read(row);
            return new Reach(last!, row.TimeOrNull("granted_until") ?? DateTimeOffset.MaxValue, row.TextOrNull("account"),
                row.TextOrNull("user_group"), row.TextOrNull("asset_group"));
        }, ("$user", user.Id), ("$owner", owner), ("$now", now));
    }

    private static AuthorizedAsset Together(User user, List<Reach> rows)
    {
        Asset asset = rows[0].Asset;
        string[] accounts = [.. rows.Select(r => r.Account).OfType<string>().Distinct(StringComparer.Ordinal)];
        // Where there are accounts, a grant of the asset alone says nothing of how long they last.
        DateTimeOffset until = rows.Where(r => accounts.Length == 0 || r.Account is not null).Max(r => r.Until);
        return new AuthorizedAsset
        {
            User = user.Name,
            Asset = asset.Name,
            AssetId = asset.Id,
            OwnerAccountId = asset.OwnerAccountId,
            Kind = asset.Kind,
            State = asset.State,
            Address = asset.Address,
            Protocols = asset.Protocols,
            Accounts = accounts,
            Through = [.. rows.Select(r => r.Through).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            ValidUntil = until == DateTimeOffset.MaxValue ? null : until,
        };
    }

    private sealed record Reach(Asset Asset, DateTimeOffset Until, string? Account, string? UserGroup, string? AssetGroup)
    {
        internal string Through => UserGroup is null && AssetGroup is null ? "directly" : string.Join(" → ", new[] { UserGroup, AssetGroup }.OfType<string>().Select(group => $"{group} (group)"));
    }
}
