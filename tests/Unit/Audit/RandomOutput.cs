using System.Globalization;

namespace Bastion.Unit.Audit;

/// <summary>Output as programs with a full-screen surface write it, at random.</summary>
internal static class RandomOutput
{
    private static readonly string[] Finals = ["A", "B", "C", "D", "E", "F", "G", "d", "J", "K", "L", "M", "P", "@", "X", "S", "T"];

    public static string Piece(Random random) => random.Next(14) switch
    {
        0 => $"\e[{random.Next(1, 25)};{random.Next(1, 81)}H",
        1 or 2 => $"\e[{random.Next(0, 6)}{Finals[random.Next(Finals.Length)]}".Replace("\e[3J", "\e[2J", StringComparison.Ordinal).Replace("\e[4J", "\e[J", StringComparison.Ordinal).Replace("\e[5J", "\e[J", StringComparison.Ordinal),
        3 => $"\e[{random.Next(1, 10)};{random.Next(12, 25)}r",
        4 => random.Next(8) switch { 0 => "\e[?1049h", 1 => "\e[?1049l", 2 => "\e7", 3 => "\e8", 4 => "\eM", 5 => "\eD", 6 => "\e[r", _ => "\e[4l" },
        5 => $"\e[{random.Next(30, 38)};{random.Next(40, 48)};{random.Next(0, 10)}m",
        6 => "\r\n",
        7 => "\t\b\r\n",
        8 => new string('w', random.Next(1, 200)),
        9 => "é 語 日本 ─ ",
        10 => "\e(0lqqk\e(B",
        _ => string.Create(CultureInfo.InvariantCulture, $"text {random.Next(1000)} "),
    };
}
