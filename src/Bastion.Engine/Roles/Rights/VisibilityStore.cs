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
        CREATE TEMP TABLE seen_accounts (id TEXT PRIMARY KEY) WITHOUT ROWID;
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
        ["sessions"] = $"{OfSeenOwner} OR user_id = {Own}",
        ["audit_events"] = $"{OfSeenOwner} OR caller_user_id = {Own}",
    };

    /// <summary>How the connection of a caller is narrowed.</summary>
    /// <returns><see langword="null"/>: not at all; he may look at everything.</returns>
    internal static Action<Connection>? For(CallerRights rights) => rights.Looks.ForEverything ? null : connection => Narrow(connection, rights);

    private static void Narrow(Connection connection, CallerRights rights)
    {
        string[] tables = [.. connection.Query("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", row => row.Text("name"))];
        HeldRole looks = rights.Looks;
        connection.Execute(Prepare, ("$user", rights.UserId), ("$looks", looks.Projects.Count > 0));
        foreach (string account in looks.Accounts) connection.Execute("INSERT INTO temp.seen_accounts VALUES ($id)", ("$id", account));
        foreach (long project in looks.Projects) connection.Execute("INSERT INTO temp.seen_projects VALUES ($id)", ("$id", project));
        connection.Execute(string.Concat(tables.Select(table => $"CREATE TEMP VIEW \"{table}\" AS SELECT * FROM main.\"{table}\" WHERE {Rows.GetValueOrDefault(table, Nothing)};")));
        connection.Execute("PRAGMA query_only=ON");
    }
}
