using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Utilities;

namespace Bastion.Credentials.Keys;

/// <summary>A new ed25519 key pair. .NET 8 has none of its own; the curve comes from the library that SSH.NET uses.</summary>
internal static class NewKey
{
    private const int LineLength = 70;

    /// <summary>Makes one.</summary>
    /// <returns>The private key, OpenSSH form without a passphrase: the vault seals it.</returns>
    internal static byte[] Ed25519()
    {
        byte[] seed = RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize);
        byte[] key = OpenSshPrivateKeyUtilities.EncodePrivateKey(new Ed25519PrivateKeyParameters(seed));
        char[] base64 = new char[(key.Length + 2) / 3 * 4];
        try
        {
            Convert.ToBase64CharArray(key, 0, key.Length, base64, 0);
            using var pem = new MemoryStream();
            pem.Write("-----BEGIN OPENSSH PRIVATE KEY-----\n"u8);
            foreach (char[] line in base64.Chunk(LineLength))
            {
                pem.Write(Encoding.ASCII.GetBytes(line));
                pem.WriteByte((byte)'\n');
                Array.Clear(line);
            }

            pem.Write("-----END OPENSSH PRIVATE KEY-----\n"u8);
            byte[] whole = pem.ToArray();
            CryptographicOperations.ZeroMemory(pem.GetBuffer());
            return whole;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(key);
            Array.Clear(base64);
        }
    }
}
