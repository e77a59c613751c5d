namespace Bastion.Policies.Sql;

/// <summary>The tokens of one statement.</summary>
internal sealed class SqlTokens
{
    private readonly IReadOnlyList<SqlToken> _tokens;
    private readonly Dictionary<int, int> _closing = [];

    /// <exception cref="SqlSyntaxException">A parenthesis has no other.</exception>
    internal SqlTokens(IReadOnlyList<SqlToken> tokens)
    {
        _tokens = tokens;
        var open = new Stack<int>();
        for (int at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Is('(')) open.Push(at);
            else if (tokens[at].Is(')')) _closing[open.Count > 0 ? open.Pop() : throw new SqlSyntaxException("a parenthesis closes that was not opened")] = at;
        }

        if (open.Count > 0) throw new SqlSyntaxException("a parenthesis is not closed");
    }

    internal int Count => _tokens.Count;

    internal SqlToken this[int at] => at >= 0 && at < _tokens.Count ? _tokens[at] : default;

    /// <summary>Where the parenthesis that opens here closes.</summary>
    internal int Close(int open) => _closing[open];

    internal bool Is(int at, char symbol) => at >= 0 && at < _tokens.Count && _tokens[at].Is(symbol);

    /// <summary>The word here in capitals; empty for all else, and for a name after a dot.</summary>
    internal string Key(int at) => at >= 0 && at < _tokens.Count && _tokens[at].Kind == SqlTokenKind.Word && !IsAfterDot(at) ? _tokens[at].Key : "";

    internal bool Is(int at, params ReadOnlySpan<string> words) => Key(at) is { Length: > 0 } key && words.Contains(key);

    internal bool IsName(int at) => at >= 0 && at < _tokens.Count && _tokens[at].IsName;

    /// <summary>Whether words follow each other here.</summary>
    internal bool Follow(int at, params ReadOnlySpan<string> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (Key(at + i) != words[i]) return false;
        }

        return true;
    }

    /// <summary>Whether a token touches the one before it.</summary>
    internal bool Touches(int at) => at > 0 && at < _tokens.Count && _tokens[at - 1].End == _tokens[at].Start;

    /// <summary>Reads a name with dots.</summary>
    /// <returns>Where it ends; its parts.</returns>
    internal (int End, IReadOnlyList<string> Parts) Chain(int at)
    {
        List<string> parts = [_tokens[at].Value];
        int next = at + 1;
        while (Is(next, '.') && (IsName(next + 1) || Is(next + 1, '*')))
        {
            parts.Add(_tokens[next + 1].Value);
            next += 2;
        }

        return (next, parts);
    }

    /// <summary>The first place of one of some words, outside of parentheses; the end, if there is none.</summary>
    internal int Find(int from, params ReadOnlySpan<string> words)
    {
        int at = from;
        while (at < _tokens.Count && !Is(at, words)) at = _tokens[at].Is('(') ? Close(at) + 1 : at + 1;
        return at;
    }

    private bool IsAfterDot(int at) => at > 1 && _tokens[at - 1].Is('.') && (_tokens[at - 2].IsName || _tokens[at - 2].Is(')') || _tokens[at - 2].Is(']'));
}
