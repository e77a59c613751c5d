namespace Bastion.Credentials.Rotation;

/// <summary>The text of an authorized_keys file. Lines that are not ours stay as they are, byte for byte.</summary>
internal static class AuthorizedKeys
{
    /// <summary>Adds a key below the one that it is to replace, with the same options; at the end, if that one is not there.</summary>
    /// <param name="text">The file, Latin-1.</param>
    /// <param name="line">Type, key and comment.</param>
    /// <param name="old">The key to be replaced; <see langword="null"/>: none.</param>
    internal static string Add(string text, string line, byte[]? old)
    {
        if (Holds(text, line.Split(' ')[1])) return text;
        List<string> lines = Lines(text);
        int at = old is null ? -1 : lines.FindIndex(l => HasKey(l, Convert.ToBase64String(old)));
        if (at < 0) return $"{text}{(text.Length == 0 || text[^1] == '\n' ? "" : "\n")}{line}\n";
        lines.Insert(at + 1, OptionsOf(lines[at]) + line);
        return string.Join('\n', lines);
    }

    /// <summary>Takes every line of a key out.</summary>
    internal static string Remove(string text, byte[] key) => string.Join('\n', Lines(text).Where(l => !HasKey(l, Convert.ToBase64String(key))));

    private static bool Holds(string text, string key) => Lines(text).Exists(l => HasKey(l, key));

    private static List<string> Lines(string text) => [.. text.Split('\n')];

    private static bool HasKey(string line, string key) => !line.StartsWith('#') && line.TrimEnd('\r').Split(' ', '\t').Contains(key, StringComparer.Ordinal);

    // What stands before the type of the key, outside quotes.
    private static string OptionsOf(string line)
    {
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) quoted = !quoted;
            if (!quoted && (i == 0 || line[i - 1] is ' ' or '\t') && IsType(line.AsSpan(i))) return line[..i];
        }

        return "";
    }

    private static bool IsType(ReadOnlySpan<char> text) =>
        text.StartsWith("ssh-", StringComparison.Ordinal) || text.StartsWith("ecdsa-sha2-", StringComparison.Ordinal) || text.StartsWith("sk-", StringComparison.Ordinal);
}
