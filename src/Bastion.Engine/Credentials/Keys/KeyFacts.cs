using System.Text;
using Renci.SshNet;
using Renci.SshNet.Security;

namespace Bastion.Credentials.Keys;

/// <summary>What a private key tells about itself without being told further.</summary>
/// <param name="KeyType">E.g. <c>ssh-ed25519</c>.</param>
/// <param name="PublicKey">The public half, as the blob that ssh knows.</param>
internal sealed record KeyFacts(string KeyType, byte[] PublicKey)
{
    internal string Fingerprint => Fingerprints.Of(PublicKey);

    /// <exception cref="InvalidPrivateKeyException">It is no private key, or the passphrase is wrong or missing.</exception>
    internal static KeyFacts Read(byte[] pem, byte[]? passphrase)
    {
        try
        {
            using var stream = new MemoryStream(pem, writable: false);
            using PrivateKeyFile file = passphrase is null ? new PrivateKeyFile(stream) : new PrivateKeyFile(stream, Encoding.UTF8.GetString(passphrase));
            HostAlgorithm key = file.HostKeyAlgorithms.First();
            return new KeyFacts(PublicKeys.TypeOf(key.Data), key.Data);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The library's own text may quote what it was given.
            throw new InvalidPrivateKeyException(e.GetType().Name.Contains("Passphrase", StringComparison.OrdinalIgnoreCase));
        }
    }
}

/// <summary>A private key can't be read.</summary>
/// <param name="needsPassphrase">Whether it is the passphrase that is missing.</param>
public sealed class InvalidPrivateKeyException(bool needsPassphrase) : BastionException("InvalidPrivateKey", ErrorKind.InvalidInput, null,
    needsPassphrase ? "The private key is encrypted and its passphrase was not given. Give it with -Passphrase."
        : "The private key can't be read: it is no OpenSSH or PEM private key, or the passphrase is wrong. Make one with: ssh-keygen -t ed25519");
