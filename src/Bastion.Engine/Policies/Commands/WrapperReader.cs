namespace Bastion.Policies.Commands;

/// <summary>Finds the command that a wrapper runs. An option that is not known could take the next word: it is opaque.</summary>
internal sealed class WrapperReader(Findings found)
{
    internal void Look(Wrapper wrapper, IReadOnlyList<ShellWord> words)
    {
        // They tell what a name means and run nothing.
        if (wrapper.Name == "command" && words is [_, { IsLiteral: true, Text: "-v" or "-V" }, ..]) return;
        if (wrapper.Name == "sudo" && words is [_, { IsLiteral: true, Text: "-l" or "-v" or "-k" or "-K" }]) return;
        ShellWord? replaced = null;
        int at = 1;
        for (; at < words.Count; at++)
        {
            if (!words[at].IsLiteral)
            {
                Hide(wrapper, $"'{words[at].Source}' could be an option or the command");
                return;
            }

            string option = words[at].Text;
            if (option == "--")
            {
                at++;
                break;
            }

            if (option.Length == 0 || option[0] != '-') break;
            int values = ValuesOf(wrapper, option, out string? attached);
            if (values < 0)
            {
                Hide(wrapper, $"its option {option} is not read");
                return;
            }

            if (wrapper.Name == "xargs" && (option.StartsWith("-I", StringComparison.Ordinal) || option.StartsWith("--replace", StringComparison.Ordinal)))
                replaced = attached is { Length: > 0 } ? ShellWord.Literal(attached) : values > 0 && at + 1 < words.Count ? words[at + 1] : ShellWord.Literal("{}");
            at += values;
        }

        if (wrapper.Name is "env" or "sudo" or "doas") at = Variables(words, at);
        for (int before = 0; before < wrapper.Before; before++, at++)
        {
            if (at >= words.Count) break;
            if (!words[at].IsOne || words[at].MayBegin("-")) Hide(wrapper, $"'{words[at].Source}' could be an option");
        }

        Run(wrapper, [.. words.Skip(at)], replaced);
    }

    private int Variables(IReadOnlyList<ShellWord> words, int at)
    {
        for (; at < words.Count; at++)
        {
            // What stands before the = is known, or the word is taken for the program, which is opaque then.
            int equals = words[at].Text.IndexOf('=');
            if (equals <= 0) break;
            Vocabulary.Default.CheckVariable(words[at].Text[..equals], found, words[at].IsLiteral ? words[at].Text[(equals + 1)..] : null);
            if (!words[at].IsOne) Hide(new Wrapper("env", [], [], 0), $"'{words[at].Source}' could be several words");
        }

        return at;
    }

    private void Run(Wrapper wrapper, List<ShellWord> command, ShellWord? replaced)
    {
        if (command.Count == 0)
        {
            if (wrapper.Name is "ssh" or "sudo" or "doas" or "flock" or "setsid" or "watch") Hide(wrapper, "no command follows");
            return;
        }

        if (wrapper.Name is "watch" or "ssh")
        {
            if (command.Exists(w => !w.IsLiteral)) Hide(wrapper, "its text isn't known before it runs");
            else new CommandReader(found).Text(string.Join(' ', command.Select(w => w.Text)), bash: false);
            return;
        }

        if (wrapper.Name == "xargs")
        {
            if (replaced is null) command.Add(new ShellWord("", "…", IsLiteral: false, IsOne: false, IsPlain: false, IsQuoted: true));
            else if (!replaced.IsLiteral) command = [.. command.Select(w => w.Unknown())];
            else command = [.. command.Select(w => w.Text.Contains(replaced.Text, StringComparison.Ordinal) ? w.Unknown() : w)];
        }

        // A wrapper that is a program runs programs; flock -c and the like are not read.
        if (wrapper.Name == "flock" && command[0].MayBegin("-")) Hide(wrapper, $"'{command[0].Source}' is not read");
        else new CommandReader(found).Take(command);
    }

    /// <summary>How many words follow an option as its value; less than zero: it is not known.</summary>
    private static int ValuesOf(Wrapper wrapper, string option, out string? attached)
    {
        attached = null;
        if (wrapper.Flags.Contains(option)) return 0;
        if (wrapper.Valued.Contains(option)) return 1;
        if (option.StartsWith("--", StringComparison.Ordinal))
        {
            int equals = option.IndexOf('=');
            if (equals > 0) attached = option[(equals + 1)..];
            return equals > 0 && (wrapper.Valued.Contains(option[..equals]) || wrapper.Flags.Contains(option[..equals])) ? 0 : -1;
        }

        for (int i = 1; i < option.Length; i++)
        {
            string letter = "-" + option[i];
            if (wrapper.Valued.Contains(letter))
            {
                attached = option[(i + 1)..];
                return i + 1 < option.Length ? 0 : 1;
            }

            if (!wrapper.Flags.Contains(letter)) return -1;
        }

        return 0;
    }

    private void Hide(Wrapper wrapper, string why) => found.Hide($"the command of {wrapper.Name} can't be seen: {why}");
}
