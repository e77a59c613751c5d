using System.Text.RegularExpressions;

namespace Bastion.Console.Host;

/// <summary>Escape sequences for colours (ECMA-48 SGR).</summary>
internal static class Ansi
{
    public const string Reset = "\e[0m";
    public const string Bold = "\e[1m";
    public const string Red = "\e[31;1m";
    public const string Yellow = "\e[33;1m";
    public const string Cyan = "\e[36m";
    public const string Grey = "\e[90m";
    public const string Reverse = "\e[7m";

    // ConsoleColor counts blue before red, SGR the other way round
    private static readonly int[] Order = [0, 4, 2, 6, 1, 5, 3, 7];

    /// <summary>Sequence for a text colour.</summary>
    public static string Foreground(ConsoleColor colour) => $"\e[{Number(colour, 30)}m";

    /// <summary>Sequence for a background colour.</summary>
    public static string Background(ConsoleColor colour) => $"\e[{Number(colour, 40)}m";

    private static int Number(ConsoleColor colour, int from)
    {
        int value = (int)colour & 15;
        return Order[value & 7] + (value < 8 ? from : from + 60);
    }
}

/// <summary>Text without its escape sequences, for files and pipes.</summary>
internal static partial class PlainText
{
    /// <summary>Takes SGR and hyperlink sequences out.</summary>
    public static string Of(string text) => text.Contains('\e', StringComparison.Ordinal) ? Sequence().Replace(text, "") : text;

    [GeneratedRegex(@"\e\[[0-9;]*m|\e\]8;[^\a\e]*(\a|\e\\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Sequence();
}
