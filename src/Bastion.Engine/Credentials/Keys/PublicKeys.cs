using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bastion.Credentials.Keys;

/// <summary>Fingerprints of public keys.</summary>
public static class Fingerprints
{
    /// <summary><c>SHA256:</c> and the unpadded Base64 of the hash over the public key blob: what <c>ssh-keygen -l</c> prints.</summary>
    public static string Of(ReadOnlySpan<byte> publicKey) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(publicKey)).TrimEnd('=');
}

/// <summary>Public keys as ssh writes them.</summary>
internal static class PublicKeys
{
    /// <summary>The blob's own name for its type.</summary>
    internal static string TypeOf(ReadOnlySpan<byte> blob) => Encoding.ASCII.GetString(blob.Slice(4, BinaryPrimitives.ReadInt32BigEndian(blob)));

    /// <summary>A line for an authorized_keys file.</summary>
    internal static string Line(ReadOnlySpan<byte> blob, string comment) => $"{TypeOf(blob)} {Convert.ToBase64String(blob)} {comment}";
}
