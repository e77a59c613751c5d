using System.Text;

namespace Bastion.Policies.Sql;

/// <summary>Cuts SQL into tokens, as strictly as the strictest server: what could be read in two ways is an error.</summary>
internal abstract class SqlLexer(SqlRequest request)
{
    private readonly List<SqlToken> _tokens = [];

    protected string Text => request.Text;

    protected SqlRequest Request => request;

    protected int At { get; set; }

    protected IReadOnlyList<SqlToken> Tokens => _tokens;

    internal static SqlLexer Of(SqlRequest request) => request.Dialect == SqlDialect.MySql ? new MySqlLexer(request) : new PostgreSqlLexer(request);

    internal IReadOnlyList<SqlToken> Read()
    {
        while (At < Text.Length)
        {
            if (char.IsWhiteSpace(Text[At]))
            {
                if (Text[At] is not (' ' or '\t' or '\n' or '\r')) throw Error("a blank that is not one for every server");
                At++;
            }
            else if (!TryComment() && !TryQuoted()) Plain();
        }

        return _tokens;
    }

    /// <summary>Skips a comment, if there is one here.</summary>
    protected abstract bool TryComment();

    /// <summary>Takes a text or a name in quotes, a variable or a parameter, if there is one here.</summary>
    protected abstract bool TryQuoted();

    /// <summary>A name as the server knows it.</summary>
    protected abstract string Fold(string word);

    protected char Peek(int ahead = 0) => At + ahead < Text.Length ? Text[At + ahead] : '\0';

    protected void Add(SqlTokenKind kind, string value, int start) => _tokens.Add(new SqlToken(kind, value, "", start, At));

    protected static SqlSyntaxException Error(string what) => new(what);

    protected static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > '\x7f' && char.IsLetter(c));

    protected static bool IsWord(char c) => IsWordStart(c) || char.IsAsciiDigit(c) || c == '$';

    protected void SkipLine()
    {
        int end = Text.IndexOf('\n', At);
        At = end < 0 ? Text.Length : end + 1;
    }

    /// <summary>Reads to the closing quote; two of them are one.</summary>
    protected string Quotation(char quote, bool escapes)
    {
        var value = new StringBuilder();
        for (At++; At < Text.Length; At++)
        {
            if (escapes && Peek() == '\\')
            {
                if (++At >= Text.Length) break;
                value.Append(Peek());
            }
            else if (Peek() != quote) value.Append(Peek());
            else if (Peek(1) == quote) value.Append(Text[At++]);
            else
            {
                At++;
                return value.ToString();
            }
        }

        throw Error("a quote is not closed");
    }

    private void Plain()
    {
        int start = At;
        char c = Peek();
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) Number();
        else if (IsWordStart(c))
        {
            while (IsWord(Peek())) At++;
            string word = Text[start..At];
            _tokens.Add(new SqlToken(SqlTokenKind.Word, Fold(word), word.ToUpperInvariant(), start, At));
        }
        else if (c < '\x7f' && c is not ('{' or '}' or '\\' or '$'))
        {
            At++;
            Add(SqlTokenKind.Symbol, c.ToString(), start);
        }
        else if (c == '\\') throw Error($"'\\{Peek(1)}' is a command of a client, not SQL");
        else throw Error($"'{c}' has no one meaning here");
    }

    private void Number()
    {
        int start = At;
        // t.1: a table's name to some.
        if (Peek() == '.' && _tokens.Count > 0 && _tokens[^1].IsName && _tokens[^1].End == start) throw Error("a number follows a dot");
        if (Peek() == '0' && ((Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2))) || (Peek(1) is 'b' or 'B' && Peek(2) is '0' or '1')))
        {
            bool hexadecimal = Peek(1) is 'x' or 'X';
            At += 2;
            while (hexadecimal ? char.IsAsciiHexDigit(Peek()) : Peek() is '0' or '1') At++;
        }
        else
        {
            Digits();
            if (Peek() == '.') At++;
            Digits();
            if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
            {
                At += 2;
                Digits();
            }
        }

        // 1eFROM, 1a, 0xg, 1..2: servers differ about where the number ends.
        if (IsWord(Peek()) || Peek() == '.') throw Error("a number runs into a word");
        Add(SqlTokenKind.Number, Text[start..At], start);
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(Peek())) At++;
    }
}
