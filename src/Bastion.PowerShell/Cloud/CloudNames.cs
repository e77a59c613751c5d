namespace Bastion.PowerShell.Cloud;

/// <summary>Names of cloud connections.</summary>
public sealed class CloudNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) =>
        engine.Clouds.List().Select(cloud => new Name(cloud.Name, $"{cloud.Provider} · directory {cloud.DirectoryId}"));
}
