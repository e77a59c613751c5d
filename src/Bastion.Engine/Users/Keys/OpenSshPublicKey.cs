using System.Security.Cryptography;
using System.Text;

namespace Bastion.Users.Keys;

/// <summary>A public key as OpenSSH writes it. Read strictly, so that one key has one form and a fingerprint means one key.</summary>
/// <param name="Type">E.g. <c>ssh-ed25519</c>.</param>
/// <param name="Blob">The key on the wire.</param>
/// <param name="Bits">Its size.</param>
/// <param name="Comment">What stood behind it.</param>
internal sealed record OpenSshPublicKey(string Type, byte[] Blob, int Bits, string? Comment)
{
    private const int ShortestRsa = 2048;
    private const int LongestRsa = 16384;
    // "openssh-key-v1" in Base64: the second line of a private key file.
    private const string PrivateBody = "b3BlbnNzaC1rZXktdjE";

    /// <exception cref="BastionException">It is no public key, a private one, or a weak one.</exception>
    internal static OpenSshPublicKey Parse(string line)
    {
        string text = line.Trim();
        if (text.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase) || text.StartsWith("PuTTY-User-Key-File", StringComparison.OrdinalIgnoreCase) || text.StartsWith(PrivateBody, StringComparison.Ordinal))
            throw new PrivateKeyGivenException();
        string[] parts = text.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is not [var type, var body, ..]) throw new InvalidPublicKeyException("it has no type, or no key");
        if (type is "ssh-dss") throw new WeakPublicKeyException("A DSA key");
        if (type.EndsWith("-cert-v01@openssh.com", StringComparison.Ordinal)) throw new InvalidPublicKeyException("it is a certificate");
        if (!IsKnown(type)) throw new InvalidPublicKeyException(text.Split(' ').Any(IsKnown) ? "options stand before it; take them away" : "its type is not known");
        byte[] blob = Decode(body);
        return new OpenSshPublicKey(type, blob, Check(type, new Fields(blob)), parts.Length > 2 ? Printable.Escape(parts[2]) : null);
    }

    private static bool IsKnown(string type) => type is "ssh-ed25519" or "ssh-rsa" or "sk-ssh-ed25519@openssh.com" or "sk-ecdsa-sha2-nistp256@openssh.com"
        or "ecdsa-sha2-nistp256" or "ecdsa-sha2-nistp384" or "ecdsa-sha2-nistp521";

    private static byte[] Decode(string body)
    {
        byte[] blob = new byte[body.Length];
        return Convert.TryFromBase64String(body, blob, out int length) && Convert.ToBase64String(blob, 0, length) == body ? blob[..length]
            : throw new InvalidPublicKeyException("its Base64 is broken");
    }

    private static int Check(string type, Fields fields)
    {
        if (Encoding.ASCII.GetString(fields.Next()) != type) throw new InvalidPublicKeyException("its type and its content differ");
        int bits = type switch
        {
            "ssh-rsa" => Rsa(fields.Next(), fields.Next()),
            "ssh-ed25519" or "sk-ssh-ed25519@openssh.com" => fields.Next().Length == 32 ? 256 : throw Damaged(),
            _ => Elliptic(Encoding.ASCII.GetString(fields.Next()), fields.Next(), type),
        };
        // A key on a token says for which application it is.
        if (type.StartsWith("sk-", StringComparison.Ordinal)) fields.Next();
        return fields.AreRead ? bits : throw Damaged();
    }

    private static int Rsa(ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> modulus)
    {
        int bits = Size(modulus);
        if (Size(exponent) is < 2 or > 64 || exponent[^1] % 2 == 0 || modulus[^1] % 2 == 0 || bits > LongestRsa) throw Damaged();
        return bits >= ShortestRsa ? bits : throw new WeakPublicKeyException($"An RSA key of {bits} bits (fewer than {ShortestRsa})");
    }

    // A number with its sign, in its shortest form.
    private static int Size(ReadOnlySpan<byte> number)
    {
        if (number.Length == 0 || number[0] >= 0x80 || (number[0] == 0 && (number.Length == 1 || number[1] < 0x80))) throw Damaged();
        ReadOnlySpan<byte> digits = number[0] == 0 ? number[1..] : number;
        return (digits.Length * 8) - byte.LeadingZeroCount(digits[0]);
    }

    private static int Elliptic(string curve, ReadOnlySpan<byte> point, string type)
    {
        (ECCurve known, int bits) = curve switch
        {
            "nistp256" => (ECCurve.NamedCurves.nistP256, 256),
            "nistp384" => (ECCurve.NamedCurves.nistP384, 384),
            "nistp521" => (ECCurve.NamedCurves.nistP521, 521),
            _ => throw Damaged(),
        };
        int side = (bits + 7) / 8;
        if (!type.Split('@')[0].EndsWith(curve, StringComparison.Ordinal) || point.Length != 1 + (2 * side) || point[0] != 4) throw Damaged();
        try
        {
            // Refuses a point that is not on the curve.
            using var key = ECDsa.Create(new ECParameters { Curve = known, Q = new ECPoint { X = point.Slice(1, side).ToArray(), Y = point[(1 + side)..].ToArray() } });
            return bits;
        }
        catch (CryptographicException)
        {
            throw Damaged();
        }
    }

    private static InvalidPublicKeyException Damaged() => new("its content is damaged");

    // Strings with their length in front, one after the other.
    private ref struct Fields(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        internal readonly bool AreRead => _rest.IsEmpty;

        internal ReadOnlySpan<byte> Next()
        {
            if (_rest.Length < 4) throw Damaged();
            uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(_rest);
            if (length > _rest.Length - 4) throw Damaged();
            ReadOnlySpan<byte> field = _rest.Slice(4, (int)length);
            _rest = _rest[(4 + (int)length)..];
            return field;
        }
    }
}
