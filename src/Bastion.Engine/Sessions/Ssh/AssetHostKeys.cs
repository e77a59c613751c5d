using Bastion.Assets;
using Bastion.Assets.HostKeys;

namespace Bastion.Sessions.Ssh;

/// <summary>Verifies a host's key against those kept for one asset.</summary>
internal sealed class AssetHostKeys(HostKeyService keys, Caller caller, Asset asset) : IHostKeyVerifier
{
    /// <inheritdoc/>
    public IReadOnlyList<string> KnownKeyTypes { get; } =
        [.. keys.List(new AssetReference(asset)).Where(k => k.State == HostKeyState.Trusted).Select(k => k.KeyType).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Verify(string keyType, ReadOnlyMemory<byte> key) => keys.Verify(caller, asset, keyType, key);
}
