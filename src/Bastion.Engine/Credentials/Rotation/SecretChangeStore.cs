using Bastion.Store;

namespace Bastion.Credentials.Rotation;

/// <summary>Changes of secrets that are under way: one an account.</summary>
internal static class SecretChangeStore
{
    private const string Insert = """
        INSERT INTO secret_changes (account_id, what, phase, via, file, old_key, new_key, started_at, started_by)
        VALUES ($account, $what, $phase, $via, $file, $old, $new, $at, $by)
        """;

    private const string SetPassword = "UPDATE asset_accounts SET has_password = 1, secret_changed_at = $now, changed_at = $now WHERE id = $id";
    private const string SetKey = "UPDATE asset_accounts SET key_fingerprint = $fingerprint, secret_changed_at = $now, changed_at = $now WHERE id = $id";

    internal static SecretChange? Find(Connection connection, long account) =>
        connection.Query("SELECT * FROM secret_changes WHERE account_id = $account", Read, ("$account", account)).FirstOrDefault();

    internal static void Add(Connection connection, SecretChange change, string by) => connection.Execute(Insert,
        ("$account", change.AccountId), ("$what", change.What), ("$phase", change.Phase), ("$via", change.Via), ("$file", change.File),
        ("$old", change.OldKey), ("$new", change.NewKey), ("$at", change.StartedAt), ("$by", by));

    internal static void Commit(Connection connection, long account) =>
        connection.Execute("UPDATE secret_changes SET phase = 'Committed' WHERE account_id = $account", ("$account", account));

    internal static void Remove(Connection connection, long account) => connection.Execute("DELETE FROM secret_changes WHERE account_id = $account", ("$account", account));

    internal static void PasswordChanged(Connection connection, long account, DateTimeOffset now) => connection.Execute(SetPassword, ("$id", account), ("$now", now));

    internal static void KeyChanged(Connection connection, long account, string fingerprint, DateTimeOffset now) =>
        connection.Execute(SetKey, ("$id", account), ("$fingerprint", fingerprint), ("$now", now));

    private static SecretChange Read(Row row) => new(row.Long("account_id"), row.Word<SecretKind>("what"), row.Word<SecretChangePhase>("phase"), row.TextOrNull("via"), row.TextOrNull("file"),
        row.BytesOrNull("old_key"), row.BytesOrNull("new_key"), row.Time("started_at"));
}
