namespace Bastion.Policies.Commands;

/// <summary>Reads words: quotes, escapes and expansions. Commands in substitutions are handed to the parser.</summary>
/// <param name="at">Where to read.</param>
/// <param name="found">Takes what is found.</param>
/// <param name="substitute">Reads a command substitution, up to its closing bracket.</param>
internal sealed class WordReader(ShellCursor at, Findings found, Action substitute)
{
    /// <summary>Reads one word.</summary>
    /// <param name="pattern">In <c>[[ ]]</c>: brackets belong to the word.</param>
    /// <param name="assigned">Read the value of an assignment.</param>
    internal ShellWord Read(bool pattern = false, bool assigned = false)
    {
        int begin = at.Position;
        var word = new WordBuilder();
        int open = 0;
        bool first = true;
        while (true)
        {
            char c = at.Peek();
            if (at.AtEnd) break;
            if (c is '<' or '>' && at.Raw(1) == '(') ProcessSubstitution(word);
            else if (pattern && c == '(') { open++; at.Take(); word.Expand(one: true); }
            else if (open > 0 && c is ')' or '|' or ' ') { if (c == ')') open--; at.Take(); }
            else if (pattern && c == '|' && at.Raw(1) != '|') at.Take();
            else if (ShellCursor.IsMeta(c)) break;
            else Piece(word, c, first, assigned);
            first = false;
        }

        if (open > 0) throw at.Error("')' is missing");
        if (at.Position == begin && !assigned) throw at.Error("a word is missing");
        return word.Build(at.Text[begin..at.Position]);
    }

    /// <summary>Reads the expansions in a here-document or in the text of double quotes that has no end.</summary>
    internal void ReadExpansions()
    {
        var word = new WordBuilder();
        while (!at.AtEnd)
        {
            char c = at.Raw(0);
            if (c == '\\' && at.Raw(1) == '\n') throw at.Error("a line of a here-document is continued");
            if (c == '\\') at.Position = Math.Min(at.Position + 2, at.Text.Length);
            else if (c is '$' or '`') Dollar(word, quoted: true);
            else at.Position++;
        }
    }

    private void Piece(WordBuilder word, char c, bool first, bool assigned)
    {
        switch (c)
        {
            case '\'':
                at.Take();
                while (at.Raw(0) != '\'') word.Quote(Next("'"));
                at.Take();
                word.Quoted();
                break;
            case '"':
                at.Take();
                DoubleQuotes(word);
                break;
            case '\\':
                at.Take();
                word.Quote(Next("\\"));
                break;
            case '$' or '`':
                Dollar(word, quoted: false);
                break;
            case '*' or '?':
                at.Take();
                word.Glob();
                break;
            case '[' when !first || !IsAlone():
                at.Take();
                word.Glob();
                break;
            case '{' when !assigned && !IsAlone():
                // A list of words may come of it; a place holder like {} does not.
                if (at.Raw(1) == '}') { word.Add(at.Take()); word.Add(at.Take()); }
                else { at.Take(); word.Expand(one: false); }
                break;
            case '~' when first || assigned:
                at.Take();
                word.Expand(one: true);
                break;
            default:
                word.Add(at.Take());
                break;
        }
    }

    private bool IsAlone() => at.Raw(1) == ShellCursor.End || ShellCursor.IsMeta(at.Raw(1)) || (at.Raw(0) == '[' && at.Raw(1) == '[' && (at.Raw(2) == ShellCursor.End || ShellCursor.IsMeta(at.Raw(2))));

    private char Next(string closing) => at.AtEnd ? throw at.Error($"{closing} has no end") : at.Take();

    private void DoubleQuotes(WordBuilder word)
    {
        word.Quoted();
        while (at.Raw(0) != '"' || at.AtEnd)
        {
            char c = at.Raw(0);
            if (at.AtEnd) throw at.Error("\" has no end");
            if (c is '$' or '`')
            {
                Dollar(word, quoted: true);
                continue;
            }

            at.Take();
            if (c != '\\') word.Quote(c);
            else if (at.Raw(0) is '$' or '`' or '"' or '\\') word.Quote(at.Take());
            else if (at.Raw(0) == '\n') throw at.Error("a line is continued inside quotes");
            else word.Quote('\\');
        }

        at.Take();
    }

    private void ProcessSubstitution(WordBuilder word)
    {
        found.NeedsBash = true;
        at.Position += 2;
        Substitute();
        foreach (char c in "/dev/fd/") word.Add(c);
        word.Expand(one: true);
    }

    private void Substitute()
    {
        if (at.Awaited > 0) throw at.Error("a substitution stands on the line of a here-document");
        found.Enter();
        substitute();
        found.Leave();
    }

    private void Dollar(WordBuilder word, bool quoted)
    {
        char c = at.Take();
        char next = at.Raw(0);
        if (c == '`') Backticks(word, quoted);
        else if (next == '(' && at.Raw(1) == '(')
        {
            at.Position += 2;
            new Arithmetic(at, found, Expand).Read("))");
            word.Number(quoted);
        }
        else if (next == '(')
        {
            at.Position++;
            Substitute();
            word.Expand(quoted);
        }
        else if (next == '{')
        {
            at.Position++;
            new ParameterReader(at, found, Expand).Read(quoted);
            word.Expand(one: false);
        }
        else if (ShellCursor.IsNameStart(next))
        {
            while (ShellCursor.IsName(at.Raw(0))) at.Position++;
            word.Expand(quoted);
        }
        else if (next is '#' or '?' or '$' or '!' or '-')
        {
            at.Position++;
            word.Number(quoted);
        }
        else if (char.IsAsciiDigit(next) || next is '@' or '*')
        {
            at.Position++;
            word.Expand(quoted && next != '@');
        }
        else if (next == '\'' && !quoted)
        {
            found.NeedsBash = true;
            at.Position++;
            AnsiQuotes.Read(at, word);
        }
        else if (next == '"' && !quoted)
        {
            found.NeedsBash = true;
            at.Position++;
            DoubleQuotes(word);
            word.Expand(one: true);
        }
        else if (next is '[' or '\\') throw at.Error($"'${next}' can be read in several ways");
        else word.Quote('$');
    }

    /// <summary>Reads one expansion, for those that read what is between brackets.</summary>
    internal void Expand(bool quoted) => Dollar(new WordBuilder(), quoted);

    private void Backticks(WordBuilder word, bool quoted)
    {
        int begin = at.Position;
        while (at.Raw(0) != '`')
        {
            if (at.AtEnd) throw at.Error("` has no end");
            if (at.Take() == '\\') throw at.Error("\\ inside backticks can be read in several ways: write $( )");
        }

        found.Enter();
        new ShellParser(new ShellCursor(at.Text[begin..at.Position]), found).ReadAll();
        found.Leave();
        at.Take();
        word.Expand(quoted);
    }
}
