using Bastion.Store;

namespace Bastion.Users.Directories;

internal static class UserDirectoryStore
{
    private const string Insert = """
        INSERT INTO user_directories (name, name_key, server, port, base_dn, bind_dn, filter, name_attribute, display_name_attribute, email_attribute, certificate_folder, created_at)
        VALUES ($name, $key, $server, $port, $base, $bind, $filter, $nameAttribute, $displayAttribute, $emailAttribute, $folder, $now) RETURNING id
        """;

    internal static IEnumerable<UserDirectory> All(Connection connection) => connection.Query("SELECT * FROM user_directories ORDER BY name_key", Read);

    internal static UserDirectory? Find(Connection connection, long id) => connection.Query("SELECT * FROM user_directories WHERE id = $id", Read, ("$id", id)).FirstOrDefault();

    /// <exception cref="UserDirectoryException">There is none.</exception>
    internal static UserDirectory Resolve(Connection connection, string name) =>
        connection.Query("SELECT * FROM user_directories WHERE name_key = $key", Read, ("$key", Names.Key(name))).FirstOrDefault()
        ?? throw UserDirectoryException.NotFound(name, Names.Nearest(name, All(connection).Select(d => d.Name)));

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM user_directories WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, UserDirectory directory) => connection.Scalar<long>(Insert, ("$name", directory.Name), ("$key", Names.Key(directory.Name)),
        ("$server", directory.Server), ("$port", directory.Port), ("$base", directory.BaseDn), ("$bind", directory.BindDn), ("$filter", directory.Filter),
        ("$nameAttribute", directory.NameAttribute), ("$displayAttribute", directory.DisplayNameAttribute), ("$emailAttribute", directory.EmailAttribute),
        ("$folder", directory.CertificateFolder), ("$now", directory.CreatedAt));

    internal static long Users(Connection connection, long id) => connection.Scalar<long>("SELECT count(*) FROM users WHERE directory_id = $id", ("$id", id));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM user_directories WHERE id = $id", ("$id", id));

    /// <summary>Says which directory knows a user, and by which name.</summary>
    internal static void Link(Connection connection, long user, long directory, string name) =>
        connection.Execute("UPDATE users SET directory_id = $directory, directory_name = $name WHERE id = $user", ("$user", user), ("$directory", directory), ("$name", name));

    private static UserDirectory Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Server = row.Text("server"),
        Port = (int)row.Long("port"),
        BaseDn = row.Text("base_dn"),
        BindDn = row.TextOrNull("bind_dn"),
        Filter = row.Text("filter"),
        NameAttribute = row.Text("name_attribute"),
        DisplayNameAttribute = row.Text("display_name_attribute"),
        EmailAttribute = row.Text("email_attribute"),
        CertificateFolder = row.TextOrNull("certificate_folder"),
        CreatedAt = row.Time("created_at"),
    };
}
