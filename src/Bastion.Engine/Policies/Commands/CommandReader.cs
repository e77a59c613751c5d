namespace Bastion.Policies.Commands;

/// <summary>Looks at the words of one command: through what only runs another, and for what hides it.</summary>
internal sealed class CommandReader(Findings found)
{
    private readonly Vocabulary _known = Vocabulary.Default;

    internal void Take(IReadOnlyList<ShellWord> words)
    {
        found.Enter();
        Look(words);
        found.Leave();
    }

    private void Look(IReadOnlyList<ShellWord> words)
    {
        ShellWord program = words[0];
        if (!program.IsLiteral)
        {
            found.Hide($"the program '{program.Source}' comes from an expansion");
            return;
        }

        if (program.Text.Length == 0)
        {
            found.Hide("a program has an empty name");
            return;
        }

        var command = new SimpleCommand(words);
        found.Add(command);
        string name = command.Name;
        if (!command.IsOfSystem)
            found.Hide($"'{command.Program}' is outside the system's folders of programs, so its user could have written it");
        else if (_known.WhyHidden(name) is { } why) found.Hide($"{name} {why}");
        else if (_known.IsShell(name)) Shell(name, words);
        else if (name == "find") FindActions.Look(words, found);
        else if (_known.WrapperOf(name) is { } wrapper) new WrapperReader(found).Look(wrapper, words);
        else if (name is "awk" or "gawk" or "nawk") Scripts.Awk(words, found);
        else if (name is "sed" or "gsed") Scripts.Sed(words, found);
        else Builtins.Check(name, words, found);
        Options(name, words);
    }

    private void Options(string name, IReadOnlyList<ShellWord> words)
    {
        // Its oldest way of options has no dash.
        if (name == "tar" && words is [_, { IsLiteral: true, Text: not ['-', ..] } old, ..] && old.Text.AsSpan().ContainsAny('I', 'F')) found.Hide($"tar {old.Text} can run a program");
        string[] options = _known.OptionsOf(name);
        if (options.Length > 0)
        {
            foreach (ShellWord word in words.Skip(1))
            {
                if (word is { IsLiteral: true, Text: "--" } && name != "sysctl") break;
                if (options.FirstOrDefault(o => Means(word, o)) is { } option) found.Hide($"{name} {option} runs something else, and '{word.Source}' {(word.IsLiteral ? "asks for it" : "could ask for it")}");
            }
        }

        if (_known.OnlyOf(name) is not { } only || words.Count == 1) return;
        if (!words[1].IsLiteral || !only.Contains(words[1].Text)) found.Hide($"what {name} {words[1].Source} runs can't be seen");
    }

    // Long options can be shortened, and short ones stand together.
    private static bool Means(ShellWord word, string option)
    {
        if (!word.IsLiteral) return word.MayBegin(option.TrimStart('=')) || (option[0] == '-' && word.Text is "" or "-");
        string text = word.Text.Split('=')[0];
        if (option[0] == '=') return text == option[1..];
        if (option.StartsWith("--", StringComparison.Ordinal)) return text.Length > 2 && option.StartsWith(text, StringComparison.Ordinal);
        if (option[0] == '-' && option.Length == 2) return text.Length > 1 && text[0] == '-' && text[1] != '-' && text.Contains(option[1]);
        return option[0] is '-' or '.' or '/' ? text.StartsWith(option, StringComparison.Ordinal) : text == option;
    }

    private void Shell(string name, IReadOnlyList<ShellWord> words)
    {
        int at = 1;
        bool text = false;
        for (; at < words.Count && words[at] is { IsLiteral: true, Text: ['-', _, ..] } option; at++)
        {
            if (option.Text is "--norc" or "--noprofile") continue;
            if (option.Text[1..].Any(c => c is not ('c' or 'e' or 'u' or 'x' or 'v' or 'f' or 'n')))
            {
                found.Hide($"{name} {option.Text} is not read");
                return;
            }

            text |= option.Text.Contains('c');
        }

        if (!text || at >= words.Count) found.Hide($"{name} is given its commands as data");
        else if (!words[at].IsLiteral) found.Hide($"the text after {name} -c isn't known before it runs");
        else Text(words[at].Text, name == "bash");
    }

    /// <summary>Reads text that a shell is given.</summary>
    internal void Text(string text, bool bash)
    {
        bool outer = found.NeedsBash;
        found.NeedsBash = false;
        new ShellParser(new ShellCursor(text), found).ReadAll();
        if (found.NeedsBash && !bash) found.Hide("a text inside means one thing to bash and another to sh");
        found.NeedsBash = outer;
    }
}
