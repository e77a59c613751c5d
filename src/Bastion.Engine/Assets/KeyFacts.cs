using System.Security.Cryptography;
using System.Text;
using Renci.SshNet;

namespace Bastion.Assets;

/// <summary>What may be told of a private key.</summary>
/// <param name="Fingerprint">SHA256 over the public half, as ssh prints it.</param>
internal sealed record KeyFacts(string Fingerprint)
{
    /// <exception cref="InvalidPrivateKeyException">It is no private key, or the passphrase is wrong or missing.</exception>
    internal static KeyFacts Read(byte[] pem, byte[]? passphrase)
    {
        try
        {
            using var stream = new MemoryStream(pem, writable: false);
            using PrivateKeyFile file = passphrase is null ? new PrivateKeyFile(stream) : new PrivateKeyFile(stream, Encoding.UTF8.GetString(passphrase));
            return new KeyFacts(Fingerprints.Of(file.HostKeyAlgorithms.First().Data));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The library's own text may quote what it was given.
            throw new InvalidPrivateKeyException(e.GetType().Name.Contains("Passphrase", StringComparison.OrdinalIgnoreCase));
        }
    }
}

/// <summary>Fingerprints of public keys.</summary>
public static class Fingerprints
{
    /// <summary><c>SHA256:</c> and the unpadded Base64 of the hash over the public key blob: what <c>ssh-keygen -l</c> prints.</summary>
    public static string Of(ReadOnlySpan<byte> publicKey) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(publicKey)).TrimEnd('=');
}

/// <summary>A private key can't be read.</summary>
/// <param name="needsPassphrase">Whether it is the passphrase that is missing.</param>
public sealed class InvalidPrivateKeyException(bool needsPassphrase) : BastionException("InvalidPrivateKey", ErrorKind.InvalidInput, null,
    needsPassphrase ? "The private key is encrypted and its passphrase was not given. Give it with -Passphrase."
        : "The private key can't be read: it is no OpenSSH or PEM private key, or the passphrase is wrong. Make one with: ssh-keygen -t ed25519");
