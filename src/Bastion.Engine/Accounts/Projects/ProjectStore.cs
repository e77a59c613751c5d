using Bastion.Store;

namespace Bastion.Accounts.Projects;

internal static class ProjectStore
{
    private const string Columns = """
        SELECT p.id, p.name, p.comment, p.created_at, p.changed_at, (SELECT group_concat(account_id) FROM project_accounts a WHERE a.project_id = p.id) AS accounts
        FROM projects p

        """;

    private const string ByName = Columns + "ORDER BY p.name_key";
    private const string ById = Columns + "WHERE p.id = $id";
    private const string ByKey = Columns + "WHERE p.name_key = $key";
    private const string OfAccount = Columns + "JOIN project_accounts o ON o.project_id = p.id WHERE o.account_id = $account";
    private const string Insert = "INSERT INTO projects (name, name_key, comment, created_at, changed_at) VALUES ($name, $key, $comment, $now, $now) RETURNING id";
    private const string Update = "UPDATE projects SET name = $name, name_key = $key, comment = $comment, changed_at = $now WHERE id = $id";
    private const string Known = "SELECT EXISTS (SELECT 1 FROM member_accounts WHERE id = $account) OR EXISTS (SELECT 1 FROM assets WHERE owner_account_id = $account)";

    internal static IEnumerable<Project> All(Connection connection) => connection.Query(ByName, Read);

    /// <summary>The project that a reference means.</summary>
    /// <exception cref="ProjectNotFoundException">There is none.</exception>
    internal static Project Resolve(Connection connection, ProjectReference reference)
    {
        Project? found = reference.Id is { } id
            ? connection.Query(ById, Read, ("$id", id)).FirstOrDefault()
            : connection.Query(ByKey, Read, ("$key", Names.Key(reference.Name))).FirstOrDefault();
        return found ?? throw new ProjectNotFoundException(reference.Name, Names.Nearest(reference.Name, All(connection).Select(p => p.Name)));
    }

    /// <summary>The project that an account is in, or <see langword="null"/>.</summary>
    internal static Project? Of(Connection connection, string account) => connection.Query(OfAccount, Read, ("$account", account)).FirstOrDefault();

    /// <summary>Whether an account is a member account, or owns an asset.</summary>
    internal static bool IsKnown(Connection connection, string account) => connection.Scalar<long>(Known, ("$account", account)) != 0;

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM projects WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, Project project, DateTimeOffset now) =>
        connection.Scalar<long>(Insert, ("$name", project.Name), ("$key", Names.Key(project.Name)), ("$comment", project.Comment), ("$now", now));

    internal static void Change(Connection connection, Project project, DateTimeOffset now) =>
        connection.Execute(Update, ("$id", project.Id), ("$name", project.Name), ("$key", Names.Key(project.Name)), ("$comment", project.Comment), ("$now", now));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM projects WHERE id = $id", ("$id", id));

    internal static void PutIn(Connection connection, long project, string account) =>
        connection.Execute("INSERT INTO project_accounts (project_id, account_id) VALUES ($project, $account)", ("$project", project), ("$account", account));

    /// <summary>Takes an account out of whatever project it is in.</summary>
    internal static void TakeOut(Connection connection, string account) => connection.Execute("DELETE FROM project_accounts WHERE account_id = $account", ("$account", account));

    // Account ids hold no comma.
    private static Project Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Comment = row.TextOrNull("comment"),
        Accounts = row.TextOrNull("accounts") is { } accounts ? [.. accounts.Split(',').Order(StringComparer.Ordinal)] : [],
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };
}
