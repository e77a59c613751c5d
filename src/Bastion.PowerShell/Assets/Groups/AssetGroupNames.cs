using Bastion.Assets;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>Names of groups of assets.</summary>
public sealed class AssetGroupNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.AssetGroups.List([])
        .Select(group => new Name(group.Name, $"{group.Assets} {(group.Assets == 1 ? "asset" : "assets")}{(group.Rule is null ? "" : $" · {group.Rule}")}"));
}

/// <summary>Operating systems of hosts.</summary>
public sealed class SystemNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => [new("Linux", "Linux"), new("Windows", "Windows")];
}

/// <summary>Engines of the databases here.</summary>
public sealed class EngineNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => RegionNames.Of(engine, asset => asset.Engine);
}

/// <summary>Regions that assets are in.</summary>
public sealed class RegionNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => Of(engine, asset => asset.Region);

    internal static IEnumerable<Name> Of(Engine engine, Func<Asset, string?> value) => engine.Assets.List(new AssetFilter())
        .GroupBy(value, StringComparer.OrdinalIgnoreCase)
        .Where(same => same.Key is not null)
        .Select(same => new Name(same.Key!, $"{same.Count()} assets"));
}
