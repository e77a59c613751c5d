using Bastion.Store;

namespace Bastion.Users.SignIn;

/// <summary>Sign-ins of a user that failed, or whose outcome is open: they are counted before a guess is tried, so that many at once get no more tries.</summary>
internal static class FailedSignInStore
{
    private const string Recent = "SELECT failed_sign_ins FROM users WHERE id = $user AND failed_at > $since";
    private const string Update = "UPDATE users SET failed_sign_ins = $count, failed_at = $now WHERE id = $user";
    private const string Nobody = """
        INSERT INTO store_facts (name, value) VALUES ('sign_ins_of_nobody', '1')
        ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)
        """;

    /// <summary>Counts an attempt.</summary>
    /// <returns>The attempts since the last success, with this one; <see langword="null"/>: it is one too many and must not be tried.</returns>
    internal static int? Count(Connection connection, long user, SignInPolicy policy, DateTimeOffset now)
    {
        int count = 1 + (int)connection.Scalar<long>(Recent, ("$user", user), ("$since", now.AddMinutes(-policy.CountMinutes)));
        if (policy.LockAfter > 0 && count > policy.LockAfter) return null;
        connection.Execute(Update, ("$user", user), ("$count", count), ("$now", now));
        return count;
    }

    /// <summary>Waits for the disk as <see cref="Count"/> does: how long an answer takes must not tell who is there.</summary>
    internal static void CountNobody(Connection connection) => connection.Execute(Nobody);

    /// <summary>Takes an attempt back that could not be tried.</summary>
    internal static void Uncount(Connection connection, long user) => connection.Execute("UPDATE users SET failed_sign_ins = max(0, failed_sign_ins - 1) WHERE id = $user", ("$user", user));

    internal static void Clear(Connection connection, long user) => connection.Execute(Update, ("$user", user), ("$count", 0), ("$now", null));
}
