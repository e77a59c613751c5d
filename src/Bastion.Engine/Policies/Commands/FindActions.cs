namespace Bastion.Policies.Commands;

/// <summary>The commands that <c>find</c> runs.</summary>
internal static class FindActions
{
    private static readonly string[] Actions = ["-exec", "-execdir", "-ok", "-okdir"];

    internal static void Look(IReadOnlyList<ShellWord> words, Findings found)
    {
        bool unsure = false, ended = false;
        for (int at = 1; at < words.Count; at++)
        {
            ShellWord word = words[at];
            if (!word.IsLiteral && Actions.Any(word.MayBegin))
            {
                if (!word.IsOne) found.Hide($"'{word.Source}' could be an action of find; quote it");
                unsure = true;
            }

            if (word is { IsLiteral: true, Text: ";" or "+" }) ended = true;
            if (!word.IsLiteral || !Actions.Contains(word.Text)) continue;
            int end = at + 1;
            while (end < words.Count && !(words[end] is { IsLiteral: true, Text: ";" } || (words[end] is { IsLiteral: true, Text: "+" } && words[end - 1].Text == "{}"))) end++;
            List<ShellWord> command = [.. words.Skip(at + 1).Take(end - at - 1).Select(w => w.Text.Contains("{}", StringComparison.Ordinal) ? w.Unknown() : w)];
            // An end that isn't known could come earlier, and what follows be another action.
            if (command.Exists(w => !w.IsLiteral && !w.IsOne && w.Source.Length > 0 && !w.Source.Contains("{}", StringComparison.Ordinal))) found.Hide("an argument of find -exec could be several words");
            if (command.Count > 0) new CommandReader(found).Take(command);
            at = end;
        }

        if (unsure && ended) found.Hide("an argument could be an action of find");
    }
}
