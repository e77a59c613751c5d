using Bastion.Assets;

namespace Bastion.PowerShell.Assets;

/// <summary>Names of protocols.</summary>
public sealed class ProtocolNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => Protocols.All.Select(protocol => new Name(protocol, protocol));
}
