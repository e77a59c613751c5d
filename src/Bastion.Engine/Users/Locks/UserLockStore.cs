using Bastion.Store;
using Bastion.Users.SignIn;

namespace Bastion.Users.Locks;

/// <summary>The lock in a user's row.</summary>
internal static class UserLockStore
{
    private const string Update = """
        UPDATE users SET lock_kind = $kind, locked_at = $at, locked_until = $until, locked_by = $by, lock_reason = $reason WHERE id = $user
        """;

    /// <summary>Locks a user; a lock that was there is replaced.</summary>
    internal static void Put(Connection connection, long user, UserLock held) => connection.Execute(Update, ("$user", user),
        ("$kind", held.Kind), ("$at", held.At), ("$until", held.Until), ("$by", held.By), ("$reason", held.Reason));

    /// <summary>Unlocks a user; failures until now no longer count.</summary>
    internal static void Remove(Connection connection, long user)
    {
        connection.Execute(Update, ("$user", user), ("$kind", null), ("$at", null), ("$until", null), ("$by", null), ("$reason", null));
        FailedSignInStore.Clear(connection, user);
    }

    /// <summary>The lock in a row that has the columns of a user, under their names.</summary>
    internal static UserLock? Read(Row row) => row.TextOrNull("lock_kind") is null ? null
        : new UserLock(row.Word<UserLockKind>("lock_kind"), row.Time("locked_at"), row.TimeOrNull("locked_until"), row.Text("locked_by"), row.TextOrNull("lock_reason"));
}
