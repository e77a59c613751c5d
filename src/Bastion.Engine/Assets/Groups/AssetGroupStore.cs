using Bastion.Store;

namespace Bastion.Assets.Groups;

internal static class AssetGroupStore
{
    private const string Columns = """
        SELECT g.id, g.name, g.comment, g.rule, g.created_at, g.changed_at, (SELECT count(*) FROM asset_group_members m WHERE m.group_id = g.id) AS assets
        FROM asset_groups g

        """;

    private const string ByName = Columns + "ORDER BY g.name_key";
    private const string ById = Columns + "WHERE g.id = $id";
    private const string ByKey = Columns + "WHERE g.name_key = $key";
    private const string GroupsOf = Columns + "JOIN asset_group_members o ON o.group_id = g.id WHERE o.asset_id = $asset ORDER BY g.name_key";
    private const string Rules = "SELECT id, name, rule FROM asset_groups WHERE rule IS NOT NULL";
    private const string AccountsOf = "SELECT DISTINCT c.name FROM asset_group_members m JOIN asset_accounts c ON c.asset_id = m.asset_id WHERE m.group_id = $group";
    private const string OwnersOf = "SELECT DISTINCT a.owner_account_id FROM asset_group_members m JOIN assets a ON a.id = m.asset_id WHERE m.group_id = $group";
    private const string Insert = "INSERT INTO asset_groups (name, name_key, comment, rule, created_at, changed_at) VALUES ($name, $key, $comment, $rule, $now, $now) RETURNING id";
    private const string Update = "UPDATE asset_groups SET name = $name, name_key = $key, comment = $comment, rule = $rule, changed_at = $now WHERE id = $id";
    private const string Put = "INSERT INTO asset_group_members (group_id, asset_id) VALUES ($group, $asset) ON CONFLICT DO NOTHING";

    /// <summary>The assets of a group, by name; to be streamed with <c>$group</c>.</summary>
    internal const string MembersOf = "SELECT a.* FROM asset_group_members m JOIN assets a ON a.id = m.asset_id WHERE m.group_id = $group ORDER BY a.name_key";

    internal static IEnumerable<AssetGroup> All(Connection connection) => connection.Query(ByName, Read);

    internal static IReadOnlyList<AssetGroup> Of(Connection connection, long asset) => [.. connection.Query(GroupsOf, Read, ("$asset", asset))];

    /// <summary>The group that a reference means.</summary>
    /// <exception cref="AssetGroupNotFoundException">There is none.</exception>
    internal static AssetGroup Resolve(Connection connection, AssetGroupReference reference)
    {
        AssetGroup? found = reference.Id is { } id
            ? connection.Query(ById, Read, ("$id", id)).FirstOrDefault()
            : connection.Query(ByKey, Read, ("$key", Names.Key(reference.Name))).FirstOrDefault();
        return found ?? throw new AssetGroupNotFoundException(reference.Name,
            Names.Nearest(reference.Name, connection.Query("SELECT name FROM asset_groups ORDER BY name_key", row => row.Text("name"))));
    }

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM asset_groups WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, AssetGroup group, DateTimeOffset now) => connection.Scalar<long>(Insert,
        ("$name", group.Name), ("$key", Names.Key(group.Name)), ("$comment", group.Comment), ("$rule", group.Rule?.Write()), ("$now", now));

    internal static void Change(Connection connection, AssetGroup group, DateTimeOffset now) => connection.Execute(Update,
        ("$id", group.Id), ("$name", group.Name), ("$key", Names.Key(group.Name)), ("$comment", group.Comment), ("$rule", group.Rule?.Write()), ("$now", now));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM asset_groups WHERE id = $id", ("$id", id));

    /// <returns>Whether the asset was not in the group before.</returns>
    internal static bool PutIn(Connection connection, long group, long asset) => connection.Execute(Put, ("$group", group), ("$asset", asset)) > 0;

    /// <returns>Whether the asset was in the group.</returns>
    internal static bool TakeOut(Connection connection, long group, long asset) =>
        connection.Execute("DELETE FROM asset_group_members WHERE group_id = $group AND asset_id = $asset", ("$group", group), ("$asset", asset)) > 0;

    /// <summary>Names of accounts on the assets of a group.</summary>
    internal static IReadOnlySet<string> AccountNames(Connection connection, long group) =>
        connection.Query(AccountsOf, row => row.Text("name"), ("$group", group)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The accounts that own a group: those its rule names, else those of its members. None: it belongs to the whole store.</summary>
    internal static IReadOnlyList<string> Owners(Connection connection, AssetGroup group) => group.Fault is not null ? []
        : group.Rule?.OwnerAccountIds ?? [.. connection.Query(OwnersOf, row => row.Text("owner_account_id"), ("$group", group.Id))];

    /// <summary>Names of a group's assets; for the audit.</summary>
    internal static IReadOnlyList<string> MemberNames(Connection connection, long group) => [.. connection.Query(MembersOf, row => row.Text("name"), ("$group", group))];

    /// <summary>Makes the members of a group those that its rule means.</summary>
    internal static void Fill(Connection connection, long group, AssetGroupMatcher rule)
    {
        connection.Execute("DELETE FROM asset_group_members WHERE group_id = $group", ("$group", group));
        List<long> members = [.. AssetStore.All(connection).Where(rule.Matches).Select(a => a.Id)];
        foreach (long asset in members) PutIn(connection, group, asset);
    }

    /// <summary>Puts an asset that was just written into the groups whose rules mean it, and takes it out of the others.</summary>
    /// <exception cref="GroupRuleUnreadableException">The rule of a group can't be read.</exception>
    internal static void Place(Connection connection, Asset asset)
    {
        foreach ((long id, string name, string rule) in connection.Query(Rules, row => (row.Long("id"), row.Text("name"), row.Text("rule"))).ToList())
        {
            if (new AssetGroupMatcher(name, AssetGroupRule.Read(name, rule)).Matches(asset)) PutIn(connection, id, asset.Id);
            else TakeOut(connection, id, asset.Id);
        }
    }

    private static AssetGroup Read(Row row)
    {
        AssetGroup group = ReadWithoutRule(row);
        if (row.TextOrNull("rule") is not { } rule) return group;
        try
        {
            return group with { Rule = AssetGroupRule.Read(group.Name, rule) };
        }
        catch (GroupRuleUnreadableException e)
        {
            // It is shown and can be given another rule; who writes an asset meanwhile is stopped by Place.
            return group with { Fault = e.InnerException!.Message };
        }
    }

    private static AssetGroup ReadWithoutRule(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Comment = row.TextOrNull("comment"),
        Assets = row.Long("assets"),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };
}
