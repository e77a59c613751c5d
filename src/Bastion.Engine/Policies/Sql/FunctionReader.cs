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
        // In MySQL quotes and a blank make a stored function of a built-in one.
        bool builtIn = dialect == SqlDialect.PostgreSql ? parts.Count == 1 || (parts.Count == 2 && parts[0] == "pg_catalog") : parts.Count == 1 && plain && tokens.Touches(open);
        if (_known.DangerOf(name) is { } danger) found.Hide($"{name} {danger}");
        else if (builtIn && _known.Writes(name)) found.Add(SqlStatementKind.Update);
        else if (!builtIn || !_known.IsFunction(name)) found.Hide($"what the function {string.Join('.', parts)} does can't be seen{(dialect == SqlDialect.MySql && _known.IsFunction(name) && parts.Count == 1 ? " (with a blank or quotes it need not be the built-in one)" : "")}");
    }

    // PostgreSQL takes these as names of functions too, in other places.
    private bool IsSyntax(int at, string word) => _known.IsSyntax(word, define) && (dialect != SqlDialect.PostgreSql || tokens[at].Key switch
    {
        "OVER" or "FILTER" => tokens.Is(at - 1, ')'),
        "BY" => tokens.Is(at - 1, "GROUP", "ORDER", "PARTITION"),
        "SETS" => tokens.Is(at - 1, "GROUPING"),
        "CONFLICT" => tokens.Is(at - 1, "ON"),
        _ => true,
    });
}
