using Bastion.Store;

namespace Bastion.Vault;

internal static class SecretStore
{
    private const string Upsert = """
        INSERT INTO secrets (purpose, sealed, key_id, changed_at) VALUES ($purpose, $sealed, $key, $now)
        ON CONFLICT (purpose) DO UPDATE SET sealed = excluded.sealed, key_id = excluded.key_id, changed_at = excluded.changed_at
        """;

    internal static void Put(Connection connection, string purpose, byte[] sealedSecret, string keyId, DateTimeOffset now) =>
        connection.Execute(Upsert, ("$purpose", purpose), ("$sealed", sealedSecret), ("$key", keyId), ("$now", now));

    internal static byte[]? Get(Connection connection, string purpose) =>
        connection.Scalar<byte[]>("SELECT sealed FROM secrets WHERE purpose = $purpose", ("$purpose", purpose));

    internal static void Remove(Connection connection, string purpose) =>
        connection.Execute("DELETE FROM secrets WHERE purpose = $purpose", ("$purpose", purpose));

    internal static void SetKeyId(Connection connection, string keyId) =>
        connection.Execute("INSERT INTO store_facts (name, value) VALUES ('vault_key_id', $value)", ("$value", keyId));

    internal static string? KeyId(Connection connection) =>
        connection.Scalar<string>("SELECT value FROM store_facts WHERE name = 'vault_key_id'");
}
