using Bastion.Audit.Events;
using Bastion.Credentials.Keys;

namespace Bastion.Assets.HostKeys;

/// <summary>Which host keys are believed. Trust on first use is on unless it is turned off for the store; a changed key is refused until an administrator approves it.</summary>
public sealed class HostKeyService
{
    private readonly EngineContext _context;

    internal HostKeyService(EngineContext context) => _context = context;

    /// <summary>Whether the first key that a host shows is trusted.</summary>
    public bool TrustsOnFirstUse => _context.Database.Read(HostKeyStore.TrustsOnFirstUse);

    /// <summary>Turns trust on first use on or off for the whole store.</summary>
    public void SetTrustOnFirstUse(Caller caller, bool trust) => _context.Change(caller, change =>
    {
        bool before = HostKeyStore.TrustsOnFirstUse(change.Connection);
        HostKeyStore.SetTrustOnFirstUse(change.Connection, trust);
        change.Audit("hostkey.trust-on-first-use", trust ? "on" : "off", before: Trusts(before), after: Trusts(trust));
    });

    /// <summary>The keys that an asset has shown, trusted ones first.</summary>
    public IReadOnlyList<HostKey> List(AssetReference asset) =>
        _context.Database.Read(connection => HostKeyStore.OfAssetId(connection, AssetStore.Resolve(connection, asset).Id));

    /// <summary>Trusts a key that the asset has shown; all others of that asset are no longer trusted.</summary>
    /// <param name="caller">Who approves.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="fingerprint">Which key; <see langword="null"/>: the one that waits, if it is only one.</param>
    /// <exception cref="HostKeyNotFoundException">It never showed that key.</exception>
    public HostKey Approve(Caller caller, AssetReference asset, string? fingerprint) => _context.ChangeOwned(caller, change =>
    {
        Asset on = AssetStore.Resolve(change.Connection, asset);
        change.Authorize(on.OwnerAccountId, asset.Name);
        IReadOnlyList<HostKey> keys = HostKeyStore.OfAssetId(change.Connection, on.Id);
        HostKey[] meant = [.. keys.Where(k => fingerprint is null ? k.State == HostKeyState.Offered : k.Fingerprint == fingerprint)];
        if (meant is not [HostKey key]) throw new HostKeyNotFoundException(on.Name, fingerprint);
        HostKeyStore.TrustOnly(change.Connection, on.Id, key.Fingerprint, change.Caller.Name);
        HostKey approved = key with { State = HostKeyState.Trusted, TrustedBy = change.Caller.Name };
        change.Audit("hostkey.approved", on.Name, on.OwnerAccountId, $"{key.KeyType} {key.Fingerprint}", Keys(keys), Keys([approved]));
        return approved;
    });

    private static Dictionary<string, object?> Trusts(bool trust) => new(StringComparer.Ordinal) { ["TrustHostKeyOnFirstUse"] = trust };

    private static Dictionary<string, object?> Keys(IReadOnlyList<HostKey> keys) => new(StringComparer.Ordinal) { ["Keys"] = keys.Select(k => $"{k.KeyType} {k.Fingerprint} {k.State}").ToList() };

    /// <summary>Decides on a key that a host shows while a session is being opened, and takes it down.</summary>
    /// <exception cref="HostKeyChangedException">Another key is trusted.</exception>
    /// <exception cref="HostKeyUnknownException">None is trusted, and trust on first use is off.</exception>
    internal void Verify(Caller caller, Asset asset, string keyType, ReadOnlyMemory<byte> key)
    {
        string shown = Fingerprints.Of(key.Span);
        // One transaction: two first sessions at once must not trust two different keys.
        BastionException? refusal = _context.Database.Write<BastionException?>(connection =>
        {
            DateTimeOffset now = _context.Now;
            HostKey[] trusted = [.. HostKeyStore.OfAssetId(connection, asset.Id).Where(k => k.State == HostKeyState.Trusted)];
            if (trusted.Any(k => k.Fingerprint == shown)) return null;
            bool trust = trusted.Length == 0 && HostKeyStore.TrustsOnFirstUse(connection);
            HostKeyStore.Put(connection, asset.Id, keyType, key.ToArray(), shown, trust ? HostKeyState.Trusted : HostKeyState.Offered, trust ? "first use" : null, now);
            AuditEventStore.Record(connection, caller, now, trust ? "hostkey.trusted" : "hostkey.refused", asset.Name, asset.OwnerAccountId, $"{Printable.Escape(keyType)} {shown}");
            if (trust) return null;
            return trusted.Length == 0
                ? new HostKeyUnknownException(asset.Name, keyType, shown)
                : new HostKeyChangedException(asset.Name, keyType, shown, string.Join(", ", trusted.Select(k => $"{k.KeyType} {k.Fingerprint}")));
        });
        if (refusal is not null) throw refusal;
    }
}
