namespace Bastion.Policies.Commands;

/// <summary>Reads what is inside <c>[[ ]]</c>.</summary>
internal sealed class Conditional(ShellCursor at, Findings found, WordReader words)
{
    private static readonly string[] Arithmetical = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-v", "-R", "-t"];

    /// <summary>Reads behind the opening brackets, with the closing ones.</summary>
    internal void Read()
    {
        var said = new List<ShellWord>();
        bool pattern = false;
        int open = 0;
        while (true)
        {
            at.SkipBlanks();
            if (at.AtEnd) throw at.Error("']]' is missing");
            char c = at.Peek();
            if (c == '\n') at.Take();
            else if (at.TryTake("&&") || at.TryTake("||")) pattern = false;
            else if (!pattern && c is '(' or ')')
            {
                open += c == '(' ? 1 : -1;
                at.Take();
            }
            else if (!pattern && c is '<' or '>' && at.Raw(1) != '(') at.Take();
            else
            {
                ShellWord word = words.Read(pattern);
                if (word.Source == "]]") break;
                said.Add(word);
                pattern = word.Source is "=~" or "==" or "=" or "!=";
            }
        }

        if (open != 0) throw at.Error("brackets inside [[ ]] don't match");
        if (said.Count == 0) throw at.Error("[[ ]] is empty");
        if (said.Exists(w => Arithmetical.Contains(w.Source))) CheckOperands(said.Where(w => !IsOperator(w)));
    }

    private void CheckOperands(IEnumerable<ShellWord> operands)
    {
        foreach (ShellWord word in operands)
        {
            if (!word.IsLiteral || !word.IsPlain) found.Hide("[[ ]] evaluates values as arithmetic");
            else if (word.Text.Any(char.IsAsciiLetter)) found.ArithmeticNames = true;
        }
    }

    private static bool IsOperator(ShellWord word) => word.Source is "=" or "==" or "!=" or "=~" or "!" || Arithmetical.Contains(word.Source);
}
