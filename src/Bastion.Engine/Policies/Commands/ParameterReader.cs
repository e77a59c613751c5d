namespace Bastion.Policies.Commands;

/// <summary>Reads <c>${…}</c>.</summary>
internal sealed class ParameterReader(ShellCursor at, Findings found, Action<bool> expansion)
{
    /// <summary>Reads behind the opening brace, with the closing one.</summary>
    internal void Read(bool quoted)
    {
        found.Enter();
        if (at.Raw(0) == '!') found.Hide("${!…} takes the name of a variable from data");
        if (at.Raw(0) is '!' or '#' && at.Raw(1) != '}') at.Position++;
        if (ShellCursor.IsNameStart(at.Raw(0))) while (ShellCursor.IsName(at.Raw(0))) at.Position++;
        else if (char.IsAsciiDigit(at.Raw(0))) while (char.IsAsciiDigit(at.Raw(0))) at.Position++;
        else if (at.Raw(0) is '@' or '*' or '#' or '?' or '$' or '!' or '-') at.Position++;
        else throw at.Error("a variable's name is missing");
        if (at.Raw(0) == '[') Subscript();
        Operator(quoted);
        found.Leave();
    }

    private void Subscript()
    {
        found.NeedsBash = true;
        at.Position++;
        if (at.TryTake("@]") || at.TryTake("*]")) return;
        new Arithmetic(at, found, expansion).Read("]");
    }

    private void Operator(bool quoted)
    {
        char c = at.Raw(0);
        if (at.TryTake("}")) return;
        if (c == '@') found.Hide("${…@…} can run what is in the variable");
        if (c == ':' && at.Raw(1) is not ('-' or '=' or '+' or '?'))
        {
            found.NeedsBash = true;
            at.Position++;
            new Arithmetic(at, found, expansion).Read("}");
            return;
        }

        if (c == '=' || at.Sees(":=")) found.UnknownValues = true;
        if (c is '/' or '^' or ',' or '@') found.NeedsBash = true;
        else if (c is not (':' or '-' or '=' or '+' or '?' or '#' or '%')) throw at.Error($"'{c}' is not expected in ${{ }}");
        at.Position++;
        Word(quoted);
    }

    private void Word(bool quoted)
    {
        while (true)
        {
            if (at.AtEnd) throw at.Error("'}' is missing");
            char c = at.Take();
            if (c == '}') return;
            // Shells differ about quotes inside quotes and about brackets in here.
            if (c is '<' or '>' && at.Raw(0) == '(') throw at.Error("a substitution of a process inside ${ } is not read");
            if (c == '\'' && quoted) throw at.Error("' inside \"${ }\" can be read in several ways");
            if (c == '\\') Escaped();
            else if (c == '\'') while (at.Raw(0) != '\'') _ = at.AtEnd ? throw at.Error("' has no end") : at.Take();
            else if (c == '"') Quotes(quoted);
            else if (c is '$' or '`') { at.Position--; expansion(quoted || at.Raw(1) != '\''); }
            if (c == '\'') at.Take();
        }
    }

    private void Escaped()
    {
        if (at.AtEnd || at.Raw(0) == '\n') throw at.Error("'}' is missing");
        at.Take();
    }

    private void Quotes(bool quoted)
    {
        if (quoted) throw at.Error("\" inside \"${ }\" can be read in several ways");
        while (at.Raw(0) != '"' || at.AtEnd)
        {
            if (at.AtEnd) throw at.Error("\" has no end");
            if (at.Raw(0) is '$' or '`') expansion(true);
            else if (at.Take() == '\\') Escaped();
        }

        at.Take();
    }
}
