using System.Reflection;
using System.Text;

namespace Bastion.Policies.Commands;

/// <summary>What is known about programs: the embedded <c>vocabulary.txt</c>.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, string> _hidden = new(StringComparer.Ordinal);
    private readonly List<(string Begin, string Why)> _hiddenFamilies = [];
    private readonly HashSet<string> _shells = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Wrapper> _wrappers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _options = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _only = new(StringComparer.Ordinal);
    private readonly List<CommandGlob> _variables = [];

    internal Vocabulary(string text)
    {
        foreach (string entry in Entries(text)) Read(entry);
    }

    /// <summary>The one that Bastion brings.</summary>
    internal static Vocabulary Default { get; } = new(Load());

    /// <summary>Why a program hides its commands; <see langword="null"/>: it does not.</summary>
    internal string? WhyHidden(string program) => _hidden.TryGetValue(program, out string? why) ? why
        : _hiddenFamilies.FirstOrDefault(f => program.StartsWith(f.Begin, StringComparison.Ordinal)).Why;

    internal bool IsShell(string program) => _shells.Contains(program);

    internal Wrapper? WrapperOf(string program) => _wrappers.GetValueOrDefault(program);

    /// <summary>First words with which alone a program is clear; <see langword="null"/>: with any.</summary>
    internal string[]? OnlyOf(string program) => _only.GetValueOrDefault(program);

    /// <summary>Beginnings of words with which a program runs something else.</summary>
    internal string[] OptionsOf(string program) => _options.GetValueOrDefault(program, []);

    /// <summary>Looks at a variable that gets a value.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="found">Takes what is found.</param>
    /// <param name="value">Its value; <see langword="null"/>: not known.</param>
    internal void CheckVariable(string name, Findings found, string? value = null)
    {
        // In other character sets than these a letter can hold a byte that is a quote or a bar to us.
        bool locale = name == "LANG" || name.StartsWith("LC_", StringComparison.Ordinal);
        if (locale && value is not null && (value is "" or "C" or "POSIX" || value.EndsWith("UTF-8", StringComparison.OrdinalIgnoreCase) || value.EndsWith("utf8", StringComparison.OrdinalIgnoreCase))) return;
        if (locale || _variables.Exists(v => v.Matches(name))) found.Hide($"the variable {name} changes what programs do");
    }

    private void Read(string entry)
    {
        (string kind, string rest) = (entry[..entry.IndexOf(':')], entry[(entry.IndexOf(':') + 1)..].Trim());
        switch (kind)
        {
            case "hidden":
                string[] lines = rest.Split('\n', 2);
                foreach (string name in Words(lines[1]))
                {
                    if (name.EndsWith('*')) _hiddenFamilies.Add((name[..^1], lines[0].Trim()));
                    else _hidden[name] = lines[0].Trim();
                }

                break;
            case "shell":
                _shells.UnionWith(Words(rest));
                break;
            case "wrapper":
                string[] parts = rest.Split('|');
                _wrappers.Add(parts[0].Trim(), new Wrapper(parts[0].Trim(), [.. Words(parts[1])], [.. Words(parts[2])], int.Parse(parts[3])));
                break;
            case "option":
                _options.Add(Words(rest)[0], Words(rest)[1..]);
                break;
            case "only":
                _only.Add(Words(rest)[0], Words(rest)[1..]);
                break;
            case "variable":
                _variables.AddRange(Words(rest).Select(word => new CommandGlob(word)));
                break;
            default:
                throw new FormatException($"'{kind}' is no kind of entry.");
        }
    }

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Entries(string text)
    {
        var entry = new StringBuilder();
        foreach (string line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Append(""))
        {
            if (line.StartsWith(' ')) entry.Append('\n').Append(line);
            else
            {
                if (entry.Length > 0) yield return entry.ToString();
                entry.Clear().Append(line);
            }
        }
    }

    private static string Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Bastion.Policies.Commands.vocabulary.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>A program that runs the one that its arguments name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Valued">Options with a value.</param>
/// <param name="Flags">Options without.</param>
/// <param name="Before">How many words stand between the options and the command.</param>
internal sealed record Wrapper(string Name, HashSet<string> Valued, HashSet<string> Flags, int Before);
