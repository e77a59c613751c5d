using Bastion.Store;

namespace Bastion.Users.SignIn;

internal static class SignInPolicyStore
{
    private const string Upsert = """
        INSERT INTO sign_in_policy (id, lock_after, lock_minutes, count_minutes, min_password_length, min_password_classes, password_history, max_password_age_days, require_totp)
        VALUES (1, $after, $lock, $count, $length, $classes, $history, $age, $totp)
        ON CONFLICT (id) DO UPDATE SET lock_after = excluded.lock_after, lock_minutes = excluded.lock_minutes, count_minutes = excluded.count_minutes,
            min_password_length = excluded.min_password_length, min_password_classes = excluded.min_password_classes,
            password_history = excluded.password_history, max_password_age_days = excluded.max_password_age_days, require_totp = excluded.require_totp
        """;

    internal static SignInPolicy Read(Connection connection) => connection.Query("SELECT * FROM sign_in_policy", row => new SignInPolicy
    {
        LockAfter = (int)row.Long("lock_after"),
        LockMinutes = (int)row.Long("lock_minutes"),
        CountMinutes = (int)row.Long("count_minutes"),
        MinPasswordLength = (int)row.Long("min_password_length"),
        MinPasswordClasses = (int)row.Long("min_password_classes"),
        PasswordHistory = (int)row.Long("password_history"),
        MaxPasswordAgeDays = (int)row.Long("max_password_age_days"),
        RequireTotp = row.Flag("require_totp"),
    }).FirstOrDefault() ?? new SignInPolicy();

    internal static void Put(Connection connection, SignInPolicy policy) => connection.Execute(Upsert,
        ("$after", policy.LockAfter), ("$lock", policy.LockMinutes), ("$count", policy.CountMinutes), ("$length", policy.MinPasswordLength),
        ("$classes", policy.MinPasswordClasses), ("$history", policy.PasswordHistory), ("$age", policy.MaxPasswordAgeDays), ("$totp", policy.RequireTotp));
}
