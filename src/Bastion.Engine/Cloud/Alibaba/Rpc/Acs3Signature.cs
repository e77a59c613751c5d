using System.Security.Cryptography;
using System.Text;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>ACS3-HMAC-SHA256: from a request to its signature. Pure functions; the official vectors are its tests.</summary>
internal static class Acs3Signature
{
    internal const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>SHA-256 of nothing: all our signed calls carry their parameters in the query.</summary>
    internal const string EmptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The query, sorted by name as the signature wants it; sent in the same form.</summary>
    internal static string Query(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join('&', parameters
        .OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
        .Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

    /// <summary>The names of the headers that are signed, joined, and the request in canonical form.</summary>
    internal static (string SignedHeaders, string Canonical) Canonical(
        string method, string path, string query, IEnumerable<KeyValuePair<string, string>> headers, string payloadHash)
    {
        (string Name, string Value)[] signed = [.. headers
            .GroupBy(h => h.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, string.Join(',', g.Select(h => h.Value.Trim()).Order(StringComparer.Ordinal))))];
        string names = string.Join(';', signed.Select(h => h.Name));
        var text = new StringBuilder(512);
        text.Append(method).Append('\n').Append(path).Append('\n').Append(query).Append('\n');
        foreach ((string name, string value) in signed) text.Append(name).Append(':').Append(value).Append('\n');
        return (names, text.Append('\n').Append(names).Append('\n').Append(payloadHash).ToString());
    }

    internal static string StringToSign(string canonical) => $"{Algorithm}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";

    internal static string Sign(ReadOnlySpan<byte> secret, string stringToSign) => Hex(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(stringToSign)));

    /// <summary>The value of the <c>Authorization</c> header.</summary>
    internal static string Authorization(AlibabaKey key, string signedHeaders, string canonical) =>
        $"{Algorithm} Credential={key.Id},SignedHeaders={signedHeaders},Signature={Sign(key.Secret, StringToSign(canonical))}";

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
