using System.Text.RegularExpressions;

namespace Bastion.Policies.Commands;

/// <summary>Scripts of sed and awk that surely run nothing; all others are opaque.</summary>
internal static class Scripts
{
    private static readonly string Address = @"(\d+|\$|/([^/\\\n]|\\[^\n])*/I?)";
    private static readonly Regex Clear = new(
        $@"^[\s;]*(({Address}(\s*,\s*(\+?{Address}))?\s*!?\s*)?([pdqDPgGhHnNxl=]|{Substitution('/')}|{Substitution('|')}|{Substitution('#')}|{Substitution(',')}|{Substitution('@')}|{Substitution(':')}|{Substitution('!')}|{Substitution('%')})\s*(;[\s;]*|$|\n[\s;]*))+$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    internal static void Sed(IReadOnlyList<ShellWord> words, Findings found)
    {
        bool script = false;
        for (int at = 1; at < words.Count; at++)
        {
            ShellWord word = words[at];
            if (!word.IsLiteral)
            {
                // Behind the script it is a file, unless it could be an option.
                if (!script || !word.IsOne || word.MayBegin("-")) Hide();
                continue;
            }

            if (word.Text == "--") continue;
            if (word.Text is ['-', _, ..])
            {
                bool follows = word.Text is "-e" or "-ne" or "-Ee" or "-re" or "-nEe" or "-nre" or "--expression";
                if (follows) Script(++at < words.Count ? words[at] : null);
                else if (!Regex.IsMatch(word.Text, @"^(-[nErsuz]+|-[nErsuz]*i(\.\w+)?|--(in-place(=\.\w+)?|quiet|silent|regexp-extended|null-data|separate|debug|version|help))$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)) Hide();
            }
            else if (!script) Script(word);
        }

        void Script(ShellWord? word)
        {
            script = true;
            if (word is not { IsLiteral: true } || !Clear.IsMatch(word.Text)) Hide();
        }

        void Hide() => found.Hide("this script of sed could run or read more than Bastion can see");
    }

    internal static void Awk(IReadOnlyList<ShellWord> words, Findings found)
    {
        int at = 1;
        for (; at < words.Count && words[at] is { IsLiteral: true, Text: ['-', 'F' or 'v', ..] } option; at++)
        {
            if (option.Text.Length == 2 && ++at < words.Count && !words[at].IsOne) Hide();
        }

        if (at >= words.Count || !words[at].IsLiteral || words[at].Text.StartsWith('-') || !Harmless(words[at].Text)) Hide();

        void Hide() => found.Hide("this script of awk could run or read more than Bastion can see");
    }

    private static bool Harmless(string script)
    {
        string rest = script.Replace("||", " ", StringComparison.Ordinal);
        return !rest.Contains('|') && !rest.Contains('@') && !rest.Contains("system", StringComparison.Ordinal) && !rest.Contains("getline", StringComparison.Ordinal) && !rest.Contains("\\\n", StringComparison.Ordinal);
    }

    private static string Substitution(char mark)
    {
        string part = $@"([^{Regex.Escape(mark.ToString())}\\\n]|\\[^\n])*";
        string m = Regex.Escape(mark.ToString());
        return $"s{m}{part}{m}{part}{m}[gpiI0-9]*";
    }
}
