using Bastion.Store;

namespace Bastion.Assets.HostKeys;

internal static class HostKeyStore
{
    private const string TrustSetting = "trust_host_key_on_first_use";
    private const string OfAsset = """
        SELECT k.*, a.name AS asset, a.owner_account_id FROM host_keys k JOIN assets a ON a.id = k.asset_id
        WHERE k.asset_id = $asset ORDER BY k.state DESC, k.seen_at DESC
        """;

    private const string Upsert = """
        INSERT INTO host_keys (asset_id, fingerprint, key_type, key, state, seen_at, trusted_by) VALUES ($asset, $fingerprint, $type, $key, $state, $now, $by)
        ON CONFLICT (asset_id, fingerprint) DO UPDATE SET state = excluded.state, trusted_by = excluded.trusted_by
        """;

    private const string Approve = "UPDATE host_keys SET state = 'Trusted', trusted_by = $by WHERE asset_id = $asset AND fingerprint = $fingerprint";

    internal static IReadOnlyList<HostKey> OfAssetId(Connection connection, long asset) => [.. connection.Query(OfAsset, Read, ("$asset", asset))];

    internal static void Put(Connection connection, long asset, string type, byte[] key, string fingerprint, HostKeyState state, string? by, DateTimeOffset now) =>
        connection.Execute(Upsert, ("$asset", asset), ("$fingerprint", fingerprint), ("$type", type), ("$key", key), ("$state", state), ("$by", by), ("$now", now));

    /// <summary>Trusts one key and forgets all others of the asset: an old key that was replaced may be in wrong hands.</summary>
    internal static void TrustOnly(Connection connection, long asset, string fingerprint, string by)
    {
        connection.Execute(Approve, ("$asset", asset), ("$fingerprint", fingerprint), ("$by", by));
        connection.Execute("DELETE FROM host_keys WHERE asset_id = $asset AND fingerprint <> $fingerprint", ("$asset", asset), ("$fingerprint", fingerprint));
    }

    internal static bool TrustsOnFirstUse(Connection connection) =>
        connection.Scalar<string>("SELECT value FROM store_facts WHERE name = $name", ("$name", TrustSetting)) != "no";

    internal static void SetTrustOnFirstUse(Connection connection, bool trust) =>
        connection.Execute("INSERT INTO store_facts (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value", ("$name", TrustSetting), ("$value", trust ? "yes" : "no"));

    private static HostKey Read(Row row) => new(row.Text("asset"), row.Text("owner_account_id"), row.Text("key_type"), row.Text("fingerprint"),
        row.Word<HostKeyState>("state"), row.Time("seen_at"), row.TextOrNull("trusted_by"));
}
