using System.Globalization;
using System.Text;

namespace Bastion.Prompt;

/// <summary>Characters as they are seen: what a key moves over or deletes at once.</summary>
internal static class Cluster
{
    /// <summary>How many UTF-16 units the character before the cursor has; 0 at the start.</summary>
    public static int Before(string line, int cursor)
    {
        int start = 0;
        while (start < cursor)
        {
            int length = StringInfo.GetNextTextElementLength(line, start);
            if (start + length >= cursor) return cursor - start;
            start += length;
        }

        return 0;
    }

    /// <summary>How many UTF-16 units the character at the cursor has; 0 at the end.</summary>
    public static int After(string line, int cursor) =>
        cursor < line.Length ? StringInfo.GetNextTextElementLength(line, cursor) : 0;

    /// <summary>Its cells: those of its widest part, as marks, tones and joined emoji are drawn over it.</summary>
    public static int Cells(ReadOnlySpan<char> cluster)
    {
        int cells = 0;
        foreach (Rune rune in cluster.EnumerateRunes()) cells = Math.Max(cells, CellWidth.Of(rune));
        return cells;
    }
}
