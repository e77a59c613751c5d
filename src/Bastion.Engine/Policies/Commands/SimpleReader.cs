namespace Bastion.Policies.Commands;

/// <summary>Reads simple commands: assignments, words and redirections.</summary>
internal sealed class SimpleReader(ShellCursor at, Findings found, WordReader words, HereDocuments documents)
{
    /// <summary>Reads one.</summary>
    /// <returns>Whether it is the head of a function instead.</returns>
    internal bool Read()
    {
        var line = new List<ShellWord>();
        bool any = false;
        for (at.SkipBlanks(); !at.AtEnd; at.SkipBlanks())
        {
            if (Redirection() || (line.Count == 0 && Assignment()))
            {
                any = true;
                continue;
            }

            char c = at.Peek();
            if (c == '(' && line.Count == 1 && !any)
            {
                at.Position++;
                at.SkipBlanks();
                at.Expect(")");
                return true;
            }

            if (c is '(' || (ShellCursor.IsMeta(c) && !(c is '<' or '>'))) break;
            line.Add(words.Read());
        }

        if (at.Peek() == '(') throw at.Error("'(' is not expected");
        if (line.Count == 0 && !any) throw at.Error("a command is missing");
        if (line.Count > 0) new CommandReader(found).Take(line);
        return false;
    }

    /// <summary>Reads a redirection, if there is one.</summary>
    internal bool Redirection()
    {
        if (at.AtEnd) return false;
        char c = at.Peek();
        int digits = 0;
        while (char.IsAsciiDigit(at.Raw(digits))) digits++;
        if (c == '{' && Named() is > 0 and int length)
        {
            found.NeedsBash = true;
            at.Position += length;
        }
        else if (digits > 0 && at.Raw(digits) is '<' or '>') at.Position += digits;
        if (at.Sees("&>"))
        {
            found.NeedsBash = true;
            at.Position += 2;
            at.TryTake(">");
        }
        else if (at.Raw(0) is not ('<' or '>') || at.Raw(1) == '(') return false;
        else if (at.TryTake("<<<")) found.NeedsBash = true;
        else if (at.TryTake("<<"))
        {
            documents.Await(words);
            return true;
        }
        else if (!at.TryTake("<&") && !at.TryTake("<>") && !at.TryTake(">>") && !at.TryTake(">&") && !at.TryTake(">|")) at.Position++;
        at.SkipBlanks();
        words.Read();
        return true;
    }

    // {name}> and the like.
    private int Named()
    {
        int end = 1;
        while (ShellCursor.IsName(at.Raw(end))) end++;
        return end > 1 && at.Raw(end) == '}' && at.Raw(end + 1) is '<' or '>' ? end + 1 : 0;
    }

    private bool Assignment()
    {
        at.Peek();
        int end = 0;
        if (!ShellCursor.IsNameStart(at.Raw(0))) return false;
        while (ShellCursor.IsName(at.Raw(end))) end++;
        string name = at.Text[at.Position..(at.Position + end)];
        if (at.Raw(end) == '[')
        {
            // Whether it is an assignment or a pattern is not sure before it is read, and its subscript is evaluated.
            throw at.Error("an element of a list is set or meant by a pattern");
        }

        if (at.Raw(end) == '+' && at.Raw(end + 1) == '=')
        {
            found.NeedsBash = found.UnknownValues = true;
            end++;
        }
        else if (at.Raw(end) != '=') return false;
        at.Position += end + 1;
        ShellWord? value = at.Raw(0) == '(' ? null : words.Read(assigned: true);
        if (value is null) List();
        else if (!value.IsPlain) found.UnknownValues = true;
        Vocabulary.Default.CheckVariable(name, found, value is { IsLiteral: true } ? value.Text : null);
        return true;
    }

    private void List()
    {
        found.NeedsBash = found.UnknownValues = true;
        at.Position++;
        while (true)
        {
            at.SkipBlanks();
            if (at.TryTake(")")) return;
            if (at.Peek() == '\n') at.Take();
            else if (at.Peek() == '[') throw at.Error("a subscript is evaluated");
            else words.Read();
        }
    }
}
