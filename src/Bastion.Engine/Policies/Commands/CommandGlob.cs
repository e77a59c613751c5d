namespace Bastion.Policies.Commands;

/// <summary>A text with <c>*</c> (any characters, also none) and <c>?</c> (one). Case counts. Takes time in proportion to both lengths at the most.</summary>
internal sealed class CommandGlob(string pattern)
{
    internal string Pattern => pattern;

    internal bool Matches(string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, mark) = (p++, t);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t])) (p, t) = (p + 1, t + 1);
            else if (star >= 0) (p, t) = (star + 1, ++mark);
            else return false;
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
