using Bastion.Store;
using Bastion.Vault;

namespace Bastion.Users.Passwords;

/// <summary>Password hashes, sealed in the vault: a copy of the database alone gives nothing to try guesses on.</summary>
internal static class UserPasswordStore
{
    private const string Newest = "SELECT id FROM user_passwords WHERE user_id = $user ORDER BY id DESC LIMIT $most";
    private const string Old = "SELECT id FROM user_passwords WHERE user_id = $user ORDER BY id DESC LIMIT -1 OFFSET $keep";
    private const string Insert = "INSERT INTO user_passwords (user_id, set_at) VALUES ($user, $now) RETURNING id";
    private const string Mark = "UPDATE users SET password_set_at = $at, must_change_password = $change WHERE id = $user";

    /// <summary>Hashes, newest first: the first is the password's.</summary>
    internal static IReadOnlyList<byte[]> Hashes(Connection connection, SecretVault vault, long user, int most) =>
        [.. Ids(connection, Newest, user, ("$most", most)).Select(id => vault.Get(connection, Purpose(user, id))).OfType<byte[]>()];

    /// <summary>Makes a hash the user's password and forgets all but some of the older ones.</summary>
    internal static void Put(Change change, long user, byte[] hash, bool mustChange, int history)
    {
        long id = change.Connection.Scalar<long>(Insert, ("$user", user), ("$now", change.Now));
        change.Vault.Put(change.Connection, Purpose(user, id), hash, change.Now);
        change.Connection.Execute(Mark, ("$user", user), ("$at", change.Now), ("$change", mustChange));
        Forget(change.Connection, user, Math.Max(1, history));
    }

    /// <summary>Writes the same password's hash anew.</summary>
    internal static void Renew(Connection connection, SecretVault vault, long user, byte[] hash, DateTimeOffset now)
    {
        foreach (long id in Ids(connection, Newest, user, ("$most", 1))) vault.Put(connection, Purpose(user, id), hash, now);
    }

    internal static void RequireChange(Connection connection, long user, bool mustChange) =>
        connection.Execute("UPDATE users SET must_change_password = $change WHERE id = $user", ("$user", user), ("$change", mustChange));

    /// <summary>Takes the password away, with all older ones.</summary>
    internal static void Remove(Connection connection, long user)
    {
        Forget(connection, user, 0);
        connection.Execute(Mark, ("$user", user), ("$at", null), ("$change", false));
    }

    private static void Forget(Connection connection, long user, int keep)
    {
        foreach (long id in Ids(connection, Old, user, ("$keep", keep)))
        {
            SecretStore.Remove(connection, Purpose(user, id));
            connection.Execute("DELETE FROM user_passwords WHERE id = $id", ("$id", id));
        }
    }

    private static List<long> Ids(Connection connection, string sql, long user, (string, object?) limit) => [.. connection.Query(sql, row => row.Long("id"), ("$user", user), limit)];

    private static string Purpose(long user, long id) => $"user/{user}/password/{id}";
}
