namespace Bastion.Users.Keys;

/// <summary>A public key with which a user signs in.</summary>
public sealed record UserPublicKey
{
    /// <summary>Stable id; never given to another key.</summary>
    public long Id { get; init; }
    /// <summary>Name of the user.</summary>
    public required string User { get; init; }
    /// <summary>Id of the user.</summary>
    public required long UserId { get; init; }
    /// <summary>As in OpenSSH's files, e.g. <c>ssh-ed25519</c>.</summary>
    public required string KeyType { get; init; }
    /// <summary>Size of the key.</summary>
    public required int Bits { get; init; }
    /// <summary><c>SHA256:…</c>, as <c>ssh-keygen -l</c> prints it.</summary>
    public required string Fingerprint { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>The key as a line of <c>authorized_keys</c>, without its comment.</summary>
    public required string PublicKey { get; init; }
    /// <summary>When it was added.</summary>
    public DateTimeOffset AddedAt { get; init; }
    /// <summary>Who added it.</summary>
    public required string AddedBy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Fingerprint;
}
