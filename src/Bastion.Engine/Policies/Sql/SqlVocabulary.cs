using System.Reflection;

namespace Bastion.Policies.Sql;

/// <summary>What words mean in a dialect, as <c>vocabulary.txt</c> has it.</summary>
internal sealed class SqlVocabulary
{
    private static readonly Dictionary<SqlDialect, SqlVocabulary> Loaded = Enum.GetValues<SqlDialect>().ToDictionary(dialect => dialect, dialect => new SqlVocabulary(dialect));
    private readonly Dictionary<string, HashSet<string>> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _dangers = new(StringComparer.OrdinalIgnoreCase);

    private SqlVocabulary(SqlDialect dialect)
    {
        foreach ((string kind, string whose, string words) in Entries().Where(e => e.Whose is "all" || e.Whose.Equals(dialect.ToString(), StringComparison.OrdinalIgnoreCase)))
        {
            if (kind == "danger")
            {
                foreach (string danger in words.Split(["  ", "\n"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) _dangers[danger[..danger.IndexOf('=')]] = danger[(danger.IndexOf('=') + 1)..];
            }
            else
            {
                if (!_words.TryGetValue(kind, out HashSet<string>? set)) _words[kind] = set = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                set.UnionWith(words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }

    /// <summary>Words before a parenthesis that mean something here.</summary>
    internal IEnumerable<string> Words => _words.Where(kind => kind.Key != "harmless").SelectMany(kind => kind.Value).Distinct(StringComparer.OrdinalIgnoreCase);

    internal static SqlVocabulary Of(SqlDialect dialect) => Loaded[dialect];

    internal bool IsFunction(string name) => Set("function").Contains(name);

    internal bool Writes(string function) => Set("writes").Contains(function);

    /// <summary>What a function does that goes too far; <see langword="null"/>: nothing that is known.</summary>
    internal string? DangerOf(string function) => _dangers.GetValueOrDefault(function);

    /// <summary>Whether a word before a parenthesis is no function.</summary>
    internal bool IsSyntax(string word, bool define) => Set("syntax").Contains(word) || (define && Set("define").Contains(word));

    internal bool IsHarmlessSetting(string name) => Set("harmless").Contains(name);

    private HashSet<string> Set(string kind) => _words.TryGetValue(kind, out HashSet<string>? set) ? set : [];

    private static IEnumerable<(string Kind, string Whose, string Words)> Entries()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Bastion.Policies.Sql.vocabulary.txt")!;
        using var reader = new StreamReader(stream);
        string text = string.Join('\n', reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')));
        foreach (string entry in text.Replace("\n ", "\u0001 ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] head = entry[..entry.IndexOf(':')].Split(' ');
            yield return (head[0], head[1], entry[(entry.IndexOf(':') + 1)..].Replace('\u0001', '\n'));
        }
    }
}
