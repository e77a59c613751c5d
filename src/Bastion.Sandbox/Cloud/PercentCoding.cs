using System.Globalization;
using System.Text;

namespace Bastion.Sandbox.Cloud;

/// <summary>RFC 3986 percent encoding over UTF-8, as the signature demands it.</summary>
internal static class PercentCoding
{
    /// <summary>Keeps <c>A-Z a-z 0-9 - _ . ~</c>; everything else becomes <c>%XX</c> in upper case.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (byte octet in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)octet;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~') encoded.Append(c);
            else encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return encoded.ToString();
    }

    /// <summary>Undoes percent encoding; a sign that starts no valid <c>%XX</c> stays as it is.</summary>
    /// <param name="text">As received.</param>
    /// <param name="plusIsSpace">True in a form body, false in a query.</param>
    public static string Decode(string text, bool plusIsSpace)
    {
        if (!text.Contains('%', StringComparison.Ordinal) && !(plusIsSpace && text.Contains('+', StringComparison.Ordinal))) return text;
        byte[] raw = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && i + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[i + 1]) && char.IsAsciiHexDigit((char)raw[i + 2]))
            {
                raw[length++] = (byte)((Convert.ToInt32(((char)raw[i + 1]).ToString(), 16) << 4) | Convert.ToInt32(((char)raw[i + 2]).ToString(), 16));
                i += 2;
            }
            else
            {
                raw[length++] = plusIsSpace && raw[i] == '+' ? (byte)' ' : raw[i];
            }
        }
        return Encoding.UTF8.GetString(raw, 0, length);
    }

    /// <summary>Splits <c>a=1&amp;b=2</c> into decoded pairs, in the order received.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string text, bool plusIsSpace)
    {
        foreach (string part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? new(Decode(part, plusIsSpace), "")
                : new(Decode(part[..equals], plusIsSpace), Decode(part[(equals + 1)..], plusIsSpace));
        }
    }
}
