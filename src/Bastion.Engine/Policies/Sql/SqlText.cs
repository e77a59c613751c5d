namespace Bastion.Policies.Sql;

/// <summary>A text for a database, taken apart before it runs.</summary>
/// <param name="Statements">Its statements in order. Empty ones don't count.</param>
/// <param name="Schema">Where tables without a schema are looked for after it; <see langword="null"/>: not known.</param>
internal sealed record SqlText(IReadOnlyList<SqlStatement> Statements, string? Schema)
{
    internal const int MostCharacters = 256 << 10;

    /// <summary>Takes a text apart. Never throws: what can't be read is opaque.</summary>
    internal static SqlText Parse(SqlRequest request)
    {
        if (request.Text.Length > MostCharacters) return Hidden(request, $"it is longer than {MostCharacters} characters");
        if (HasOddCharacters(request.Text)) return Hidden(request, "it holds characters that servers read in different ways");
        try
        {
            // Its statements need nothing between them, so that only its whole grammar can tell them apart.
            return request.Dialect == SqlDialect.SqlServer ? Hidden(request, "statements for SQL Server are not read by this version of Bastion") : new SqlReader(request).Read();
        }
        catch (SqlSyntaxException e)
        {
            return Hidden(request, $"it can't be read: {e.Message}");
        }
    }

    private static SqlText Hidden(SqlRequest request, string why) => new([new SqlStatement(request.Text, new HashSet<SqlStatementKind>(), [], [why])], request.Schema);

    private static bool HasOddCharacters(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (c is '\t' or '\n' or (>= ' ' and < '\x7f')) continue;
            if (c == '\r')
            {
                if (at + 1 >= text.Length || text[at + 1] != '\n') return true;
            }
            else if (char.IsSurrogate(c))
            {
                if (at + 1 >= text.Length || !char.IsSurrogatePair(c, text[at + 1])) return true;
                at++;
            }
            // Other ends of lines: to some they end a comment.
            else if (c < 0xA0 || c is '\u2028' or '\u2029') return true;
        }

        return false;
    }
}

/// <summary>What can't be read.</summary>
internal sealed class SqlSyntaxException(string message) : Exception(message);
