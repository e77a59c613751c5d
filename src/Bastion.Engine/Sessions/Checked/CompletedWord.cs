using System.Text;
using Bastion.Policies.Commands;

namespace Bastion.Sessions.Checked;

/// <summary>The word before the cursor, as completion needs it.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Value">What it means, without quotes.</param>
/// <param name="IsProgram">Whether it stands where a program's name does.</param>
internal sealed record CompletedWord(int Start, string Value, bool IsProgram)
{
    private static readonly string[] Before = ["then", "do", "else", "elif", "if", "while", "until", "!", "{", "time", "sudo", "nohup", "exec", "command", "xargs"];

    /// <summary>Finds it; <see langword="null"/> when what it means is not known before it runs.</summary>
    internal static CompletedWord? Find(string text, int cursor)
    {
        var value = new StringBuilder();
        string last = "";
        int start = 0;
        char quote = '\0';
        bool program = true, known = true;
        for (int at = 0; at < cursor; at++)
        {
            char c = text[at];
            if (c == '\\' && quote != '\'' && at + 1 < cursor) value.Append(text[++at]);
            else if (quote != '\0' && c == quote) quote = '\0';
            else if (quote == '\0' && c is '\'' or '"' && quote == '\0') quote = c;
            else if (quote == '\0' && c is ' ' or '\t' or '\n' or '|' or '&' or ';' or '(' or ')' or '<' or '>' && quote == '\0')
            {
                if (at > start) last = value.ToString();
                bool begins = c is '\n' or '|' or '&' or ';' or '(';
                program = begins || (program && at == start) || (at > start && Array.IndexOf(Before, last) >= 0 && program) || (program && at > start && IsAssignment(last));
                if (c is '<' or '>') program = false;
                value.Clear();
                (start, known) = (at + 1, true);
            }
            else
            {
                known &= quote == '\'' || c is not ('$' or '`' or '*' or '?' or '[' or '{');
                value.Append(c);
            }
        }

        return known ? new CompletedWord(start, value.ToString(), program && !value.ToString().Contains('/')) : null;
    }

    /// <summary>Writes a name so that the shell reads it as it is.</summary>
    internal static string Quoted(string name)
    {
        var quoted = new StringBuilder();
        foreach (char c in name)
        {
            if (c < 128 && !char.IsAsciiLetterOrDigit(c) && !"_./:@%+,=-~".Contains(c)) quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.ToString();
    }

    private static bool IsAssignment(string word) => word.IndexOf('=') is > 0 and int at && word.Take(at).All(ShellCursor.IsName);
}
