using Bastion.Assets;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Locks;

namespace Bastion.Grants;

/// <summary>Who reaches what, and through which grants.</summary>
internal static class AccessPathStore
{
    private const string Rows = """
        WITH held AS MATERIALIZED (
            SELECT * FROM grants
            WHERE (valid_from IS NULL OR valid_from <= $at) AND (valid_until IS NULL OR valid_until > $at)
              AND ($user IS NULL OR user_id = $user OR user_group_id IN (SELECT group_id FROM user_group_members WHERE user_id = $user))
              AND ($asset IS NULL OR asset_id = $asset OR asset_group_id IN (SELECT group_id FROM asset_group_members WHERE asset_id = $asset))),
        whom AS MATERIALIZED (
            SELECT id AS grant_id, user_id AS member FROM held WHERE user_id IS NOT NULL
            UNION ALL
            SELECT h.id, m.user_id FROM held h JOIN user_group_members m ON m.group_id = h.user_group_id WHERE $user IS NULL OR m.user_id = $user),
        what AS MATERIALIZED (
            SELECT id AS grant_id, asset_id AS member FROM held WHERE asset_id IS NOT NULL
            UNION ALL
            SELECT h.id, m.asset_id FROM held h JOIN asset_group_members m ON m.group_id = h.asset_group_id WHERE $asset IS NULL OR m.asset_id = $asset)
        SELECT a.*, u.id AS reach_user, u.name AS reach_user_name, u.valid_from AS reach_user_from, u.valid_until AS reach_user_until,
               u.lock_kind, u.locked_at, u.locked_until, u.locked_by, u.lock_reason,
               c.name AS reach_account, c.protocol AS reach_protocol, h.id AS reach_grant, h.valid_until AS reach_until, ug.name AS reach_user_group, ag.name AS reach_asset_group
        FROM held h JOIN whom ON whom.grant_id = h.id JOIN what ON what.grant_id = h.id
        JOIN users u ON u.id = whom.member JOIN assets a ON a.id = what.member
        LEFT JOIN user_groups ug ON ug.id = h.user_group_id LEFT JOIN asset_groups ag ON ag.id = h.asset_group_id
        LEFT JOIN asset_accounts c ON c.asset_id = a.id
             AND (h.all_accounts = 1
                  OR EXISTS (SELECT 1 FROM grant_accounts l WHERE l.grant_id = h.id AND l.account_id = c.id)
                  OR EXISTS (SELECT 1 FROM grant_account_names n WHERE n.grant_id = h.id AND n.name = c.name))
        WHERE ($owner IS NULL OR a.owner_account_id = $owner) AND ($account IS NULL OR c.name = $account)
        ORDER BY a.owner_account_id, a.name_key, u.name_key, c.name, c.protocol, h.id
        """;

    /// <summary>Accounts that users reach at a time, by owner, asset, user and account, one by one; what is <see langword="null"/> does not narrow.</summary>
    internal static IEnumerable<ReachedAccount> Stream(Database database, long? user, long? asset, string? account, string? owner, DateTimeOffset at)
    {
        var same = new List<Reach>();
        foreach (Reach row in Read(database, user, asset, account, owner, at))
        {
            if (same.Count > 0 && !same[0].IsSame(row))
            {
                yield return Together(same);
                same.Clear();
            }

            same.Add(row);
        }

        if (same.Count > 0) yield return Together(same);
    }

    private static IEnumerable<Reach> Read(Database database, long? user, long? asset, string? account, string? owner, DateTimeOffset at)
    {
        Asset? last = null;
        return database.Stream(Rows, row =>
        {
            if (last?.Id != row.Long("id")) last = AssetStore.Read(row);
            string name = row.Text("reach_user_name");
            var who = new User
            {
                Id = row.Long("reach_user"),
                Name = name,
                DisplayName = name,
                ValidFrom = row.TimeOrNull("reach_user_from"),
                ValidUntil = row.TimeOrNull("reach_user_until"),
                Lock = UserLockStore.Read(row),
            };
            return new Reach(who, last!, row.TextOrNull("reach_account"), row.TextOrNull("reach_protocol"),
                new AccessPath(row.Long("reach_grant"), row.TextOrNull("reach_user_group"), row.TextOrNull("reach_asset_group"), row.TimeOrNull("reach_until")));
        }, ("$user", user), ("$asset", asset), ("$account", account), ("$owner", owner), ("$at", at));
    }

    private static ReachedAccount Together(List<Reach> rows) => new(rows[0].User, rows[0].Asset, rows[0].Account, rows[0].Protocol, [.. rows.Select(r => r.Path)]);

    private sealed record Reach(User User, Asset Asset, string? Account, string? Protocol, AccessPath Path)
    {
        internal bool IsSame(Reach other) => User.Id == other.User.Id && Asset.Id == other.Asset.Id && Account == other.Account && Protocol == other.Protocol;
    }
}
