namespace Bastion.Sandbox.Cloud;

/// <summary>Filters that several listings share.</summary>
internal static class Filters
{
    /// <summary>Every asked tag is there; an asked tag without value matches every value.</summary>
    public static bool HasTags(IReadOnlyDictionary<string, string> tags, IReadOnlyList<(string Key, string? Value)> asked) =>
        asked.All(a => tags.TryGetValue(a.Key, out string? value) && (a.Value is null || a.Value == value));

    /// <summary>True when nothing was asked, or the text is what was asked.</summary>
    public static bool Is(string text, string? asked) => asked is null || text.Equals(asked, StringComparison.Ordinal);

    /// <summary>Like <see cref="Is"/> with <c>*</c> for any characters.</summary>
    public static bool Like(string text, string? pattern)
    {
        if (pattern is null) return true;
        string[] parts = pattern.Split('*');
        if (parts.Length == 1) return text == pattern;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        int at = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }
        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    public static bool Among(string text, IReadOnlyList<string>? asked) => asked is null || asked.Contains(text);
}
