using System.Text;
using System.Text.RegularExpressions;

namespace Bastion;

/// <summary>A name with PowerShell's wildcards: <c>*</c>, <c>?</c>, <c>[a-z]</c>, and the backtick to take one literally. Compared by <see cref="Names.Key"/>.</summary>
public sealed class NamePattern
{
    private readonly Regex? _regex;

    /// <summary>Reads a pattern. One without wildcards matches just that name.</summary>
    /// <exception cref="InvalidPatternException">A bracket is not closed.</exception>
    public NamePattern(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        if (text.AsSpan().IndexOfAny("*?[`") < 0) return;
        try
        {
            _regex = new Regex(ToRegex(Names.Key(text)), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new InvalidPatternException(text);
        }
    }

    /// <summary>The pattern as given.</summary>
    public string Text { get; }

    /// <summary>Whether it can match only one name.</summary>
    public bool IsLiteral => _regex is null;

    /// <summary>Whether it matches every name.</summary>
    public bool IsAll => Text is "*";

    /// <summary>Whether a name fits.</summary>
    public bool Matches(string name) => IsAll || (_regex?.IsMatch(Names.Key(name)) ?? Names.Key(Text) == Names.Key(name));

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string ToRegex(string key)
    {
        var regex = new StringBuilder("^");
        for (int i = 0; i < key.Length; i++)
        {
            char c = key[i];
            if (c == '`' && i + 1 < key.Length) regex.Append(Regex.Escape(key[++i].ToString()));
            else if (c == '*') regex.Append(".*");
            else if (c == '?') regex.Append('.');
            else if (c == '[')
            {
                int end = key.IndexOf(']', i + 1);
                if (end <= i + 1) throw new FormatException("bracket");
                regex.Append('[').Append(key[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal)).Append(']');
                i = end;
            }
            else regex.Append(Regex.Escape(c.ToString()));
        }

        return regex.Append('$').ToString();
    }
}

/// <summary>What filters ask of their patterns.</summary>
internal static class NamePatterns
{
    /// <summary>Whether one of them fits a name; none at all narrows nothing.</summary>
    internal static bool Fit(this IReadOnlyList<NamePattern> patterns, string name) => patterns.Count == 0 || patterns.Any(p => p.Matches(name));

    /// <summary>The name by which SQL can narrow: the only pattern, if it has no wildcards. The rest is matched while reading.</summary>
    internal static string? Literal(this IReadOnlyList<NamePattern> patterns) => patterns is [{ IsLiteral: true } only] && Ascii.IsValid(only.Text) ? only.Text : null;
}

/// <summary>A wildcard pattern can't be read.</summary>
/// <param name="pattern">The pattern.</param>
public sealed class InvalidPatternException(string pattern)
    : BastionException("InvalidPattern", ErrorKind.InvalidInput, pattern, $"The wildcard pattern '{pattern}' has a bracket that is not closed or is empty. Write [ab] or escape it with a backtick.");
