using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Bastion.Credentials.Keys;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Crypto.Utilities;

namespace Bastion.Credentials.Certificates;

/// <summary>An OpenSSH user certificate for an ed25519 key (PROTOCOL.certkeys of OpenSSH).</summary>
/// <param name="Serial">Number of the certificate.</param>
/// <param name="KeyId">What the host's log says of it.</param>
/// <param name="Principal">The login that it is for.</param>
/// <param name="ValidFrom">Not before.</param>
/// <param name="ValidUntil">Not from then on.</param>
/// <param name="SourceAddresses">From where it may be used; empty: anywhere.</param>
internal sealed record SshCertificate(long Serial, string KeyId, string Principal, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, IReadOnlyList<string> SourceAddresses)
{
    private const string Type = "ssh-ed25519-cert-v01@openssh.com";
    private const uint UserCertificate = 1;
    private const int NonceBytes = 32;

    /// <summary>Signs.</summary>
    /// <param name="publicKey">The key that is certified, as a blob.</param>
    /// <param name="authority">Private key of the authority, OpenSSH form.</param>
    /// <returns>The content of a <c>-cert.pub</c> file.</returns>
    internal byte[] Sign(byte[] publicKey, byte[] authority)
    {
        Ed25519PrivateKeyParameters key = Read(authority);
        byte[] body = Body(publicKey, OpenSshPublicKeyUtilities.EncodePublicKey(key.GeneratePublicKey()));
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, key);
        signer.BlockUpdate(body, 0, body.Length);
        var whole = new Blob();
        whole.Raw(body);
        whole.Text(new Blob().Text("ssh-ed25519").Text(signer.GenerateSignature()).ToArray());
        return Encoding.ASCII.GetBytes($"{Type} {Convert.ToBase64String(whole.ToArray())}\n");
    }

    private byte[] Body(byte[] publicKey, byte[] authority)
    {
        var options = new Blob();
        if (SourceAddresses.Count > 0) options.Text("source-address").Text(new Blob().Text(string.Join(',', SourceAddresses)).ToArray());
        // Nothing but a terminal: no forwarding, no start-up file of the user's.
        byte[] extensions = new Blob().Text("permit-pty").Text([]).ToArray();
        return new Blob().Text(Type).Text(RandomNumberGenerator.GetBytes(NonceBytes))
            .Text(publicKey.AsSpan(publicKey.Length - Ed25519PublicKeyParameters.KeySize))
            .Number((ulong)Serial).Number(UserCertificate).Text(KeyId).Text(new Blob().Text(Principal).ToArray())
            .Number((ulong)ValidFrom.ToUnixTimeSeconds()).Number((ulong)ValidUntil.ToUnixTimeSeconds())
            .Text(options.ToArray()).Text(extensions).Text([]).Text(authority).ToArray();
    }

    private static Ed25519PrivateKeyParameters Read(byte[] pem)
    {
        string[] lines = Encoding.ASCII.GetString(pem).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        byte[] blob = Convert.FromBase64String(string.Concat(lines[1..^1]));
        try
        {
            return (Ed25519PrivateKeyParameters)OpenSshPrivateKeyUtilities.ParsePrivateKeyBlob(blob);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(blob);
        }
    }

    /// <summary>SSH's wire form (RFC 4251, section 5).</summary>
    private sealed class Blob
    {
        private readonly List<byte> _bytes = [];

        internal Blob Raw(ReadOnlySpan<byte> bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }

        internal Blob Number(uint value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return Raw(bytes);
        }

        internal Blob Number(ulong value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
            return Raw(bytes);
        }

        internal Blob Text(ReadOnlySpan<byte> bytes) => Number((uint)bytes.Length).Raw(bytes);

        internal Blob Text(string text) => Text(Encoding.UTF8.GetBytes(text));

        internal byte[] ToArray() => [.. _bytes];
    }
}
