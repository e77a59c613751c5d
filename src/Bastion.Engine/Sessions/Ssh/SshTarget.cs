namespace Bastion.Sessions.Ssh;

/// <summary>Where and as whom to log on. Made by the session core after every check has passed; lives no longer than the session.</summary>
/// <param name="AssetName">Name of the asset, for messages.</param>
/// <param name="Host">Address or domain name.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Login">Name of the account on the asset.</param>
/// <param name="Credential">How to prove it.</param>
/// <param name="ConnectTimeout">For TCP, key exchange and log-on together.</param>
public sealed record SshTarget(
    string AssetName,
    string Host,
    int Port,
    string Login,
    SshCredential Credential,
    TimeSpan ConnectTimeout)
{
    /// <summary>Asset and address, for messages.</summary>
    internal string Place => $"'{AssetName}' ({Printable.Escape(Host)}:{Port})";

    /// <summary>The time limit, for messages.</summary>
    internal string Patience => $"{ConnectTimeout.TotalSeconds:0.###} s";
}

/// <summary>Secrets for one log-on; keys are offered before a password.</summary>
/// <param name="PrivateKey">PEM or OpenSSH private key, UTF-8; <see langword="null"/>: none.</param>
/// <param name="Passphrase">Of the private key.</param>
/// <param name="Password">Password; also answers a keyboard-interactive question that does not echo.</param>
public sealed record SshCredential(byte[]? PrivateKey, string? Passphrase, string? Password)
{
    /// <summary>Keys that are offered before <see cref="PrivateKey"/>, in this order.</summary>
    public IReadOnlyList<SshKey> PreferredKeys { get; init; } = [];

    /// <summary>All keys in the order in which they are offered.</summary>
    internal IEnumerable<SshKey> Keys => PrivateKey is null ? PreferredKeys : PreferredKeys.Append(new SshKey(PrivateKey, Passphrase));

    /// <inheritdoc/>
    public override string ToString() => "(secret)";
}

/// <summary>A private key to log on with.</summary>
/// <param name="PrivateKey">PEM or OpenSSH, UTF-8.</param>
/// <param name="Passphrase">Of the key.</param>
public sealed record SshKey(byte[] PrivateKey, string? Passphrase)
{
    /// <summary>OpenSSH certificate of the key, as in a <c>-cert.pub</c> file; <see langword="null"/>: none.</summary>
    public byte[]? Certificate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "(secret)";
}

/// <summary>Decides whether the host that answered is the one meant. Called before any secret is sent.</summary>
public interface IHostKeyVerifier
{
    /// <summary>Returns when the key is good.</summary>
    /// <param name="keyType">E.g. <c>ssh-ed25519</c>.</param>
    /// <param name="key">The public key blob.</param>
    /// <exception cref="BastionException">The key is unknown or has changed; the log-on is given up.</exception>
    void Verify(string keyType, ReadOnlyMemory<byte> key);

    /// <summary>Key types already known for the asset, preferred in negotiation so that a known host is asked for the key we know.</summary>
    IReadOnlyList<string> KnownKeyTypes { get; }
}
