using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Bastion.Audit.Replay.Screens;

/// <summary>Looks of a cell that are on or off.</summary>
[Flags]
internal enum Looks
{
    None = 0,
    Bold = 1,
    Faint = 2,
    Italic = 4,
    Underlined = 8,
    Blinking = 16,
    Inverse = 32,
    Hidden = 64,
    Struck = 128,
}

/// <summary>How a cell looks. Colours: -1 the terminal's own, 0–255 of its palette, from <see cref="Direct"/> on red, green and blue.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Style(Looks Looks, int Foreground, int Background)
{
    internal const int Direct = 1 << 24;

    // The codes that put a look on, in the order of the flags
    private static readonly int[] On = [1, 2, 3, 4, 5, 7, 8, 9];

    internal static Style Plain { get; } = new(Looks.None, -1, -1);

    /// <summary>This style after an SGR sequence. What is not known changes nothing.</summary>
    internal Style After(in CsiSequence sgr)
    {
        Style style = this;
        int count = sgr.Count;
        for (int i = 0; i < count; i++)
        {
            int code = sgr.Number(i, 0);
            if (code is 38 or 48)
            {
                int? colour = Colour(sgr, ref i);
                if (colour is { } c) style = code == 38 ? style with { Foreground = c } : style with { Background = c };
            }
            else
            {
                style = style.After(code);
            }
        }

        return style;
    }

    /// <summary>The sequence that sets this style, whatever was set before.</summary>
    internal string Sequence()
    {
        var text = new StringBuilder("\e[0");
        for (int i = 0; i < On.Length; i++)
        {
            if (((int)Looks & (1 << i)) != 0) text.Append(CultureInfo.InvariantCulture, $";{On[i]}");
        }

        Append(text, Foreground, 30);
        Append(text, Background, 40);
        return text.Append('m').ToString();
    }

    private static void Append(StringBuilder text, int colour, int from)
    {
        if (colour >= Direct) text.Append(CultureInfo.InvariantCulture, $";{from + 8};2;{(colour >> 16) & 255};{(colour >> 8) & 255};{colour & 255}");
        else if (colour >= 16) text.Append(CultureInfo.InvariantCulture, $";{from + 8};5;{colour}");
        else if (colour >= 8) text.Append(CultureInfo.InvariantCulture, $";{from + 60 + colour - 8}");
        else if (colour >= 0) text.Append(CultureInfo.InvariantCulture, $";{from + colour}");
    }

    private Style After(int code) => code switch
    {
        0 => Plain,
        >= 1 and <= 5 => this with { Looks = Looks | (Looks)(1 << (code - 1)) },
        >= 7 and <= 9 => this with { Looks = Looks | (Looks)(1 << (code - 2)) },
        21 => this with { Looks = Looks | Looks.Underlined },
        22 => this with { Looks = Looks & ~(Looks.Bold | Looks.Faint) },
        >= 23 and <= 25 => this with { Looks = Looks & ~(Looks)(1 << (code - 21)) },
        >= 27 and <= 29 => this with { Looks = Looks & ~(Looks)(1 << (code - 22)) },
        >= 30 and <= 37 => this with { Foreground = code - 30 },
        39 => this with { Foreground = -1 },
        >= 40 and <= 47 => this with { Background = code - 40 },
        49 => this with { Background = -1 },
        >= 90 and <= 97 => this with { Foreground = code - 82 },
        >= 100 and <= 107 => this with { Background = code - 92 },
        _ => this,
    };

    // 38;5;n and 38;2;r;g;b, and both with colons, where the number of a colour space may stand in between
    private static int? Colour(in CsiSequence sgr, ref int at)
    {
        ReadOnlySpan<char> one = sgr.Parameters;
        for (int i = at; i > 0; i--) one = one[(one.IndexOf(';') + 1)..];
        int end = one.IndexOf(';');
        string[] parts = (end < 0 ? one : one[..end]).ToString().Split(':');
        if (parts.Length > 1)
        {
            int[] n = [.. parts.Select(p => int.TryParse(p, out int v) ? v : 0)];
            return n[1] == 5 && n.Length > 2 ? n[2] & 255 : n[1] == 2 && n.Length > 4 ? Rgb(n[^3], n[^2], n[^1]) : null;
        }

        switch (sgr.Number(at + 1, -1))
        {
            case 5:
                at += 2;
                return sgr.Number(at, 0) & 255;
            case 2:
                at += 4;
                return Rgb(sgr.Number(at - 2, 0), sgr.Number(at - 1, 0), sgr.Number(at, 0));
            default:
                return null;
        }
    }

    private static int Rgb(int red, int green, int blue) => Direct | ((red & 255) << 16) | ((green & 255) << 8) | (blue & 255);
}
