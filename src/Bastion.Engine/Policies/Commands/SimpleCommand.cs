namespace Bastion.Policies.Commands;

/// <summary>One simple command: a program and its arguments.</summary>
/// <param name="Words">The program first. Its name is literal.</param>
internal sealed record SimpleCommand(IReadOnlyList<ShellWord> Words)
{
    private static readonly string[] Folders = ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"];

    internal string Program => Words[0].Text;

    /// <summary>The program's name without its folder.</summary>
    internal string Name => Program[(Program.LastIndexOf('/') + 1)..];

    /// <summary>Whether the program is named alone, or in a folder that only administrators write.</summary>
    internal bool IsOfSystem => !Program.Contains('/') || Folders.Contains(Program[..Program.LastIndexOf('/')]);

    /// <summary>Whether all its words are known.</summary>
    internal bool IsKnown => Words.All(w => w.IsLiteral);

    /// <summary>As patterns see it: the program as it was typed, and by its name alone.</summary>
    internal IEnumerable<CommandForm> Shown(bool withName)
    {
        foreach (string program in withName && Name != Program ? new[] { Program, Name } : [Program])
        {
            List<ShellWord> arguments = [.. Words.Skip(1)];
            int known = arguments.FindIndex(w => !w.IsLiteral);
            string exact = string.Join(' ', arguments.Select(w => Quote(w.Text)).Prepend(program));
            IEnumerable<string> begin = known < 0 ? arguments.Select(w => w.Text) : arguments.Take(known).Select(w => w.Text).Append(arguments[known].Text);
            yield return new CommandForm(string.Join(' ', begin.Prepend(program)), exact);
        }
    }

    public override string ToString() => string.Join(' ', Words.Select(w => w.IsLiteral ? w.Text : w.Source));

    // So that one argument with a blank in it is not taken for two.
    private static string Quote(string word) => word.Length > 0 && !word.Any(c => char.IsWhiteSpace(c) || c == '\'') ? word : KnownShell.Quote(word);
}

/// <summary>A command as text.</summary>
/// <param name="Known">Its words up to the first that is not known, with a blank between them.</param>
/// <param name="Exact">All its words; those with blanks or quotes in them quoted.</param>
internal readonly record struct CommandForm(string Known, string Exact);
