namespace Bastion.Policies.Sql;

/// <summary>Reads one statement by its first words. A statement that begins in another way is opaque.</summary>
internal sealed class StatementReader(SqlTokens tokens, SqlFindings found, SqlDialect dialect)
{
    private const int DeepestExplain = 3;
    private readonly bool _mySql = dialect == SqlDialect.MySql;
    private int _explained;

    /// <summary>The schema to which the statement goes; <see langword="null"/>: it stays.</summary>
    internal string? Schema { get; private set; }

    private QueryReader Query => new(tokens, found, dialect, define: false);

    /// <exception cref="SqlSyntaxException">It can't be read.</exception>
    internal void Read() => Read(0);

    private void Read(int at)
    {
        if (tokens.Is(at, '('))
        {
            Query.Read(at, tokens.Count);
            return;
        }

        string first = tokens.Key(at);
        if (!Both(first, at) && !(_mySql ? MySql(first, at) : PostgreSql(first, at)))
            found.Hide(first.Length == 0 ? "it begins with no word that is known" : $"what {first} does is not known");
    }

    private bool Both(string first, int at)
    {
        switch (first)
        {
            case "SELECT" or "WITH" or "VALUES" or "TABLE" or "INSERT" or "UPDATE" or "DELETE":
                Query.Read(at, tokens.Count);
                return true;
            case "CREATE" or "ALTER" or "DROP" or "TRUNCATE":
                new DefinitionReader(tokens, found, dialect).Read(at, first);
                return true;
            case "GRANT" or "REVOKE":
                new RightsReader(tokens, found).Read(at, first);
                return true;
            case "BEGIN" when at + 1 == tokens.Count || tokens.Is(at + 1, "WORK", "TRANSACTION") || (!_mySql && tokens.Is(at + 1, "ISOLATION", "READ", "DEFERRABLE", "NOT")):
            case "START" when tokens.Is(at + 1, "TRANSACTION"):
            case "COMMIT" or "ROLLBACK" or "SAVEPOINT" or "RELEASE":
                found.Add(SqlStatementKind.Transaction);
                return true;
            case "SET":
                new SettingReader(tokens, found, dialect).Read(at);
                return true;
            case "EXPLAIN":
                Explain(at);
                return true;
            case "CALL":
                return Run(first, SqlStatementKind.Call);
            case "DO" or "PREPARE" or "EXECUTE" or "DECLARE" or "BEGIN":
                return (first is "DECLARE" or "PREPARE" && !_mySql && PostgreSql(first, at)) || Run(first, SqlStatementKind.Other);
            case "DEALLOCATE":
                found.Add(SqlStatementKind.Other);
                return true;
            case "SHOW":
                return Show(at);
            case "LOCK" or "UNLOCK":
                found.Add(SqlStatementKind.Lock);
                if (first == "LOCK") new QueryReader(tokens, found, dialect, define: false).ReadTables(at + (tokens.Is(at + 1, "TABLE", "TABLES") ? 2 : 1), tokens.Count, target: true, list: true);
                return true;
            case "ANALYZE" or "OPTIMIZE" or "CHECK" or "REPAIR" or "CHECKSUM" or "VACUUM" or "CLUSTER" or "REINDEX" or "REFRESH" or "CHECKPOINT" or "ANALYSE":
                return Maintain(at);
            default:
                return false;
        }
    }

    private bool MySql(string first, int at)
    {
        switch (first)
        {
            case "REPLACE":
                Query.Read(at, tokens.Count);
                return true;
            case "USE" when tokens.IsName(at + 1) && at + 2 == tokens.Count:
                found.Add(SqlStatementKind.Use);
                Schema = tokens[at + 1].Value;
                found.AddTable(Schema, SqlTable.Any);
                return true;
            case "DESC" or "DESCRIBE":
                Explain(at);
                return true;
            case "LOAD":
                found.Add(SqlStatementKind.Load, SqlStatementKind.Insert);
                return Hide(tokens.Is(tokens.Find(at, "LOCAL"), "LOCAL") ? "LOAD … LOCAL reads files of the client" : "LOAD reads files of the server");
            case "RENAME":
                new DefinitionReader(tokens, found, dialect).Rename(at);
                return true;
            case "XA":
                found.Add(SqlStatementKind.Transaction);
                return true;
            case "HANDLER":
                found.Add(SqlStatementKind.Select);
                return Hide("HANDLER reads rows past its tables");
            case "KILL" or "FLUSH" or "RESET" or "PURGE" or "SIGNAL" or "RESIGNAL" or "HELP" or "SHUTDOWN" or "CACHE":
                found.Add(SqlStatementKind.Other);
                Query.Read(at, tokens.Count);
                return true;
            default:
                return false;
        }
    }

