using Bastion.Store;

namespace Bastion.Users.Groups;

internal static class UserGroupStore
{
    private const string Columns = """
        SELECT g.id, g.name, g.comment, g.created_at, g.changed_at, (SELECT count(*) FROM user_group_members m WHERE m.group_id = g.id) AS users
        FROM user_groups g

        """;

    private const string ByName = Columns + "ORDER BY g.name_key";
    private const string ById = Columns + "WHERE g.id = $id";
    private const string ByKey = Columns + "WHERE g.name_key = $key";
    private const string MembersOf = "SELECT u.* FROM user_group_members m JOIN users u ON u.id = m.user_id WHERE m.group_id = $group ORDER BY u.name_key";
    private const string GroupsOf = Columns + "JOIN user_group_members o ON o.group_id = g.id WHERE o.user_id = $user ORDER BY g.name_key";
    private const string Insert = "INSERT INTO user_groups (name, name_key, comment, created_at, changed_at) VALUES ($name, $key, $comment, $now, $now) RETURNING id";
    private const string Update = "UPDATE user_groups SET name = $name, name_key = $key, comment = $comment, changed_at = $now WHERE id = $id";
    private const string Put = "INSERT INTO user_group_members (group_id, user_id) VALUES ($group, $user) ON CONFLICT DO NOTHING";

    internal static IEnumerable<UserGroup> All(Connection connection) => connection.Query(ByName, Read);

    internal static IReadOnlyList<UserGroup> Of(Connection connection, long user) => [.. connection.Query(GroupsOf, Read, ("$user", user))];

    /// <summary>The group that a reference means.</summary>
    /// <exception cref="UserGroupNotFoundException">There is none.</exception>
    internal static UserGroup Resolve(Connection connection, UserGroupReference reference)
    {
        UserGroup? found = reference.Id is { } id
            ? connection.Query(ById, Read, ("$id", id)).FirstOrDefault()
            : connection.Query(ByKey, Read, ("$key", Names.Key(reference.Name))).FirstOrDefault();
        return found ?? throw new UserGroupNotFoundException(reference.Name, Names.Nearest(reference.Name, All(connection).Select(g => g.Name)));
    }

    internal static IReadOnlyList<User> Members(Connection connection, long group) =>
        [.. connection.Query(MembersOf, UserStore.Read, ("$group", group))];

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM user_groups WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, UserGroup group, DateTimeOffset now) =>
        connection.Scalar<long>(Insert, ("$name", group.Name), ("$key", Names.Key(group.Name)), ("$comment", group.Comment), ("$now", now));

    internal static void Change(Connection connection, UserGroup group, DateTimeOffset now) =>
        connection.Execute(Update, ("$id", group.Id), ("$name", group.Name), ("$key", Names.Key(group.Name)), ("$comment", group.Comment), ("$now", now));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM user_groups WHERE id = $id", ("$id", id));

    /// <returns>Whether the user was not in the group before.</returns>
    internal static bool PutIn(Connection connection, long group, long user) => connection.Execute(Put, ("$group", group), ("$user", user)) > 0;

    /// <returns>Whether the user was in the group.</returns>
    internal static bool TakeOut(Connection connection, long group, long user) =>
        connection.Execute("DELETE FROM user_group_members WHERE group_id = $group AND user_id = $user", ("$group", group), ("$user", user)) > 0;

    private static UserGroup Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Comment = row.TextOrNull("comment"),
        Users = row.Long("users"),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };
}
