using System.Collections;
using System.Text;

namespace Bastion.Users.Totp;

/// <summary>A QR code as text.</summary>
internal static class QrText
{
    // Black on white whatever the terminal's colours: not every app reads a code that is inverted.
    private const string BlackOnWhite = "\u001B[38;2;0;0;0;48;2;255;255;255m";
    private const string Plain = "\u001B[0m";

    internal static string Of(IReadOnlyList<BitArray> rows)
    {
        var text = new StringBuilder();
        for (int row = 0; row < rows.Count; row += 2)
        {
            if (row > 0) text.Append('\n');
            text.Append(BlackOnWhite);
            for (int column = 0; column < rows[row].Length; column++)
            {
                bool lower = row + 1 < rows.Count && rows[row + 1][column];
                text.Append((rows[row][column], lower) switch { (true, true) => '█', (true, false) => '▀', (false, true) => '▄', _ => ' ' });
            }

            text.Append(Plain);
        }

        return text.ToString();
    }
}
