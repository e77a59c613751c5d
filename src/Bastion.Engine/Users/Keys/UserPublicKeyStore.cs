using Bastion.Store;

namespace Bastion.Users.Keys;

internal static class UserPublicKeyStore
{
    private const string Columns = "SELECT k.*, u.name AS user_name FROM user_public_keys k JOIN users u ON u.id = k.user_id ";
    private const string Everywhere = Columns + "ORDER BY u.name_key, k.id";
    private const string OfUserId = Columns + "WHERE k.user_id = $user ORDER BY k.id";
    private const string ByFingerprint = Columns + "WHERE k.fingerprint = $fingerprint";
    private const string Insert = """
        INSERT INTO user_public_keys (user_id, key_type, bits, key, fingerprint, comment, added_at, added_by)
        VALUES ($user, $type, $bits, $key, $fingerprint, $comment, $now, $by)
        """;

    internal static IEnumerable<UserPublicKey> All(Connection connection) => connection.Query(Everywhere, Read);

    internal static IReadOnlyList<UserPublicKey> OfUser(Connection connection, long user) => [.. connection.Query(OfUserId, Read, ("$user", user))];

    internal static UserPublicKey? Find(Connection connection, string fingerprint) => connection.Query(ByFingerprint, Read, ("$fingerprint", fingerprint)).FirstOrDefault();

    internal static void Add(Connection connection, long user, OpenSshPublicKey key, string fingerprint, string? comment, string by, DateTimeOffset now) => connection.Execute(Insert,
        ("$user", user), ("$type", key.Type), ("$bits", key.Bits), ("$key", key.Blob), ("$fingerprint", fingerprint), ("$comment", comment), ("$now", now), ("$by", by));

    internal static void Comment(Connection connection, long id, string? comment) => connection.Execute("UPDATE user_public_keys SET comment = $comment WHERE id = $id", ("$id", id), ("$comment", comment));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM user_public_keys WHERE id = $id", ("$id", id));

    private static UserPublicKey Read(Row row) => new()
    {
        Id = row.Long("id"),
        User = row.Text("user_name"),
        UserId = row.Long("user_id"),
        KeyType = row.Text("key_type"),
        Bits = (int)row.Long("bits"),
        Fingerprint = row.Text("fingerprint"),
        Comment = row.TextOrNull("comment"),
        PublicKey = $"{row.Text("key_type")} {Convert.ToBase64String(row.Bytes("key"))}",
        AddedAt = row.Time("added_at"),
        AddedBy = row.Text("added_by"),
    };
}
