namespace Bastion.Policies.Sql;

/// <summary>PostgreSQL: comments inside comments, E'…', U&amp;'…', $tag$…$tag$, names folded to lower case.</summary>
internal sealed class PostgreSqlLexer(SqlRequest request) : SqlLexer(request)
{
    // Longer names are cut by the server, and then mean another table.
    private const int LongestName = 63;

    protected override bool TryComment()
    {
        if (Peek() == '-' && Peek(1) == '-')
        {
            SkipLine();
            return true;
        }

        if (Peek() != '/' || Peek(1) != '*') return false;
        for (int depth = 0; At < Text.Length;)
        {
            if (Peek() == '/' && Peek(1) == '*') (depth, At) = (depth + 1, At + 2);
            else if (Peek() == '*' && Peek(1) == '/')
            {
                At += 2;
                if (--depth == 0) return true;
            }
            else At++;
        }

        throw Error("a comment is not closed");
    }

    protected override bool TryQuoted()
    {
        int start = At;
        switch (Peek())
        {
            case '\'':
                String(start, Request.BackslashEscapes);
                return true;
            case 'e' or 'E' when Peek(1) == '\'':
                At++;
                String(start, escapes: true);
                return true;
            case 'b' or 'B' or 'x' or 'X' when Peek(1) == '\'':
                At++;
                String(start, escapes: false);
                return true;
            case 'n' or 'N' when Peek(1) == '\'':
                At++;
                String(start, Request.BackslashEscapes);
                return true;
            case 'u' or 'U' when Peek(1) == '&' && Peek(2) is '\'' or '"':
                if (Peek(2) == '"') throw Error("a name in U&\"…\"");
                At += 2;
                String(start, Request.BackslashEscapes == false ? false : null);
                return true;
            case '"':
                Name(start);
                return true;
            case '$':
                Dollar(start);
                return true;
            default:
                return false;
        }
    }

    protected override string Fold(string word) => Check(string.Create(word.Length, word, (folded, from) =>
    {
        for (int i = 0; i < from.Length; i++) folded[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    }));

    private static string Check(string name) => System.Text.Encoding.UTF8.GetByteCount(name) <= LongestName ? name : throw Error($"a name is longer than {LongestName} bytes");

    private void Name(int start)
    {
        string name = Quotation('"', escapes: false);
        if (name.Length == 0) throw Error("a name is empty");
        Add(SqlTokenKind.Quoted, Check(name), start);
    }

    private void String(int start, bool? escapes)
    {
        // Over an end of line a text goes on in the way that it began: E'a' newline '\'' is one.
        bool continued = Tokens.Count > 0 && Tokens[^1].Kind == SqlTokenKind.Text;
        int open = At;
        string value = Quotation('\'', escapes == true);
        bool backslash = Text.AsSpan(open, At - open).Contains('\\');
        if (backslash && escapes is null) throw Error("whether a backslash escapes is not known (standard_conforming_strings)");
        if (backslash && continued) throw Error("a text goes on after another, with a backslash in it");
        Add(SqlTokenKind.Text, value, start);
    }

    private void Dollar(int start)
    {
        At++;
        if (char.IsAsciiDigit(Peek()))
        {
            while (char.IsAsciiDigit(Peek())) At++;
            if (IsWord(Peek())) throw Error("a parameter runs into a word");
            Add(SqlTokenKind.Variable, Text[start..At], start);
            return;
        }

        while (Peek() != '$' && IsWord(Peek())) At++;
        if (Peek() != '$') throw Error("a lone '$'");
        string tag = Text[start..++At];
        int end = Text.IndexOf(tag, At, StringComparison.Ordinal);
        if (end < 0) throw Error($"the text after {tag} is not closed");
        At = end + tag.Length;
        Add(SqlTokenKind.Text, Text[(start + tag.Length)..end], start);
    }
}
