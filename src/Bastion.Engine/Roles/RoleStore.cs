using Bastion.Store;

namespace Bastion.Roles;

internal static class RoleStore
{
    private const string Rows = """
        SELECT h.*, u.name AS user_name, g.name AS user_group, p.name AS project
        FROM role_holdings h LEFT JOIN users u ON u.id = h.user_id LEFT JOIN user_groups g ON g.id = h.user_group_id LEFT JOIN projects p ON p.id = h.project_id
        WHERE ($user IS NULL OR h.user_id = $user OR h.user_group_id IN (SELECT group_id FROM user_group_members WHERE user_id = $user))
          AND ($group IS NULL OR h.user_group_id = $group)
          AND ($project IS NULL OR h.project_id IS NULL OR h.project_id = $project)
        ORDER BY h.user_id IS NULL, coalesce(u.name_key, g.name_key), h.role, p.name_key
        """;

    private const string Insert = """
        INSERT INTO role_holdings (role, user_id, user_group_id, project_id, granted_at, granted_by) VALUES ($role, $user, $group, $project, $now, $by)
        ON CONFLICT DO NOTHING
        """;

    internal static IReadOnlyList<RoleHolding> List(Connection connection, long? user, long? group, long? project) =>
        [.. connection.Query(Rows, Read, ("$user", user), ("$group", group), ("$project", project))];

    /// <returns>Whether it is new; else the role is held already.</returns>
    internal static bool Add(Connection connection, RoleHolding holding) => connection.Execute(Insert,
        ("$role", holding.Role), ("$user", holding.UserId), ("$group", holding.UserGroupId), ("$project", holding.ProjectId), ("$now", holding.GrantedAt), ("$by", holding.GrantedBy)) > 0;

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM role_holdings WHERE id = $id", ("$id", id));

    private static RoleHolding Read(Row row) => new()
    {
        Id = row.Long("id"),
        Role = row.Word<Role>("role"),
        UserId = row.LongOrNull("user_id"),
        User = row.TextOrNull("user_name"),
        UserGroupId = row.LongOrNull("user_group_id"),
        UserGroup = row.TextOrNull("user_group"),
        ProjectId = row.LongOrNull("project_id"),
        Project = row.TextOrNull("project"),
        GrantedAt = row.Time("granted_at"),
        GrantedBy = row.Text("granted_by"),
    };
}
