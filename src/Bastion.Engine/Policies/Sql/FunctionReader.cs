namespace Bastion.Policies.Sql;

/// <summary>Looks at calls of functions: those that are known to do no more than compute, and all others.</summary>
internal sealed class FunctionReader(SqlTokens tokens, SqlFindings found, SqlDialect dialect, bool define)
{
    private readonly SqlVocabulary _known = SqlVocabulary.Of(dialect);

    /// <summary>Looks at a name before a parenthesis.</summary>
    /// <param name="open">Where the parenthesis stands.</param>
    /// <param name="parts">The name.</param>
    internal void Check(int open, IReadOnlyList<string> parts)
    {
        string name = parts[^1];
        bool plain = tokens[open - 1].Kind == SqlTokenKind.Word;
        if (parts.Count == 1 && plain && IsSyntax(open - 1, name)) return;
        // Quotes, a blank in MySQL, and other letters in PostgreSQL make a stored function of a built-in one.
        bool builtIn = plain && (dialect == SqlDialect.PostgreSql ? parts.Count == 1 || (parts.Count == 2 && parts[0] == "pg_catalog") : parts.Count == 1 && tokens.Touches(open));
        if (_known.DangerOf(name) is { } danger) found.Hide($"{name} {danger}");
        else if (builtIn && _known.Writes(name)) found.Add(SqlStatementKind.Update);
        else if (!builtIn || !_known.IsFunction(name)) found.Hide($"what the function {string.Join('.', parts)} does can't be seen{(_known.IsFunction(name) && parts.Count == 1 ? " (with a blank or quotes it need not be the built-in one)" : "")}");
    }

    // The servers take these for names of functions too, in other places.
    private bool IsSyntax(int at, string word) => _known.IsSyntax(word, define) && (dialect == SqlDialect.MySql ? IsMySql(at) : IsPostgreSql(at));

    private bool IsMySql(int at) => tokens[at].Key switch
    {
        "AGAINST" => tokens.Is(at - 1, ')'),
        "COLUMNS" => tokens.Is(at - 1, "RANGE", "LIST"),
        "HASH" or "LIST" => IsPartitioning(at),
        "THAN" => tokens.Follow(at - 2, "VALUES", "LESS"),
        _ => true,
    };

    private bool IsPostgreSql(int at) => tokens[at].Key switch
    {
        "OVER" or "FILTER" or "INCLUDE" => tokens.Is(at - 1, ')'),
        "BY" => tokens.Is(at - 1, "GROUP", "ORDER", "PARTITION"),
        "CUBE" or "ROLLUP" => tokens.Follow(at - 2, "GROUP", "BY"),
        "SETS" => tokens.Is(at - 1, "GROUPING"),
        // Not the condition of a join
        "CONFLICT" => tokens.Is(at - 1, "ON") && tokens.Is(tokens.Close(at + 1) + 1, "DO"),
        "VARYING" => tokens.Is(at - 1, "CHARACTER", "CHAR", "NCHAR", "BIT"),
        "KEY" => tokens.Is(at - 1, "PRIMARY", "FOREIGN"),
        "IDENTITY" => tokens.Is(at - 1, "AS"),
        "RANGE" or "LIST" => IsPartitioning(at),
        "HASH" => IsPartitioning(at) || IsIndexMethod(at),
        "BTREE" or "GIST" or "GIN" or "BRIN" or "SPGIST" => IsIndexMethod(at),
        _ => true,
    };

    // Of a table: in a window '(' or the name of another window stands before it.
    private bool IsPartitioning(int at) => define && tokens.Follow(at - 2, "PARTITION", "BY") && (tokens.Is(at - 3, ')') || tokens.Is(at - 4, '='));

    private bool IsIndexMethod(int at) => tokens.Is(at - 1, "USING") && tokens.Is(0, "CREATE") && (tokens.Is(1, "INDEX") || tokens.Follow(1, "UNIQUE", "INDEX"));
}
