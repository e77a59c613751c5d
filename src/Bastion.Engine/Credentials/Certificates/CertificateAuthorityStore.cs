using Bastion.Credentials.Keys;
using Bastion.Store;

namespace Bastion.Credentials.Certificates;

internal static class CertificateAuthorityStore
{
    private const string Columns = """
        SELECT c.*, (SELECT count(*) FROM asset_accounts a WHERE a.authority_id = c.id) AS accounts
        FROM certificate_authorities c

        """;

    private const string ById = Columns + "WHERE c.id = $id";
    private const string ByKey = Columns + "WHERE c.name_key = $key";
    private const string ByName = Columns + "ORDER BY c.name_key";
    private const string Insert = """
        INSERT INTO certificate_authorities (name, name_key, public_key, fingerprint, validity, source_addresses, last_serial, comment, created_at, changed_at)
        VALUES ($name, $key, $public, $fingerprint, $validity, $sources, 0, $comment, $now, $now) RETURNING id
        """;

    internal static IReadOnlyList<CertificateAuthority> All(Connection connection) => [.. connection.Query(ByName, Read)];

    /// <summary>The authority that a reference means.</summary>
    /// <exception cref="CertificateAuthorityNotFoundException">There is none.</exception>
    internal static CertificateAuthority Resolve(Connection connection, CertificateAuthorityReference reference)
    {
        CertificateAuthority? found = reference.Id is { } id
            ? connection.Query(ById, Read, ("$id", id)).FirstOrDefault()
            : connection.Query(ByKey, Read, ("$key", Names.Key(reference.Name))).FirstOrDefault();
        return found ?? throw new CertificateAuthorityNotFoundException(reference.Name,
            Names.Nearest(reference.Name, connection.Query("SELECT name FROM certificate_authorities ORDER BY name_key", row => row.Text("name"))));
    }

    internal static CertificateAuthority Of(Connection connection, long id) => connection.Query(ById, Read, ("$id", id)).First();

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM certificate_authorities WHERE name_key = $key)", ("$key", key)) != 0;

    internal static long Add(Connection connection, CertificateAuthority authority, byte[] publicKey) => connection.Scalar<long>(Insert,
        ("$name", authority.Name), ("$key", Names.Key(authority.Name)), ("$public", publicKey), ("$fingerprint", authority.Fingerprint), ("$validity", authority.Validity),
        ("$sources", authority.SourceAddresses.Count == 0 ? null : string.Join(',', authority.SourceAddresses)), ("$comment", authority.Comment), ("$now", authority.CreatedAt));

    /// <summary>Takes the next serial; no two certificates have the same.</summary>
    internal static long NextSerial(Connection connection, long id) =>
        connection.Scalar<long>("UPDATE certificate_authorities SET last_serial = last_serial + 1 WHERE id = $id RETURNING last_serial", ("$id", id));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM certificate_authorities WHERE id = $id", ("$id", id));

    private static CertificateAuthority Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Fingerprint = row.Text("fingerprint"),
        PublicKey = PublicKeys.Line(row.Bytes("public_key"), $"bastion-ca:{row.Text("name").Replace(' ', '-')}"),
        Validity = TimeSpan.FromMilliseconds(row.Long("validity")),
        SourceAddresses = row.TextOrNull("source_addresses")?.Split(',') ?? [],
        LastSerial = row.Long("last_serial"),
        Accounts = (int)row.Long("accounts"),
        Comment = row.TextOrNull("comment"),
        CreatedAt = row.Time("created_at"),
    };
}
