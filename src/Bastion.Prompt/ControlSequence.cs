using System.Globalization;

namespace Bastion.Prompt;

/// <summary>Keys as terminals send them behind ESC [ or ESC O (xterm, VT220).</summary>
internal static class ControlSequence
{
    /// <summary>The name of the key, such as <c>Ctrl+Left</c>; null when none is known.</summary>
    /// <param name="sequence">Parameters and final character: <c>A</c>, <c>1;5D</c>, <c>3~</c>.</param>
    public static string? Chord(string sequence)
    {
        string[] parameters = sequence[..^1].Split(';');
        string? name = (sequence[^1], parameters[0]) switch
        {
            ('A', _) => "Up",
            ('B', _) => "Down",
            ('C', _) => "Right",
            ('D', _) => "Left",
            ('H', _) or ('~', "1" or "7") => "Home",
            ('F', _) or ('~', "4" or "8") => "End",
            ('~', "3") => "Delete",
            ('~', "5") => "PageUp",
            ('~', "6") => "PageDown",
            ('Z', _) => "Shift+Tab",
            ('M', _) => "Enter",
            _ => null,
        };
        if (name is null || parameters.Length < 2 || !int.TryParse(parameters[1], NumberStyles.None, CultureInfo.InvariantCulture, out int code)) return name;
        int modifiers = code - 1; // 1 shift, 2 alt, 4 control
        return $"{((modifiers & 4) != 0 ? "Ctrl+" : "")}{((modifiers & 2) != 0 ? "Alt+" : "")}{((modifiers & 1) != 0 ? "Shift+" : "")}{name}";
    }

    /// <summary>
    /// .NET takes an answer with a small column, ESC [ 5 ; 3 R, for F3 with modifiers. This gives the modifiers back as terminals
    /// number them from 0, which is the column from 0; null for another key.
    /// </summary>
    public static int? ModifiersOfF3(string? chord)
    {
        if (chord?.EndsWith("F3", StringComparison.Ordinal) != true) return null;
        return (chord.Contains("Shift+", StringComparison.Ordinal) ? 1 : 0)
            + (chord.Contains("Alt+", StringComparison.Ordinal) ? 2 : 0)
            + (chord.Contains("Ctrl+", StringComparison.Ordinal) ? 4 : 0);
    }
}
