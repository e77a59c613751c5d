using System.Text.RegularExpressions;

namespace Bastion.Policies.Commands;

/// <summary>
/// Which commands are meant: <c>rm</c> or <c>/usr/bin/rm</c> is a program with any arguments; words with <c>*</c> and <c>?</c> are the whole
/// command, program and arguments; <c>/…/</c> is a regular expression, on an allow-list for the whole command, on a deny-list for any part of it.
/// </summary>
public sealed class CommandPattern
{
    private const int Longest = 1000;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;
    private readonly CommandGlob? _glob;
    private readonly Regex? _part;
    private readonly Regex? _whole;

    private CommandPattern(string text)
    {
        Text = text;
        if (text is ['/', _, .., '/'])
        {
            _part = new Regex(text[1..^1], Options);
            _whole = new Regex($@"\A(?:{text[1..^1]})\z", Options);
        }
        else if (text.AsSpan().ContainsAny(" *?")) _glob = new CommandGlob(text);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="InvalidCommandPatternException">It can't be read.</exception>
    public static CommandPattern Parse(string text)
    {
        string pattern = (text ?? "").Trim();
        if (pattern.Length == 0) throw new InvalidCommandPatternException(pattern, "It is empty.");
        if (pattern.Length > Longest) throw new InvalidCommandPatternException(pattern[..40] + "…", $"It is longer than {Longest} characters.");
        if (pattern.Any(char.IsControl)) throw new InvalidCommandPatternException(pattern, "It holds control characters.");
        if (pattern is "//" or "/") throw new InvalidCommandPatternException(pattern, "It names nothing.");
        try
        {
            return new CommandPattern(pattern);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // Those that could take endless time (look around, back references) are among them.
            throw new InvalidCommandPatternException(pattern, e.Message);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Patterns for a message, which stays readable when they are many.</summary>
    internal static string List(IReadOnlyList<CommandPattern> patterns) =>
        string.Join(", ", patterns.Take(5)) + (patterns.Count > 5 ? $" and {patterns.Count - 5} more" : "");

    /// <summary>Whether a command is surely meant, as an allow-list has to know.</summary>
    internal bool SurelyMeans(SimpleCommand command)
    {
        // A program from elsewhere is another one, whatever it is called.
        bool system = command.IsOfSystem;
        if (_glob is null && _whole is null) return Text.Contains('/') ? command.Program == Text || (command.Program == command.Name && NameOf(Text) == command.Name) : system && command.Name == Text;
        return command.Shown(system).Any(text => command.IsKnown ? _glob?.Matches(text.Exact) ?? _whole!.IsMatch(text.Exact)
            // What follows is not known: it has to be all the same.
            : _glob is { Pattern: [.., '*'] } glob && glob.Matches(text.Known));
    }

    /// <summary>Whether a command is meant, as a deny-list has to know. An argument that is not known makes <see langword="null"/>: it could be.</summary>
    internal bool? Means(SimpleCommand command)
    {
        if (_glob is null && _part is null) return NameOf(Text) == command.Name;
        IEnumerable<CommandForm> forms = command.Shown(withName: true);
        if (forms.Any(f => _glob is not null ? _glob.Matches(f.Known) || (command.IsKnown && _glob.Matches(f.Exact)) : command.IsKnown && (_part!.IsMatch(f.Known) || _part.IsMatch(f.Exact)))) return true;
        if (command.IsKnown) return false;
        if (_glob is null) return null;
        string begin = _glob.Pattern.Split('*', '?')[0];
        return forms.Any(f => f.Known.StartsWith(begin, StringComparison.Ordinal) || begin.StartsWith(f.Known, StringComparison.Ordinal)) ? null : false;
    }

    private static string NameOf(string program) => program[(program.LastIndexOf('/') + 1)..];
}
