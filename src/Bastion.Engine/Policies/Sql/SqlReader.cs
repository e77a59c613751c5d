namespace Bastion.Policies.Sql;

/// <summary>Cuts a text into statements and reads each.</summary>
internal sealed class SqlReader(SqlRequest request)
{
    private const int MostStatements = 500;
    private string? _schema = request.Schema;

    /// <exception cref="SqlSyntaxException">It can't be cut.</exception>
    internal SqlText Read()
    {
        if (ClientCommands.Find(request) is { } command) throw new SqlSyntaxException(command);
        IReadOnlyList<SqlToken> tokens = SqlLexer.Of(request).Read();
        var statements = new List<SqlStatement>();
        int from = 0, depth = 0;
        for (int at = 0; at <= tokens.Count; at++)
        {
            if (at < tokens.Count && tokens[at].Is('(')) depth++;
            else if (at < tokens.Count && tokens[at].Is(')')) depth--;
            else if (at == tokens.Count || tokens[at].Is(';'))
            {
                // The bodies of rules and functions have them, and the server cuts elsewhere then.
                if (at < tokens.Count && depth != 0) throw new SqlSyntaxException("a ';' inside of parentheses");
                if (at > from) statements.Add(Statement([.. tokens.Skip(from).Take(at - from)]));
                if (statements.Count > MostStatements) throw new SqlSyntaxException($"there are more than {MostStatements} statements in it");
                from = at + 1;
            }
        }

        return new SqlText(statements, _schema);
    }

    private SqlStatement Statement(IReadOnlyList<SqlToken> tokens)
    {
        var found = new SqlFindings();
        try
        {
            var reader = new StatementReader(new SqlTokens(tokens), found, request.Dialect);
            reader.Read();
            _schema = reader.Schema ?? _schema;
        }
        catch (SqlSyntaxException e)
        {
            found.Hide($"it can't be read: {e.Message}");
        }

        SqlStatement statement = found.ToStatement(request.Text[tokens[0].Start..tokens[^1].End]);
        // A table without a schema is one of the schema in which the session is.
        return _schema is null || found.Kinds.Contains(SqlStatementKind.Use) ? statement
            : statement with { Tables = [.. statement.Tables.Select(table => table.Parts.Count == 1 ? new SqlTable([_schema, table.Name]) : table).Distinct()] };
    }
}
