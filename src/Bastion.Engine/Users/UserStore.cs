using Bastion.Roles.Rights;
using Bastion.Store;
using Bastion.Users.Locks;

namespace Bastion.Users;

internal static class UserStore
{
    private const string Columns = "SELECT * FROM users ";
    private const string ById = Columns + "WHERE id = $id";
    private const string ByKey = Columns + "WHERE name_key = $key";
    private const string ByName = Columns + "ORDER BY name_key";
    private const string Insert = """
        INSERT INTO users (name, name_key, display_name, email, comment, valid_from, valid_until, created_at)
        VALUES ($name, $key, $display, $email, $comment, $from, $until, $created) RETURNING id
        """;

    private const string Update = """
        UPDATE users SET name = $name, name_key = $key, display_name = $display, email = $email, comment = $comment, valid_from = $from, valid_until = $until
        WHERE id = $id
        """;

    internal static IEnumerable<User> All(Connection connection) => connection.Query(ByName, Read);

    /// <summary>The user of a name, if there is one.</summary>
    internal static User? Find(Connection connection, string name) => connection.Query(ByKey, Read, ("$key", Names.Key(name))).FirstOrDefault();

    /// <summary>The user of an id, if it is still there.</summary>
    internal static User? Find(Connection connection, long id) => connection.Query(ById, Read, ("$id", id)).FirstOrDefault();

    /// <summary>The user that a reference means.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    internal static User Resolve(Connection connection, UserReference reference)
    {
        User? found = reference.Id is { } id ? Find(connection, id) : Find(connection, reference.Name);
        return found ?? throw new UserNotFoundException(reference.Name,
            Names.Nearest(reference.Name, connection.Query("SELECT name FROM users ORDER BY name_key", row => row.Text("name"))));
    }

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM users WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, User user)
    {
        long id = connection.Scalar<long>(Insert, [.. Values(user), ("$created", user.CreatedAt)]);
        RightsStore.Begin(connection, id, user.CreatedAt);
        return id;
    }

    internal static void Change(Connection connection, User user) => connection.Execute(Update, [.. Values(user), ("$id", user.Id)]);

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM users WHERE id = $id", ("$id", id));

    internal static User Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        DisplayName = row.Text("display_name"),
        Email = row.TextOrNull("email"),
        Comment = row.TextOrNull("comment"),
        ValidFrom = row.TimeOrNull("valid_from"),
        ValidUntil = row.TimeOrNull("valid_until"),
        CreatedAt = row.Time("created_at"),
        Lock = UserLockStore.Read(row),
        PasswordSetAt = row.TimeOrNull("password_set_at"),
        MustChangePassword = row.Flag("must_change_password"),
        DirectoryId = row.LongOrNull("directory_id"),
        DirectoryName = row.TextOrNull("directory_name"),
        TotpSince = row.TimeOrNull("totp_since"),
        TotpPendingSince = row.TimeOrNull("totp_pending_since"),
    };

    private static (string, object?)[] Values(User user) =>
    [
        ("$name", user.Name), ("$key", Names.Key(user.Name)), ("$display", user.DisplayName), ("$email", user.Email),
        ("$comment", user.Comment), ("$from", user.ValidFrom), ("$until", user.ValidUntil),
    ];
}
