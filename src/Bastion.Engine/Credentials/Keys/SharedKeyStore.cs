using System.Text.Json;
using Bastion.Store;

namespace Bastion.Credentials.Keys;

internal static class SharedKeyStore
{
    private const string Columns = """
        SELECT k.*, (SELECT json_group_array(login) FROM (
            SELECT c.name || '@' || a.name AS login FROM asset_accounts c JOIN assets a ON a.id = c.asset_id WHERE c.shared_key_id = k.id ORDER BY a.name_key, c.name)) AS used_by
        FROM shared_keys k

        """;

    private const string ById = Columns + "WHERE k.id = $id";
    private const string ByKey = Columns + "WHERE k.name_key = $key";
    private const string ByName = Columns + "ORDER BY k.name_key";
    private const string Insert = """
        INSERT INTO shared_keys (name, name_key, key_type, public_key, fingerprint, expires_at, comment, created_at, changed_at)
        VALUES ($name, $key, $type, $public, $fingerprint, $expires, $comment, $now, $now) RETURNING id
        """;

    private const string Update = """
        UPDATE shared_keys SET name = $name, name_key = $key, key_type = $type, public_key = coalesce($public, public_key), fingerprint = $fingerprint, expires_at = $expires, comment = $comment, changed_at = $now
        WHERE id = $id
        """;

    internal static IReadOnlyList<SharedKey> All(Connection connection) => [.. connection.Query(ByName, Read)];

    /// <summary>The key that a reference means.</summary>
    /// <exception cref="SharedKeyNotFoundException">There is none.</exception>
    internal static SharedKey Resolve(Connection connection, SharedKeyReference reference)
    {
        SharedKey? found = reference.Id is { } id
            ? connection.Query(ById, Read, ("$id", id)).FirstOrDefault()
            : connection.Query(ByKey, Read, ("$key", Names.Key(reference.Name))).FirstOrDefault();
        return found ?? throw new SharedKeyNotFoundException(reference.Name,
            Names.Nearest(reference.Name, connection.Query("SELECT name FROM shared_keys ORDER BY name_key", row => row.Text("name"))));
    }

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM shared_keys WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, SharedKey key, byte[] publicKey) => connection.Scalar<long>(Insert, Values(key, publicKey));

    /// <summary>Changes a key; without a public half that stays.</summary>
    internal static void Change(Connection connection, SharedKey key, byte[]? publicKey) => connection.Execute(Update, [.. Values(key, publicKey), ("$id", key.Id)]);

    /// <summary>Takes the key from all accounts.</summary>
    internal static void Detach(Connection connection, long id, DateTimeOffset now) =>
        connection.Execute("UPDATE asset_accounts SET shared_key_id = NULL, changed_at = $now WHERE shared_key_id = $id", ("$id", id), ("$now", now));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM shared_keys WHERE id = $id", ("$id", id));

    private static (string, object?)[] Values(SharedKey key, byte[]? publicKey) =>
    [
        ("$name", key.Name), ("$key", Names.Key(key.Name)), ("$type", key.KeyType), ("$public", publicKey), ("$fingerprint", key.Fingerprint),
        ("$expires", key.ExpiresAt), ("$comment", key.Comment), ("$now", key.ChangedAt),
    ];

    private static SharedKey Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        KeyType = row.Text("key_type"),
        Fingerprint = row.Text("fingerprint"),
        PublicKey = PublicKeys.Line(row.Bytes("public_key"), $"bastion:{row.Text("name").Replace(' ', '-')}"),
        ExpiresAt = row.TimeOrNull("expires_at"),
        UsedBy = JsonSerializer.Deserialize<string[]>(row.Text("used_by"))!,
        Comment = row.TextOrNull("comment"),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };
}
