using Bastion.Credentials.Secrets;

namespace Bastion.Assets;

/// <summary>A login on an asset.</summary>
public sealed record AssetAccount
{
    /// <summary>Name of the account that stands for each user's own.</summary>
    public const string SelfName = "self";

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
    /// <summary>Name of the certificate authority whose certificates it logs on with; preferred to everything else.</summary>
    public string? CertificateAuthority { get; init; }
    /// <summary>Name of the shared key it logs on with; preferred to a key of its own.</summary>
    public string? SharedKey { get; init; }
    /// <summary>Whether a private key is kept. It is preferred to the password.</summary>
    public bool HasPrivateKey => PrivateKeyFingerprint is not null;
    /// <summary>Fingerprint of the private key's public half, as ssh prints it.</summary>
    public string? PrivateKeyFingerprint { get; init; }
    /// <summary>Whether a password is kept.</summary>
    public bool HasPassword { get; init; }
    /// <summary>Whether each user logs on with his own name and password. Such an account is called <c>self</c> and keeps no secret.</summary>
    public bool IsSelf => Name == SelfName;
    /// <summary>With what it logs on, best first, for people: <c>certificate</c>, <c>shared key</c>, <c>key</c>, <c>password</c>; <c>self</c>; <c>ask</c>: nothing is kept, the user types the password.</summary>
    public string Credential => string.Join(", ", Kept()) is { Length: > 0 } kept ? kept : IsSelf ? SelfName : "ask";
    /// <summary>What the last test of its credential found; <see langword="null"/>: not tested since the credential was set.</summary>
    public CredentialState? SignIn { get; init; }
    /// <summary>Why it did not sign in then, or which credential was refused before another one did.</summary>
    public string? SignInReason { get; init; }
    /// <summary>When it was tested.</summary>
    public DateTimeOffset? TestedAt { get; init; }
    /// <summary>When its secret was last changed on the asset from here; <see langword="null"/>: never.</summary>
    public DateTimeOffset? SecretChangedAt { get; init; }
    /// <summary>Whether a change of its secret was begun and is not settled: Update-BhAssetAccountSecret -Resume settles it.</summary>
    public bool SecretChangeOpen { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Id of the certificate authority.</summary>
    internal long? AuthorityId { get; init; }

    /// <summary>Id of the shared key.</summary>
    internal long? SharedKeyId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Asset}";

    private IEnumerable<string> Kept()
    {
        if (CertificateAuthority is not null) yield return "certificate";
        if (SharedKey is not null) yield return "shared key";
        if (HasPrivateKey) yield return "key";
        if (HasPassword) yield return "password";
    }
}
