using Bastion.Credentials.Secrets;
using Bastion.Store;

namespace Bastion.Assets;

internal static class AssetAccountStore
{
    private const string Columns = """
        SELECT c.id, c.name, c.asset_id, a.name AS asset, a.owner_account_id, c.protocol, c.privileged, c.database, c.has_password, c.key_fingerprint, c.comment, c.created_at, c.changed_at,
            c.shared_key_id, k.name AS shared_key, c.authority_id, ca.name AS authority, t.at AS tested_at, t.state AS test_state, t.reason AS test_reason, c.secret_changed_at,
            EXISTS (SELECT 1 FROM secret_changes s WHERE s.account_id = c.id) AS change_open
        FROM asset_accounts c JOIN assets a ON a.id = c.asset_id LEFT JOIN shared_keys k ON k.id = c.shared_key_id LEFT JOIN certificate_authorities ca ON ca.id = c.authority_id LEFT JOIN credential_tests t ON t.account_id = c.id

        """;

    private const string OfAsset = Columns + "WHERE c.asset_id = $asset ORDER BY c.name, c.protocol";
    private const string All = Columns + "WHERE ($owner IS NULL OR a.owner_account_id = $owner) ORDER BY a.name_key, c.name, c.protocol";
    private const string Insert = """
        INSERT INTO asset_accounts (asset_id, name, protocol, privileged, database, has_password, key_fingerprint, shared_key_id, authority_id, comment, created_at, changed_at)
        VALUES ($asset, $name, $protocol, $privileged, $database, $password, $key, $shared, $authority, $comment, $now, $now)
        ON CONFLICT DO NOTHING RETURNING id
        """;

    private const string Update = """
        UPDATE asset_accounts SET privileged = $privileged, database = $database, has_password = $password, key_fingerprint = $key, shared_key_id = $shared, authority_id = $authority, comment = $comment, changed_at = $now
        WHERE id = $id
        """;

    internal static IReadOnlyList<AssetAccount> ListOfAsset(Connection connection, long asset) => [.. connection.Query(OfAsset, Read, ("$asset", asset))];

    internal static IReadOnlyList<AssetAccount> List(Connection connection, string? owner) => [.. connection.Query(All, Read, ("$owner", owner))];

    /// <returns>The new id, or <see langword="null"/> when the asset has the account already.</returns>
    internal static long? Add(Connection connection, AssetAccount account, DateTimeOffset now)
    {
        long id = connection.Scalar<long>(Insert, ("$asset", account.AssetId), ("$name", account.Name), ("$protocol", account.Protocol), ("$privileged", account.Privileged),
            ("$database", account.Database), ("$password", account.HasPassword), ("$key", account.PrivateKeyFingerprint), ("$shared", account.SharedKeyId), ("$authority", account.AuthorityId), ("$comment", account.Comment), ("$now", now));
        return id == 0 ? null : id;
    }

    internal static void Change(Connection connection, AssetAccount account, DateTimeOffset now) =>
        connection.Execute(Update, ("$id", account.Id), ("$privileged", account.Privileged), ("$database", account.Database),
            ("$password", account.HasPassword), ("$key", account.PrivateKeyFingerprint), ("$shared", account.SharedKeyId), ("$authority", account.AuthorityId), ("$comment", account.Comment), ("$now", now));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM asset_accounts WHERE id = $id", ("$id", id));

    private static AssetAccount Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        AssetId = row.Long("asset_id"),
        Asset = row.Text("asset"),
        OwnerAccountId = row.Text("owner_account_id"),
        Protocol = row.Text("protocol"),
        Privileged = row.Flag("privileged"),
        Database = row.TextOrNull("database"),
        HasPassword = row.Flag("has_password"),
        PrivateKeyFingerprint = row.TextOrNull("key_fingerprint"),
        AuthorityId = row.LongOrNull("authority_id"),
        CertificateAuthority = row.TextOrNull("authority"),
        SharedKeyId = row.LongOrNull("shared_key_id"),
        SharedKey = row.TextOrNull("shared_key"),
        SignIn = row.TimeOrNull("tested_at") is null ? null : row.Word<CredentialState>("test_state"),
        SignInReason = row.TextOrNull("test_reason"),
        TestedAt = row.TimeOrNull("tested_at"),
        SecretChangedAt = row.TimeOrNull("secret_changed_at"),
        SecretChangeOpen = row.Flag("change_open"),
        Comment = row.TextOrNull("comment"),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };
}
