namespace Bastion.Policies.Sql;

/// <summary>MySQL and MariaDB: three kinds of comments and one that runs, backslashes, quotes whose meaning is a setting.</summary>
internal sealed class MySqlLexer(SqlRequest request) : SqlLexer(request)
{
    protected override bool TryComment()
    {
        if (Peek() == '#' || (Peek() == '-' && Peek(1) == '-' && Peek(2) is ' ' or '\t' or '\n' or '\r' or '\0'))
        {
            SkipLine();
            return true;
        }

        if (Peek() != '/' || Peek(1) != '*') return false;
        if (Peek(2) == '!' || (Peek(2) == 'M' && Peek(3) == '!')) throw Error("a comment that the server runs (/*! … */)");
        int end = Text.IndexOf("*/", At + 2, StringComparison.Ordinal);
        if (end < 0) throw Error("a comment is not closed");
        if (Peek(2) == '+' && Text[At..end].Contains("SET_VAR", StringComparison.OrdinalIgnoreCase)) throw Error("a hint that sets a variable");
        At = end + 2;
        return true;
    }

    protected override bool TryQuoted()
    {
        int start = At;
        switch (Peek())
        {
            case '\'':
                Add(SqlTokenKind.Text, String('\''), start);
                return true;
            case '"' when Request.AnsiQuotes is null:
                throw Error("whether a double quote begins a name or a text is not known (ANSI_QUOTES)");
            case '"' when Request.AnsiQuotes == true:
                Add(SqlTokenKind.Quoted, Quotation('"', escapes: false), start);
                return true;
            case '"':
                Add(SqlTokenKind.Text, String('"'), start);
                return true;
            case '`':
                Add(SqlTokenKind.Quoted, Quotation('`', escapes: false), start);
                return true;
            case '@':
                Variable();
                return true;
            default:
                return false;
        }
    }

    protected override string Fold(string word) => word;

    private string String(char quote)
    {
        int start = At;
        string value = Quotation(quote, Request.BackslashEscapes ?? false);
        if (Request.BackslashEscapes is null && Text.AsSpan(start, At - start).Contains('\\')) throw Error("whether a backslash escapes is not known (NO_BACKSLASH_ESCAPES)");
        return value;
    }

    // @x, @'x', @@session.x, and the host of 'user'@'host'.
    private void Variable()
    {
        int start = At;
        while (Peek() == '@') At++;
        if (Peek() is '\'' or '"' or '`') Quotation(Peek(), Peek() != '`' && Request.BackslashEscapes == true);
        else while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '.' or '_' or '$') At++;
        if (IsWordStart(Peek()) || Text.AsSpan(start, At - start).Contains('\\')) throw Error("a variable's name that servers read in different ways");
        Add(SqlTokenKind.Variable, Text[start..At], start);
    }
}
