using Bastion.Store;

namespace Bastion.Roles.Rights;

/// <summary>
/// What a caller whose right to look is limited finds in the store: his connection has a view of the same name before each table, so that
/// every query, whoever wrote it, finds only rows that he may see. A table that is not listed here is empty for him.
/// </summary>
internal static class VisibilityStore
{
    private const string All = "1";
    private const string Nothing = "0";

    // Who looks at projects sees what is the whole store's as far as his accounts need it: users, groups of users, policies over all assets.
    private const string Looks = "(SELECT looks FROM temp.viewer)";
    private const string Own = "(SELECT user_id FROM temp.viewer)";
    private const string OnSeenAsset = "asset_id IN (SELECT id FROM temp.assets)";
    private const string OfSeenOwner = "owner_account_id IN (SELECT id FROM temp.seen_accounts)";

    private const string Prepare = """
        CREATE TEMP TABLE viewer (user_id INTEGER, looks INTEGER NOT NULL);
        CREATE TEMP TABLE seen_accounts (id TEXT PRIMARY KEY, place INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
        CREATE TEMP TABLE seen_projects (id INTEGER PRIMARY KEY);
        INSERT INTO temp.viewer VALUES ($user, $looks)
        """;

    /// <summary>For each table, which of its rows are seen. Names without <c>main.</c> or <c>temp.</c> mean what the caller sees.</summary>
    internal static IReadOnlyDictionary<string, string> Rows { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["store_facts"] = All,
        ["secrets"] = Nothing,
        ["cloud_connections"] = "id IN (SELECT cloud_id FROM temp.member_accounts)",
        ["member_accounts"] = "id IN (SELECT id FROM temp.seen_accounts)",
        ["assets"] = OfSeenOwner,
        ["asset_accounts"] = OnSeenAsset,
        ["host_keys"] = OnSeenAsset,
        // A group of which any member is seen, and one by rule that can only mean assets that are seen
        ["asset_groups"] = """
            id IN (SELECT group_id FROM temp.asset_group_members)
            OR (json_valid(rule) AND json_array_length(rule, '$.OwnerAccountIds') > 0
                AND NOT EXISTS (SELECT 1 FROM json_each(rule, '$.OwnerAccountIds') WHERE value NOT IN (SELECT id FROM temp.seen_accounts)))
            """,
        ["asset_group_members"] = OnSeenAsset,
        ["users"] = $"{Looks} OR id = {Own}",
        ["user_groups"] = $"{Looks} OR id IN (SELECT group_id FROM temp.user_group_members)",
        ["user_group_members"] = $"{Looks} OR user_id = {Own}",
        ["grants"] = $"{OnSeenAsset} OR asset_group_id IN (SELECT id FROM temp.asset_groups)",
        ["grant_accounts"] = "grant_id IN (SELECT id FROM temp.grants)",
        ["grant_account_names"] = "grant_id IN (SELECT id FROM temp.grants)",
        ["control_policies"] = $"{Looks} AND (all_assets <> 0 OR id IN (SELECT policy_id FROM temp.policy_assets) OR id IN (SELECT policy_id FROM temp.policy_asset_groups))",
        ["policy_assets"] = OnSeenAsset,
        ["policy_asset_groups"] = "group_id IN (SELECT id FROM temp.asset_groups)",
        ["policy_users"] = Looks,
        ["policy_user_groups"] = Looks,
        ["projects"] = "id IN (SELECT id FROM temp.seen_projects)",
        ["project_accounts"] = "project_id IN (SELECT id FROM temp.seen_projects)",
        ["role_holdings"] = $"({Looks} AND (project_id IS NULL OR project_id IN (SELECT id FROM temp.seen_projects))) OR user_id = {Own} OR user_group_id IN (SELECT group_id FROM main.user_group_members WHERE user_id = {Own})",
        ["sessions"] = OfSeenOwnerOr("user_id"),
        ["audit_events"] = OfSeenOwnerOr("caller_user_id"),
    };

    // Lists of millions, newest first: of a few accounts each one's rows are found in that order by an index, and merged.
    private static readonly Dictionary<string, string> Long = new(StringComparer.Ordinal) { ["sessions"] = "user_id", ["audit_events"] = "caller_user_id" };
    private const int FewAccounts = 100;

    /// <summary>How the connection of a caller is narrowed.</summary>
    /// <returns><see langword="null"/>: not at all; he may look at everything.</returns>
    internal static Action<Connection>? For(CallerRights rights) => rights.Looks.ForEverything ? null : connection => Narrow(connection, rights);

    // Of many accounts most rows are seen: going through them in their order is quickest, and the + keeps SQLite to it.
    private static string OfSeenOwnerOr(string user) => $"+{OfSeenOwner} OR +{user} = {Own}";

    private static string Select(string table, int accounts)
    {
        if (!Long.TryGetValue(table, out string? user) || accounts > FewAccounts) return $"SELECT * FROM main.\"{table}\" WHERE {Rows.GetValueOrDefault(table, Nothing)}";
        IEnumerable<string> ways = Enumerable.Range(0, accounts).Select(place => $"owner_account_id = (SELECT id FROM temp.seen_accounts WHERE place = {place})")
            .Append($"{user} = {Own} AND (owner_account_id IS NULL OR +owner_account_id NOT IN (SELECT id FROM temp.seen_accounts))");
        return string.Join(" UNION ALL ", ways.Select(way => $"SELECT * FROM main.\"{table}\" WHERE {way}"));
    }

    private static void Narrow(Connection connection, CallerRights rights)
    {
        string[] tables = [.. connection.Query("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", row => row.Text("name"))];
        HeldRole looks = rights.Looks;
        connection.Execute(Prepare, ("$user", rights.UserId), ("$looks", looks.Projects.Count > 0));
        int place = 0;
        foreach (string account in looks.Accounts) connection.Execute("INSERT INTO temp.seen_accounts VALUES ($id, $place)", ("$id", account), ("$place", place++));
        foreach (long project in looks.Projects) connection.Execute("INSERT INTO temp.seen_projects VALUES ($id)", ("$id", project));
        connection.Execute(string.Concat(tables.Select(table => $"CREATE TEMP VIEW \"{table}\" AS {Select(table, looks.Accounts.Count)};")));
        connection.Execute("PRAGMA query_only=ON");
    }
}
