namespace Bastion.Policies.Sql;

/// <summary>Reads SET. What is not known to be harmless could change what later statements mean, and is opaque.</summary>
internal sealed class SettingReader(SqlTokens tokens, SqlFindings found, SqlDialect dialect)
{
    private static readonly string[] CharacterSets = ["UTF8", "UTF8MB3", "UTF8MB4", "ASCII", "LATIN1", "BINARY", "UTF-8", "UNICODE"];
    private readonly SqlVocabulary _known = SqlVocabulary.Of(dialect);

    internal void Read(int at)
    {
        int next = at + 1;
        if (tokens.Is(next, "TRANSACTION", "CONSTRAINTS") || tokens.Follow(next, "SESSION", "TRANSACTION") || tokens.Follow(next, "SESSION", "CHARACTERISTICS"))
        {
            found.Add(SqlStatementKind.Transaction);
            return;
        }

        found.Add(SqlStatementKind.Set);
        if (tokens.Is(next, "PASSWORD")) found.Add(SqlStatementKind.Grant);
        else if (tokens.Is(next, "NAMES", "CHARSET") || tokens.Follow(next, "CHARACTER", "SET")) CharacterSet(tokens.Is(next, "CHARACTER") ? next + 2 : next + 1);
        else if (dialect == SqlDialect.MySql) MySql(next);
        else PostgreSql(next);
    }

    private void CharacterSet(int at)
    {
        if (!CharacterSets.Contains(tokens[at].Value?.ToUpperInvariant()) || (at + 1 < tokens.Count && !tokens.Is(at + 1, "COLLATE"))) found.Hide("a character set in which texts could end elsewhere");
    }

    private void PostgreSql(int at)
    {
        int name = tokens.Is(at, "SESSION", "LOCAL") && tokens.IsName(at + 1) ? at + 1 : at;
        if (tokens.Follow(name, "TIME", "ZONE")) return;
        if (!tokens.IsName(name) || !(tokens.Is(name + 1, '=') || tokens.Is(name + 1, "TO")) || !_known.IsHarmlessSetting(tokens[name].Value)) Hide(name);
    }

    private void MySql(int at)
    {
        int next = at;
        while (next < tokens.Count)
        {
            next = Assignment(next);
            int end = next;
            while (end < tokens.Count && !tokens.Is(end, ',')) end = tokens.Is(end, '(') ? tokens.Close(end) + 1 : end + 1;
            new QueryReader(tokens, found, dialect, define: false).Read(next, end);
            next = end + 1;
        }
    }

    // Where the value begins.
    private int Assignment(int at)
    {
        int name = tokens.Is(at, "SESSION", "LOCAL") ? at + 1 : at;
        string variable = tokens[name].Value ?? "";
        bool user = tokens[name].Kind == SqlTokenKind.Variable && !variable.StartsWith("@@", StringComparison.Ordinal);
        string plain = variable.StartsWith("@@session.", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("@@local.", StringComparison.OrdinalIgnoreCase) ? variable[(variable.IndexOf('.') + 1)..] : variable.TrimStart('@');
        int equals = tokens.Is(name + 1, ':') ? name + 2 : name + 1;
        if (!tokens.Is(equals, '=') || (!user && !_known.IsHarmlessSetting(plain))) Hide(name);
        return Math.Min(equals + 1, tokens.Count);
    }

    private void Hide(int at) => found.Hide($"setting {(at < tokens.Count ? tokens[at].Value : "nothing")} can change what later statements mean");
}
