using Bastion.Assets;

namespace Bastion.Credentials.Rotation;

/// <summary>What is changed.</summary>
public enum SecretKind
{
    /// <summary>The password kept for the account.</summary>
    Password,
    /// <summary>The private key of the account's own, and its line in the asset's authorized_keys.</summary>
    PrivateKey,
}

/// <summary>How far a change has come.</summary>
internal enum SecretChangePhase
{
    /// <summary>The new secret is sealed; whether the asset knows it is not certain.</summary>
    Pending,
    /// <summary>The new secret is the account's; the old key may still be on the asset.</summary>
    Committed,
}

/// <summary>A point in a change after which the process may die; for tests and progress.</summary>
public enum SecretChangeStep
{
    /// <summary>The new secret is sealed in the vault.</summary>
    Sealed,
    /// <summary>The asset was told.</summary>
    Changed,
    /// <summary>The new secret has signed in.</summary>
    Verified,
    /// <summary>The new secret is the account's.</summary>
    Committed,
    /// <summary>The old key is off the asset.</summary>
    Cleaned,
}

/// <summary>What to change, and how.</summary>
public sealed record SecretChangeRequest
{
    /// <summary>Password or key; <see langword="null"/>: what is kept, the key if both.</summary>
    public SecretKind? Secret { get; init; }
    /// <summary>Login of a privileged account of the same asset that makes the change; <see langword="null"/>: the account itself.</summary>
    public string? Via { get; init; }
    /// <summary>For a new password.</summary>
    public SecretRules Rules { get; init; } = new();
    /// <summary>The authorized_keys file on the asset, absolute or below the home folder; <see langword="null"/>: <c>.ssh/authorized_keys</c>.</summary>
    public string? AuthorizedKeysFile { get; init; }
    /// <summary>Only settle a change that was broken off; start none.</summary>
    public bool ResumeOnly { get; init; }
    /// <summary>For each connection and sign-in, and for each command on the asset.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>Told how far the change has come.</summary>
    public Action<SecretChangeStep>? OnStep { get; init; }
}

/// <summary>A change that was made.</summary>
public sealed record SecretChangeResult
{
    /// <summary>The login.</summary>
    public required string Name { get; init; }
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Protocol of the login.</summary>
    public required string Protocol { get; init; }
    /// <summary>What was changed.</summary>
    public required SecretKind Secret { get; init; }
    /// <summary>Whether it was begun earlier and broken off.</summary>
    public bool Resumed { get; init; }
    /// <summary>The login that made the change.</summary>
    public required string Via { get; init; }
    /// <summary>Fingerprint of the new key.</summary>
    public string? Fingerprint { get; init; }
    /// <summary>When it was done.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Asset}: {Secret}";
}

/// <summary>A change under way, as the store keeps it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="What">Password or key.</param>
/// <param name="Phase">How far.</param>
/// <param name="Via">The privileged account; <see langword="null"/>: the account itself.</param>
/// <param name="File">The authorized_keys file; <see langword="null"/>: the usual one.</param>
/// <param name="OldKey">Public half of the key so far; <see langword="null"/>: none.</param>
/// <param name="NewKey">Public half of the new key.</param>
/// <param name="StartedAt">When.</param>
internal sealed record SecretChange(long AccountId, SecretKind What, SecretChangePhase Phase, string? Via, string? File, byte[]? OldKey, byte[]? NewKey, DateTimeOffset StartedAt);
