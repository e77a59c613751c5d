using Bastion.Credentials.Certificates;
using Bastion.Credentials.Keys;

namespace Bastion.Assets;

/// <summary>An account to be made. Secrets are UTF-8 bytes; the caller zeroes them afterwards.</summary>
public sealed record NewAssetAccount
{
    /// <summary>The login, as the asset spells it.</summary>
    public required string Name { get; init; }
    /// <summary>One of the asset's protocols; <see langword="null"/>: its first.</summary>
    public string? Protocol { get; init; }
    /// <summary>Whether it may do everything on the asset.</summary>
    public bool Privileged { get; init; }
    /// <summary>Database to log on to.</summary>
    public string? Database { get; init; }
    /// <summary>Password.</summary>
    public byte[]? Password { get; init; }
    /// <summary>Private key, PEM or OpenSSH.</summary>
    public byte[]? PrivateKey { get; init; }
    /// <summary>Passphrase of the private key.</summary>
    public byte[]? Passphrase { get; init; }
    /// <summary>Shared key to log on with.</summary>
    public SharedKeyReference? SharedKey { get; init; }
    /// <summary>Authority whose certificates it logs on with.</summary>
    public CertificateAuthorityReference? CertificateAuthority { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What to change of an account; what is not set stays. Setting a secret to <see langword="null"/> clears it.</summary>
public sealed record AssetAccountChange
{
    /// <summary>Which account, where a login exists for several protocols.</summary>
    public string? Protocol { get; init; }
    /// <summary>Whether it may do everything on the asset.</summary>
    public bool? Privileged { get; init; }
    /// <summary>Database to log on to.</summary>
    public ChangeOf<string> Database { get; init; }
    /// <summary>Password.</summary>
    public ChangeOf<byte[]> Password { get; init; }
    /// <summary>Private key.</summary>
    public ChangeOf<byte[]> PrivateKey { get; init; }
    /// <summary>Passphrase of the private key.</summary>
    public ChangeOf<byte[]> Passphrase { get; init; }
    /// <summary>Shared key to log on with.</summary>
    public ChangeOf<SharedKeyReference> SharedKey { get; init; }
    /// <summary>Authority whose certificates it logs on with.</summary>
    public ChangeOf<CertificateAuthorityReference> CertificateAuthority { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "(account change)";
}