    private bool PostgreSql(string first, int at)
    {
        switch (first)
        {
            case "MERGE":
                Query.Read(at, tokens.Count);
                return true;
            case "END" or "ABORT":
            case "PREPARE" when tokens.Is(at + 1, "TRANSACTION"):
                found.Add(SqlStatementKind.Transaction);
                return true;
            case "DECLARE" when tokens.IsName(at + 1) && tokens.Find(at + 2, "FOR") is int query && query < tokens.Count:
                Query.Read(query + 1, tokens.Count);
                return true;
            case "FETCH" or "MOVE" or "CLOSE":
                found.Add(SqlStatementKind.Select);
                return true;
            case "COPY":
                new CopyReader(tokens, found).Read(at);
                return true;
            case "LOAD":
                found.Add(SqlStatementKind.Load);
                return Hide("LOAD loads a library into the server");
            case "COMMENT" or "SECURITY":
                found.Add(SqlStatementKind.Alter);
                if (tokens.Is(at + 2, "TABLE", "VIEW")) new QueryReader(tokens, found, dialect, define: true).ReadTables(at + 3, tokens.Count, target: true, list: false);
                return true;
            case "REASSIGN":
                found.Add(SqlStatementKind.Alter, SqlStatementKind.Grant);
                return true;
            case "DISCARD" or "RESET":
                found.Add(SqlStatementKind.Set);
                if (first == "DISCARD" ? tokens.Is(at + 1, "ALL") : !SqlVocabulary.Of(dialect).IsHarmlessSetting(tokens[at + 1].Value)) found.Hide($"{first} can change what later statements mean");
                return true;
            case "LISTEN" or "UNLISTEN" or "NOTIFY":
                found.Add(SqlStatementKind.Other);
                return true;
            default:
                return false;
        }
    }

    private bool Run(string word, SqlStatementKind kind)
    {
        found.Add(kind);
        return Hide($"what {word} runs can't be seen");
    }

    private bool Hide(string why)
    {
        found.Hide(why);
        return true;
    }

    // Without ANALYZE nothing of it runs but what it reads.
    private void Explain(int at)
    {
        found.Add(SqlStatementKind.Explain);
        int next = at + 1;
        bool runs = false;
        if (tokens.Is(next, '('))
        {
            int close = tokens.Close(next);
            for (; next < close; next++) runs |= tokens.Is(next, "ANALYZE", "ANALYSE");
            next++;
        }

        while (tokens.Is(next, "ANALYZE", "ANALYSE", "VERBOSE", "EXTENDED", "PARTITIONS", "FORMAT"))
        {
            runs |= tokens.Is(next, "ANALYZE", "ANALYSE");
            next += tokens.Is(next, "FORMAT") ? 3 : 1;
        }

        if (tokens.Follow(next, "FOR", "CONNECTION")) return;
        if (_mySql && tokens.IsName(next) && !tokens.Is(next, "SELECT", "WITH", "VALUES", "TABLE", "INSERT", "REPLACE", "UPDATE", "DELETE"))
        {
            // The columns of a table
            found.AddTable(tokens.Chain(next).Parts);
            found.Add(SqlStatementKind.Show);
            return;
        }

        if (next >= tokens.Count || ++_explained > DeepestExplain || (!tokens.Is(next, '(') && !tokens.IsName(next))) throw new SqlSyntaxException("what it explains");
        var inner = new SqlFindings();
        new StatementReader(tokens, inner, dialect) { _explained = _explained }.Read(next);
        foreach (SqlStatementKind kind in inner.Kinds.Where(kind => runs || kind == SqlStatementKind.Select)) found.Add(kind);
        foreach (SqlTable table in inner.Tables) found.AddTable(table.Parts);
        foreach (string why in inner.Opaque) found.Hide(why);
    }

    private bool Show(int at)
    {
        found.Add(SqlStatementKind.Show);
        if (!_mySql) return true;
        Query.Read(at + 1, tokens.Count);
        int of = tokens.Follow(at + 1, "CREATE", "TABLE") || tokens.Follow(at + 1, "CREATE", "VIEW") ? at + 3 : tokens.Is(tokens.Find(at + 1, "COLUMNS", "FIELDS", "INDEX", "INDEXES", "KEYS"), "COLUMNS", "FIELDS", "INDEX", "INDEXES", "KEYS") ? tokens.Find(at + 1, "FROM", "IN") + 1 : tokens.Count;
        if (!tokens.IsName(of)) return true;
        (int end, IReadOnlyList<string> parts) = tokens.Chain(of);
        found.AddTable(tokens.Is(end, "FROM", "IN") && tokens.IsName(end + 1) ? [tokens[end + 1].Value, parts[^1]] : parts);
        return true;
    }

    private bool Maintain(int at)
    {
        if (_mySql && tokens.Is(at, "ANALYZE") && !tokens.Is(tokens.Is(at + 1, "LOCAL", "NO_WRITE_TO_BINLOG") ? at + 2 : at + 1, "TABLE", "TABLES"))
        {
            // MariaDB: runs it and tells the plan.
            Explain(at - 1);
            return true;
        }

        found.Add(SqlStatementKind.Maintain);
        int next = at + 1;
        if (tokens.Is(next, '(')) next = tokens.Close(next) + 1;
        while (tokens.Is(next, "FULL", "FREEZE", "VERBOSE", "ANALYZE", "ANALYSE", "TABLE", "TABLES", "INDEX", "CONCURRENTLY", "MATERIALIZED", "VIEW", "LOCAL", "NO_WRITE_TO_BINLOG", "SYSTEM", "DATABASE", "SCHEMA")) next++;
        if (next < tokens.Count) new QueryReader(tokens, found, dialect, define: true).ReadTables(next, tokens.Count, target: true, list: true);
        return true;
    }
}
