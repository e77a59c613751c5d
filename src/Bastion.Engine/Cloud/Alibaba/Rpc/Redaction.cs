using System.Text;
using System.Text.RegularExpressions;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>Makes what came over the wire fit to be shown: no secret, no token, no canonical request, printable and short.</summary>
internal static partial class Redaction
{
    private const int Longest = 300;

    /// <param name="text">As received.</param>
    /// <param name="key">The key that the call was signed with.</param>
    internal static string Clean(string? text, AlibabaKey? key)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        // A refused signature comes back with the request that the server made of it, token included.
        int echo = Echo().Match(text) is { Success: true } match ? match.Index : text.Length;
        string clean = text[..echo];
        if (key?.Token is { Length: > 0 } token) clean = clean.Replace(token, "…", StringComparison.Ordinal);
        if (key is { Secret.Length: > 0 }) clean = clean.Replace(Encoding.UTF8.GetString(key.Secret), "…", StringComparison.Ordinal);
        clean = Blanks().Replace(Opaque().Replace(clean, "…"), " ").Trim();
        return Printable.Escape(clean.Length <= Longest ? clean : clean[..Longest] + "…");
    }

    [GeneratedRegex("(server )?(StringToSign|CanonicalRequest|ACS3-HMAC)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Echo();

    // Tokens and signatures, whole or cut or in another escape; request ids with their hyphens stay.
    [GeneratedRegex("[A-Za-z0-9+/=%_]{40,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Opaque();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
