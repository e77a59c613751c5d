using System.Globalization;

namespace Bastion.Console.Prompt;

/// <summary>Characters as they are seen: what a key moves over or deletes at once.</summary>
public static class Cluster
{
    /// <summary>How many UTF-16 units the character before the cursor has; 0 at the start.</summary>
    public static int Before(string line, int cursor)
    {
        ArgumentNullException.ThrowIfNull(line);
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
    public static int After(string line, int cursor)
    {
        ArgumentNullException.ThrowIfNull(line);
        return cursor < line.Length ? StringInfo.GetNextTextElementLength(line, cursor) : 0;
    }
}
