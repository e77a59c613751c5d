using Bastion.Store;

namespace Bastion.Accounts;

internal static class MemberAccountStore
{
    private const string Columns = """
        SELECT m.*, c.name AS cloud, p.name AS project, (SELECT count(*) FROM assets a WHERE a.owner_account_id = m.id) AS assets
        FROM member_accounts m JOIN cloud_connections c ON c.id = m.cloud_id
        LEFT JOIN project_accounts o ON o.account_id = m.id LEFT JOIN projects p ON p.id = o.project_id

        """;

    private const string All = Columns + "ORDER BY m.display_name, m.id";
    private const string ById = Columns + "WHERE m.id = $id";
    private const string Upsert = """
        INSERT INTO member_accounts (id, cloud_id, display_name, join_method, status, added_at) VALUES ($id, $cloud, $name, $join, $status, $now)
        ON CONFLICT (id) DO UPDATE SET cloud_id = excluded.cloud_id, display_name = excluded.display_name, join_method = excluded.join_method, status = excluded.status
        """;

    internal static IReadOnlyList<MemberAccount> List(Connection connection) => [.. connection.Query(All, Read)];

    internal static MemberAccount? Find(Connection connection, string id) => connection.Query(ById, Read, ("$id", id)).FirstOrDefault();

    internal static void Put(Connection connection, MemberAccount account, long cloud, DateTimeOffset now) =>
        connection.Execute(Upsert, ("$id", account.Id), ("$cloud", cloud), ("$name", account.DisplayName), ("$join", account.JoinMethod), ("$status", account.Status), ("$now", now));

    internal static void Imported(Connection connection, string id, DateTimeOffset now) =>
        connection.Execute("UPDATE member_accounts SET imported_at = $now WHERE id = $id", ("$id", id), ("$now", now));

    internal static void Remove(Connection connection, string id) => connection.Execute("DELETE FROM member_accounts WHERE id = $id", ("$id", id));

    private static MemberAccount Read(Row row) => new()
    {
        Id = row.Text("id"),
        DisplayName = row.Text("display_name"),
        JoinMethod = row.Text("join_method"),
        Status = row.Text("status"),
        Cloud = row.Text("cloud"),
        Project = row.TextOrNull("project"),
        Added = true,
        AddedAt = row.Time("added_at"),
        ImportedAt = row.TimeOrNull("imported_at"),
        Assets = row.Long("assets"),
    };
}
