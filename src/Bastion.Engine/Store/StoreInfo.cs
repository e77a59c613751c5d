namespace Bastion.Store;

/// <summary>What a store is and holds.</summary>
public sealed record StoreInfo
{
    /// <summary>The store's folder.</summary>
    public required string Path { get; init; }
    /// <summary>Version of its schema.</summary>
    public required long SchemaVersion { get; init; }
    /// <summary>Whether the first key that a host shows is trusted.</summary>
    public required bool TrustsHostKeyOnFirstUse { get; init; }
    /// <summary>Names the vault's key without telling it.</summary>
    public required string VaultKeyId { get; init; }
    /// <summary>Member accounts added.</summary>
    public long MemberAccounts { get; init; }
    /// <summary>Hosts and databases.</summary>
    public long Assets { get; init; }
    /// <summary>Users.</summary>
    public long Users { get; init; }
    /// <summary>Control policies.</summary>
    public long ControlPolicies { get; init; }
    /// <summary>Sessions in the audit.</summary>
    public long Sessions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
