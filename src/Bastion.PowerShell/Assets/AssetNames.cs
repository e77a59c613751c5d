using Bastion.Assets;

namespace Bastion.PowerShell.Assets;

/// <summary>Names of assets, of the owner that the command line names.</summary>
public sealed class AssetNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.Assets
        .List(new AssetFilter { OwnerAccountIds = bound.Texts("OwnerAccountId") })
        .Select(asset => new Name(asset.Name, $"{asset.Kind} · {asset.Address} · {asset.OwnerAccountId}"));
}

/// <summary>Logins on the asset that the command line names.</summary>
public sealed class AssetAccountNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.AssetAccounts
        .List(bound.Texts("Asset") is [string asset] ? new AssetReference(asset) : null, [], [])
        .GroupBy(account => account.Name, StringComparer.Ordinal)
        .Select(same => new Name(same.Key, string.Join(", ", same.Take(3).Select(account => account.ToString()))));
}
