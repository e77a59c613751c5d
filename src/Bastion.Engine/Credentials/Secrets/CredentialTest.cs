namespace Bastion.Credentials.Secrets;

/// <summary>What a test of an account's credential found.</summary>
public enum CredentialState
{
    /// <summary>It signs in.</summary>
    Works,
    /// <summary>The asset does not accept it.</summary>
    Refused,
    /// <summary>The asset could not be asked.</summary>
    Unreachable,
    /// <summary>The host's key is not the trusted one; nothing was sent.</summary>
    Untrusted,
    /// <summary>Nothing is kept that could be tested.</summary>
    NothingKept,
    /// <summary>Bastion does not sign in over the account's protocol.</summary>
    Unsupported,
}

/// <summary>The outcome of a test of an account's credential on its asset.</summary>
public sealed record CredentialTest
{
    /// <summary>The login.</summary>
    public required string Name { get; init; }
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Protocol of the login.</summary>
    public required string Protocol { get; init; }
    /// <summary>What was found.</summary>
    public required CredentialState State { get; init; }
    /// <summary>Which credential signed in, or was refused last; <see langword="null"/>: none was tried.</summary>
    public CredentialKind? Credential { get; init; }
    /// <summary>Why not, and what was refused before another one signed in; <see langword="null"/>: nothing to tell.</summary>
    public string? Reason { get; init; }
    /// <summary>When it was tested.</summary>
    public DateTimeOffset TestedAt { get; init; }
    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Asset}: {State}";
}
