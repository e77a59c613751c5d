namespace Bastion.Assets;

/// <summary>A login on an asset.</summary>
public sealed record AssetAccount
{
    /// <summary>Stable id.</summary>
    public long Id { get; init; }
    /// <summary>The login name, as the asset spells it.</summary>
    public required string Name { get; init; }
    /// <summary>Id of the asset.</summary>
    public required long AssetId { get; init; }
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Protocol that the login is for, e.g. <c>SSH</c>.</summary>
    public required string Protocol { get; init; }
    /// <summary>Whether it may do everything on the asset.</summary>
    public bool Privileged { get; init; }
    /// <summary>Database to log on to, for database accounts.</summary>
    public string? Database { get; init; }
    /// <summary>Whether a password is kept.</summary>
    public bool HasPassword { get; init; }
    /// <summary>Whether a private key is kept. It is preferred to the password.</summary>
    public bool HasPrivateKey => PrivateKeyFingerprint is not null;
    /// <summary>Fingerprint of the private key's public half, as ssh prints it.</summary>
    public string? PrivateKeyFingerprint { get; init; }
    /// <summary>What is kept, for people: <c>key</c>, <c>password</c>, <c>key, password</c> or <c>none</c>.</summary>
    public string Credential => (HasPrivateKey, HasPassword) switch { (true, true) => "key, password", (true, false) => "key", (false, true) => "password", _ => "none" };
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Asset}";
}

/// <summary>No such account on the asset.</summary>
/// <param name="name">The account.</param>
/// <param name="asset">The asset.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class AssetAccountNotFoundException(string name, string asset, string? near = null) : BastionException("AssetAccountNotFound", ErrorKind.NotFound, $"{name}@{asset}",
    $"Asset '{asset}' has no account '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhAssetAccount -Asset '{asset}' lists them; New-BhAssetAccount makes one.");
