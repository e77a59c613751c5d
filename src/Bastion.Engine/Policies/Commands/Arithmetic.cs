namespace Bastion.Policies.Commands;

/// <summary>
/// Reads arithmetic. It runs no command by itself, but bash evaluates the values of the variables in it once more, and runs
/// the substitutions in their subscripts: a value from data is opaque.
/// </summary>
internal sealed class Arithmetic(ShellCursor at, Findings found, Action<bool> expansion)
{
    /// <summary>Reads up to the closing text, and that.</summary>
    internal void Read(string closing)
    {
        var open = new Stack<char>();
        while (true)
        {
            if (at.AtEnd) throw at.Error($"'{closing}' is missing");
            if (open.Count == 0 && at.TryTake(closing)) return;
            char c = at.Raw(0);
            if (c is '$' or '`') Value(c);
            else if (ShellCursor.IsNameStart(c)) Name();
            else if (c is '(' or '[' or '{') open.Push(c is '(' ? ')' : c is '[' ? ']' : throw at.Error("'{' is not expected in arithmetic"));
            else if (c is ')' or ']' or '}' && (open.Count == 0 || open.Pop() != c)) throw at.Error($"'{c}' is not expected in arithmetic");
            else if (!char.IsAsciiDigit(c) && !" \t\n)]+-*/%<>=!&|^~?:,#".Contains(c)) throw at.Error($"'{c}' is not expected in arithmetic");
            if (c is not ('$' or '`') && !ShellCursor.IsNameStart(c)) at.Take();
        }
    }

    private void Name()
    {
        found.ArithmeticNames = true;
        while (ShellCursor.IsName(at.Raw(0))) at.Take();
    }

    private void Value(char c)
    {
        char next = at.Raw(1);
        if (c == '`' || (next == '(' && at.Raw(2) != '(') || char.IsAsciiDigit(next) || next is '@' or '*')
            found.Hide("arithmetic evaluates what a command or an argument gives");
        else if (next is not ('(' or '#' or '?' or '$' or '!')) found.ArithmeticNames = true;
        if (next == '{' && !ShellCursor.IsNameStart(at.Raw(2)) && at.Raw(2) != '#') found.Hide("arithmetic evaluates what an argument gives");
        expansion(true);
    }
}
