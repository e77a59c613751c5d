using System.Security.Cryptography;
using System.Text;

namespace Bastion.Sandbox.Cloud;

/// <summary>
/// ACS3-HMAC-SHA256 as a server computes it: from what was received, not from what a client meant to send.
/// Written from the published rules alone and shares nothing with the engine's signer, so that a mistake in one
/// can't hide in the other.
/// </summary>
internal static class SignatureV3
{
    /// <summary>The request in canonical form.</summary>
    public static string Canonical(
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string>> query,
        IEnumerable<(string Name, IReadOnlyList<string> Values)> headers,
        string payloadHash)
    {
        IEnumerable<string> pairs = query
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{PercentCoding.Encode(p.Key)}={PercentCoding.Encode(p.Value)}");
        (string Name, IReadOnlyList<string> Values)[] signed = [.. headers
            .GroupBy(h => h.Name.ToLowerInvariant(), StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<string>)[.. g.SelectMany(h => h.Values)]))
            .OrderBy(h => h.Key, StringComparer.Ordinal)];
        var text = new StringBuilder();
        text.Append(method).Append('\n').Append(path).Append('\n').AppendJoin('&', pairs).Append('\n');
        foreach ((string name, IReadOnlyList<string> values) in signed)
            text.Append(name).Append(':').AppendJoin(',', values.Select(v => v.Trim()).Order(StringComparer.Ordinal)).Append('\n');
        return text.Append('\n').AppendJoin(';', signed.Select(h => h.Name)).Append('\n').Append(payloadHash).ToString();
    }

    public static string StringToSign(string canonical) => $"{SignatureHeader.Algorithm}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";

    public static string Sign(string secret, string stringToSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(stringToSign)));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Compares two signatures in the same time wherever they differ.</summary>
    public static bool Same(string ours, string theirs) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ours), Encoding.UTF8.GetBytes(theirs));
}
