namespace Bastion.Policies.Commands;

/// <summary>Commands of the shell itself that evaluate their arguments once more, or change what later words mean.</summary>
internal static class Builtins
{
    private static readonly string[] Harmless = ["errexit", "nounset", "pipefail", "noglob", "noclobber", "xtrace", "verbose"];
    private static readonly string[] Unary = ["-n", "-z", "-e", "-f", "-d", "-r", "-w", "-x", "-s", "-L", "-h", "-b", "-c", "-p", "-S", "-u", "-g", "-k", "-O", "-G", "-N", "-t", "!"];
    private static readonly string[] Binary = ["=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "<", ">"];

    internal static void Check(string name, IReadOnlyList<ShellWord> words, Findings found)
    {
        switch (name)
        {
            case "test" or "[":
                Test(words, found);
                break;
            case "set":
                Set(words, found);
                break;
            case "let":
                found.Hide("let evaluates text");
                break;
            case "export" or "readonly" or "declare" or "typeset" or "local":
                Declare(name, words, found);
                break;
            case "read" or "mapfile" or "readarray" or "getopts":
                found.UnknownValues = true;
                Names(name, words, found);
                break;
            case "unset" or "wait":
                Names(name, words, found);
                break;
            case "printf" when words.Count > 1 && words[1].MayBegin("-v"):
                found.UnknownValues = true;
                if (words is not [_, { IsLiteral: true, Text: "-v" }, { } variable, ..] || !IsVariable(variable)) found.Hide("printf -v takes the name of a variable from data");
                else Vocabulary.Default.CheckVariable(variable.Text, found);
                break;
        }
    }

    // Names of variables can have subscripts, and those are evaluated.
    private static void Names(string name, IReadOnlyList<ShellWord> words, Findings found)
    {
        foreach (ShellWord word in words.Skip(1))
        {
            if (word.IsLiteral ? word.Text.Contains('[') : name != "wait" || !word.IsOne) found.Hide($"{name} takes the name of a variable from data");
            else if (word.IsLiteral) Vocabulary.Default.CheckVariable(word.Text, found);
        }
    }

    private static void Declare(string name, IReadOnlyList<ShellWord> words, Findings found)
    {
        foreach (ShellWord word in words.Skip(1))
        {
            int equals = word.Text.IndexOf('=');
            string variable = equals < 0 ? word.Text : word.Text[..equals].TrimEnd('+');
            if (word is { IsLiteral: true, Text: ['-' or '+', ..] })
            {
                if (word.Text.Any(c => c is 'n' or 'i' or 'u' or 'l' or 'c')) found.Hide($"{name} {word.Text} changes what values mean");
            }
            else if ((!word.IsLiteral && equals < 0) || !word.IsOne || variable.Contains('[')) found.Hide($"{name} takes the name of a variable from data");
            else
            {
                Vocabulary.Default.CheckVariable(variable, found, word.IsLiteral ? word.Text[(equals < 0 ? word.Text.Length : equals + 1)..] : null);
                if (equals >= 0) found.UnknownValues = true;
            }
        }
    }

    private static void Set(IReadOnlyList<ShellWord> words, Findings found)
    {
        for (int at = 1; at < words.Count; at++)
        {
            ShellWord word = words[at];
            if (word is { IsLiteral: true, Text: "--" })
            {
                found.UnknownValues = true;
                return;
            }

            bool named = word.IsLiteral && word.Text is ['-' or '+', .., 'o'];
            bool known = word.IsLiteral && word.Text is ['-' or '+', _, ..] && word.Text[1..^(named ? 1 : 0)].All(c => c is 'e' or 'u' or 'x' or 'f' or 'v' or 'C');
            if (named) known &= ++at >= words.Count || (words[at].IsLiteral && Harmless.Contains(words[at].Text));
            if (!known) found.Hide($"set {word.Source} changes what later words mean");
        }
    }

    // -v evaluates the subscript of its operand, and a value could be such an option.
    private static void Test(IReadOnlyList<ShellWord> words, Findings found)
    {
        List<ShellWord> said = [.. words.Skip(1)];
        if (words[0].Text.EndsWith('[') && said.Count > 0) said.RemoveAt(said.Count - 1);
        if (said.Exists(w => w is { IsLiteral: true, Text: "-v" or "-R" })) found.Hide("test -v evaluates what it is given");
        for (int at = 0; at < said.Count; at++)
        {
            if (said[at].IsLiteral) continue;
            if (!said[at].IsOne) found.Hide($"'{said[at].Source}' could be several words of a test; quote it");
            bool operand = (at > 0 && IsOneOf(said[at - 1], Unary)) || (at > 0 && IsOneOf(said[at - 1], Binary)) || (at + 1 < said.Count && IsOneOf(said[at + 1], Binary)) || said.Count == 1;
            if (!operand) found.Hide($"'{said[at].Source}' could be an operator of a test");
        }
    }

    private static bool IsOneOf(ShellWord word, string[] words) => word.IsLiteral && words.Contains(word.Text);

    private static bool IsVariable(ShellWord word) => word.IsLiteral && word.Text.Length > 0 && word.Text.All(ShellCursor.IsName);
}
