using Bastion.Credentials.Keys;

namespace Bastion.PowerShell.Credentials;

/// <summary>Names of shared keys.</summary>
public sealed class SharedKeyNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.SharedKeys.List().Select(key => new Name(key.Name, $"{key.KeyType} · used by {key.UsedBy.Count} accounts"));
}
