using System.Globalization;

namespace Bastion.Unit.Audit;

/// <summary>Output as programs with a full-screen surface write it, at random.</summary>
/// <param name="random">The chance.</param>
/// <param name="regions">
/// With scrolling regions and saved cursors, or else with lines put in and taken out and the second screen: terminals don't agree what these
/// mean together.
/// </param>
internal sealed class RandomOutput(Random random, bool regions)
{
    private bool _second;

    /// <summary>Some more output.</summary>
    public string Piece() => random.Next(14) switch
    {
        0 => $"\e[{random.Next(1, 25)};{random.Next(1, 81)}H",
        1 => $"\e[{random.Next(0, 6)}{"ABCDEFGdP@XST"[random.Next(13)]}",
        2 => $"\e[{random.Next(0, 3)}{"JK"[random.Next(2)]}",
        3 when regions => $"\e[{random.Next(1, 10)};{random.Next(12, 25)}r",
        3 => $"\e[{random.Next(0, 6)}{"LM"[random.Next(2)]}",
        4 when regions => random.Next(5) switch { 0 => "\e7", 1 => "\e8", 2 => "\eM", 3 => "\eD", _ => "\e[r" },
        4 => (_second = !_second) ? "\e[?1049h" : "\e[?1049l",
        5 => $"\e[{random.Next(30, 38)};{random.Next(40, 48)};{random.Next(0, 10)}m",
        6 => "\r\n",
        7 => "\t\b\r\n",
        8 => new string('w', random.Next(1, 200)),
        9 => "é 語 日本 ═ ",
        10 => "\e(0lqqk\e(B",
        _ => string.Create(CultureInfo.InvariantCulture, $"text {random.Next(1000)} "),
    };
}
