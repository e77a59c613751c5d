using System.Globalization;
using System.Text;

namespace Bastion.Console.Host;

/// <summary>Text from elsewhere made safe to show: no control characters, no escape sequences, no bidi marks.</summary>
internal static class Printable
{
    /// <summary>One line: line breaks become spaces, other controls are shown as pictures.</summary>
    public static string Line(string text) => Clean(text, keepBreaks: false);

    /// <summary>Several lines: line breaks and tabs stay.</summary>
    public static string Lines(string text) => Clean(text, keepBreaks: true);

    private static string Clean(string text, bool keepBreaks)
    {
        var clean = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '\n' or '\r' or '\t') clean.Append(keepBreaks ? c : ' ');
            else if (c < ' ') clean.Append((char)('\u2400' + c));
            else if (c == '\u007f') clean.Append('\u2421');
            else if (char.IsControl(c) || IsInvisible(c)) clean.Append('\ufffd');
            else clean.Append(c);
        }

        return clean.ToString();
    }

    // Zero-width joiner and non-joiner are part of ordinary text in many scripts
    private static bool IsInvisible(char c) =>
        c is not ('\u200c' or '\u200d') && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
