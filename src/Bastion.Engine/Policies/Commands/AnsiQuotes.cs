using System.Globalization;

namespace Bastion.Policies.Commands;

/// <summary>Bash's <c>$'…'</c>.</summary>
internal static class AnsiQuotes
{
    internal static void Read(ShellCursor at, WordBuilder word)
    {
        word.Quoted();
        while (at.Raw(0) != '\'' || at.AtEnd)
        {
            if (at.AtEnd) throw at.Error("$' has no end");
            char c = at.Take();
            if (c != '\\') word.Quote(c);
            else foreach (char meant in Escape(at)) word.Quote(meant);
        }

        at.Take();
    }

    private static string Escape(ShellCursor at)
    {
        if (at.AtEnd) throw at.Error("$' has no end");
        char c = at.Take();
        return c switch
        {
            'a' => "\a",
            'b' => "\b",
            'e' or 'E' => "\e",
            'f' => "\f",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'v' => "\v",
            '\\' or '\'' or '"' or '?' => c.ToString(),
            'x' => Code(at, 16, 2),
            >= '0' and <= '7' => Octal(at),
            // Others depend on the locale or the version.
            _ => throw at.Error($"'\\{c}' in $' ' can be read in several ways"),
        };
    }

    private static string Octal(ShellCursor at)
    {
        at.Position--;
        return Code(at, 8, 3);
    }

    private static string Code(ShellCursor at, int numberBase, int most)
    {
        int begin = at.Position;
        while (at.Position - begin < most && (numberBase == 16 ? char.IsAsciiHexDigit(at.Raw(0)) : at.Raw(0) is >= '0' and <= '7')) at.Position++;
        if (at.Position == begin) throw at.Error("a number is missing");
        int code = Convert.ToInt32(at.Text[begin..at.Position], numberBase);
        // A zero ends the word; from 128 on it is a byte of some encoding.
        return code is > 0 and < 128 ? ((char)code).ToString() : throw at.Error(string.Create(CultureInfo.InvariantCulture, $"character {code} in $' ' can be read in several ways"));
    }
}
