namespace Bastion.Policies.Sql;

/// <summary>
/// Goes through a statement from left to right and finds what it does and the tables that it names, at every depth of parentheses. It is no
/// grammar: where it errs, it sees a kind or a table too many.
/// </summary>
/// <param name="tokens">The statement.</param>
/// <param name="found">What is found.</param>
/// <param name="dialect">Whose SQL it is.</param>
/// <param name="define">Whether something is defined: columns, keys, views.</param>
internal sealed class QueryReader(SqlTokens tokens, SqlFindings found, SqlDialect dialect, bool define)
{
    private const int Deepest = 60;
    private readonly bool _mySql = dialect == SqlDialect.MySql;
    private readonly FunctionReader _functions = new(tokens, found, dialect, define);
    private int _depth;

    /// <summary>Reads the tokens in a range.</summary>
    internal void Read(int from, int to) => Walk(from, to, new QueryLevel(new QueryScope(null)));

    /// <summary>Reads the tokens in a range that begins with tables.</summary>
    /// <param name="from">Where.</param>
    /// <param name="to">Up to where.</param>
    /// <param name="target">Whether the first is written to.</param>
    /// <param name="list">Whether commas lead to others.</param>
    internal void ReadTables(int from, int to, bool target, bool list)
    {
        var level = new QueryLevel(new QueryScope(null));
        level.Expect(target, list);
        Walk(from, to, level);
    }

    private void Walk(int from, int to, QueryLevel level)
    {
        if (++_depth > Deepest) throw new SqlSyntaxException("it is nested too deeply");
        for (int at = from; at < to;)
        {
            int next = level.Expects ? Table(level, at) : at;
            at = next > at ? next : Step(level, at, from);
        }

        _depth--;
    }

    private int Group(QueryLevel level, int open, bool tables)
    {
        var inner = new QueryLevel(level.Scope);
        if (tables) inner.Expect(target: false, list: true);
        Walk(open + 1, tokens.Close(open), inner);
        return tokens.Close(open) + 1;
    }

    private int Step(QueryLevel level, int at, int first)
    {
        if (tokens.Is(at, '(')) return Group(level, at, tables: false);
        if (tokens.Is(at, ',') && level.InList) level.Expects = true;
        if (tokens.Key(at) is { Length: > 0 } word && Keyword(level, at, first, word) is { } next) return next;
        return tokens.IsName(at) ? Name(at) : at + 1;
    }

    private int Name(int at)
    {
        (int end, IReadOnlyList<string> parts) = tokens.Chain(at);
        if (tokens.Is(end, '(')) _functions.Check(end, parts);
        else if (dialect == SqlDialect.PostgreSql && tokens.Is(at - 1, '.') && tokens.Is(at - 2, ')')) found.Hide($"'.{parts[0]}' behind a parenthesis can call a function");
        return end;
    }

    // Null: the word is nothing special here.
    private int? Keyword(QueryLevel level, int at, int first, string word)
    {
        switch (word)
        {
            case "SELECT":
                Begin(level, "SELECT", SqlStatementKind.Select);
                level.EndList();
                return at + 1;
            case "VALUES" when at == first || tokens.Is(at - 1, "ALL", "UNION", "EXCEPT", "INTERSECT"):
                found.Add(SqlStatementKind.Select);
                return at + 1;
            case "TABLE":
                if (!define) found.Add(SqlStatementKind.Select);
                level.Expect(target: define, list: !define);
                return at + 1;
            case "INSERT" or "REPLACE" or "UPDATE" or "DELETE" or "MERGE":
                return Change(level, at, first, word);
            case "FROM":
                if (level.Verb.Length == 0 || IsDistinctFrom(at)) return at + 1;
                // DELETE a FROM … names its tables here, and USING only columns.
                if (level.Verb == "DELETE" && !tokens.Is(at - 1, "DELETE", "QUICK", "IGNORE", "LOW_PRIORITY")) level.UsingTables = false;
                level.Expect(level.Verb == "DELETE", list: true);
                return at + 1;
            case "JOIN" or "STRAIGHT_JOIN":
                if (word == "JOIN" || level.InList) level.Expect(target: false, level.InList);
                return at + 1;
            case "USING":
                if (level.UsingTables) level.Expect(target: false, list: true);
                level.UsingTables = false;
                return at + 1;
            case "INTO":
                return Into(level, at);
            case "WITH":
                return With(level, at);
            // Once: behind it, it can be another name for a table.
            case "SET" when level.Verb == "UPDATE":
                level.Verb = "SET";
                level.EndList();
                return at + 1;
            case "RETURNING":
                if (level.Verb is "INSERT" or "UPDATE" or "SET" or "DELETE" or "MERGE") found.Add(SqlStatementKind.Select);
                // MySQL, which has no such thing, takes it for another name for a table.
                if (!_mySql || level.UsingTables) level.EndList();
                return at + 1;
            case "UNION" or "INTERSECT" or "EXCEPT" when tokens.Is(at + 1, "ALL", "DISTINCT", "SELECT", "VALUES", "TABLE", "WITH") || tokens.Is(at + 1, '('):
            case "WHERE" or "HAVING" or "LIMIT":
                level.EndList();
                return at + 1;
            case "UNION" when define:
                found.Hide("a table that is a union of others");
                return at + 1;
            case "PROCEDURE" when _mySql:
                level.EndList();
                return at + 1;
            case "GROUP" or "ORDER" when tokens.Is(at + 1, "BY"):
                level.EndList();
                return at + 2;
            case "OFFSET" or "FETCH" or "WINDOW" when !_mySql:
                level.EndList();
                return at + 1;
            case "FOR":
                return For(level, at);
            case "LOCK" when tokens.Follow(at + 1, "IN", "SHARE"):
                found.Add(SqlStatementKind.Lock);
                return at + 1;
            case "NEXT" or "PREVIOUS" when tokens.Follow(at + 1, "VALUE", "FOR"):
                found.Add(SqlStatementKind.Update);
                level.Expect(target: true, list: false);
                return at + 3;
            case "OPERATOR" when tokens.Is(at + 1, '('):
                found.Hide("OPERATOR(…) can call any function");
                return at + 1;
            case "EXECUTE" or "CALL" when define:
                found.Hide($"{word} runs what can't be seen");
                return at + 1;
            default:
                return define ? Definition(level, at, word) : null;
        }
    }

    private int? Definition(QueryLevel level, int at, string word)
    {
        switch (word)
        {
            case "REFERENCES" or "INHERIT":
            case "OF" when tokens.Is(at - 1, "PARTITION"):
            case "PARTITION" when tokens.Is(at - 1, "ATTACH", "DETACH"):
            case "TO" when tokens.Is(at - 1, "RENAME"):
            case "LIKE" when level.Verb.Length == 0 && tokens.IsName(at + 1):
                level.Expect(target: true, list: false);
                return at + 1;
            case "INHERITS" when tokens.Is(at - 1, ')') && tokens.Is(at + 1, '('):
                return Group(level, at + 1, tables: true);
            case "TRUNCATE":
                found.Add(SqlStatementKind.Truncate);
                return at + 1;
            case "DROP" when tokens.Is(at + 1, "PARTITION"):
                found.Add(SqlStatementKind.Drop);
                return at + 2;
            case "FEDERATED" or "CONNECT" or "SPIDER" or "CONNECTION" when _mySql:
                found.Hide("a table that lies in another place");
                return at + 1;
            // An index's name before its columns.
            case "KEY" or "INDEX" or "UNIQUE" when _mySql && tokens.IsName(at + 1) && tokens.Is(at + 2, '('):
                return at + 2;
            default:
                return null;
        }
    }

    private void Begin(QueryLevel level, string verb, SqlStatementKind kind)
    {
        level.Verb = verb;
        level.UsingTables = verb is "DELETE" or "MERGE";
        found.Add(kind);
    }

    private int? Change(QueryLevel level, int at, int first, string word)
    {
        // ON DELETE CASCADE, ON UPDATE CURRENT_TIMESTAMP
        if (tokens.Is(at - 1, "ON")) return at + 1;
        if (tokens.Is(at - 1, "THEN", "DO"))
        {
            if (Enum.TryParse(word, ignoreCase: true, out SqlStatementKind part)) found.Add(part);
            return at + 1;
        }

        if (tokens.Is(at - 1, "FOR") || tokens.Follow(at - 2, "NO", "KEY"))
        {
            found.Add(SqlStatementKind.Lock);
            return at + 1;
        }

        // To PostgreSQL these words are names wherever they can be.
        if (tokens.Is(at + 1, '(') || (!_mySql && level.Verb.Length > 0)) return null;
        switch (word)
        {
            case "UPDATE" when tokens.Follow(at - 2, "DUPLICATE", "KEY"):
                found.Add(SqlStatementKind.Update);
                return at + 1;
            case "UPDATE":
                Begin(level, word, SqlStatementKind.Update);
                level.Expect(target: true, list: true);
                return at + 1;
            case "DELETE":
                Begin(level, word, SqlStatementKind.Delete);
                level.EndList();
                return at + 1;
            case "MERGE" when tokens.Is(at + 1, "INTO"):
                Begin(level, word, SqlStatementKind.Merge);
                return at + 1;
            case "INSERT" when _mySql || tokens.Is(at + 1, "INTO"):
                Begin(level, word, SqlStatementKind.Insert);
                break;
            case "REPLACE" when _mySql && at == first:
                Begin(level, "INSERT", SqlStatementKind.Insert);
                found.Add(SqlStatementKind.Delete);
                break;
            default:
                return null;
        }

        // MySQL can do without INTO.
        if (_mySql) level.Expect(target: true, list: false);
        return at + 1;
    }

    private int Into(QueryLevel level, int at)
    {
        bool writes = level.Verb is "INSERT" or "MERGE";
        level.EndList();
        if (writes) level.Expect(target: true, list: false);
        else if (tokens.Is(at + 1, "OUTFILE", "DUMPFILE"))
        {
            found.Add(SqlStatementKind.Copy);
            found.Hide($"INTO {tokens.Key(at + 1)} writes a file of the server");
        }
        else if (tokens[at + 1].Kind != SqlTokenKind.Variable)
        {
            found.Add(SqlStatementKind.Create);
            int name = at + 1;
            while (tokens.Is(name, "TEMP", "TEMPORARY", "UNLOGGED", "LOCAL", "GLOBAL", "TABLE") && tokens.IsName(name + 1) && !tokens.Is(name + 1, "FROM")) name++;
            level.Expect(target: true, list: false);
            return name;
        }

        return at + 1;
    }

    private int For(QueryLevel level, int at)
    {
        // An index hint and a point in time leave the list of tables open.
        if (_mySql && tokens.Is(at - 1, "INDEX", "KEY") && tokens.Is(at + 1, "JOIN")) return at + 2;
        if (_mySql && tokens.Is(at - 1, "INDEX", "KEY") && tokens.Is(at + 1, "ORDER", "GROUP") && tokens.Is(at + 2, "BY")) return at + 3;
        if (tokens.Is(at + 1, "UPDATE", "SHARE", "NO", "KEY")) found.Add(SqlStatementKind.Lock);
        if (!_mySql) level.EndList();
        return at + 1;
    }

    private bool IsDistinctFrom(int at) => tokens.Is(at - 1, "DISTINCT") && !_mySql && (tokens.Is(at - 2, "IS") || tokens.Follow(at - 3, "IS", "NOT"));

    // WITH that names queries; other uses (WITH TIES, WITH (…), WITH ORDINALITY) are nothing special.
    private int With(QueryLevel level, int at)
    {
        int next = at + 1;
        bool recursive = tokens.Is(next, "RECURSIVE") && tokens.IsName(next + 1);
        if (recursive) next++;
        for (int end = at + 1; tokens.IsName(next); next = end + 1)
        {
            string name = tokens[next].Value;
            int body = tokens.Is(next + 1, '(') ? tokens.Close(next + 1) + 1 : next + 1;
            if (!tokens.Is(body, "AS")) return end;
            body++;
            if (tokens.Is(body, "NOT")) body++;
            if (tokens.Is(body, "MATERIALIZED")) body++;
            if (!tokens.Is(body, '(')) return end;
            if (recursive) level.Scope.Add(name);
            end = Group(level, body, tables: false);
            level.Scope.Add(name);
            if (!tokens.Is(end, ',')) return end;
        }

        return next;
    }

    private int Table(QueryLevel level, int at)
    {
        if (tokens.Is(at, "SELECT", "WITH") || (tokens.Is(at, "VALUES") && tokens.Is(at + 1, '(')) || (!level.Target && tokens.Is(at, "TABLE")))
        {
            level.EndList();
            return at;
        }

        if (tokens.Is(at, ',')) return at;
        if (Modifiers(at) is > 0 and int modifiers) return at + modifiers;
        level.Expects = false;
        if (tokens.Is(at, '(')) return Alias(level, Group(level, at, tables: true));
        if (!tokens.IsName(at))
        {
            found.Hide("a table is named in a way that can't be seen");
            return at;
        }

        if (IsStructure(tokens.Key(at))) return at;
        (int end, IReadOnlyList<string> parts) = tokens.Chain(at);
        if (tokens.Is(end, '.')) found.Hide("a table's name is not whole");
        if (tokens.Is(end, '(') && !level.Target)
        {
            _functions.Check(end, parts);
            return Alias(level, Group(level, end, tables: false));
        }

        // DELETE FROM a.* USING …
        if (parts is [.., SqlTable.Any]) parts = [.. parts.SkipLast(1)];
        bool dual = _mySql && parts.Count == 1 && tokens.Is(at, "DUAL");
        if (!dual && (level.Target || parts.Count > 1 || !level.Scope.Holds(parts[0]))) found.AddTable(parts);
        if (tokens.Is(end, '*')) end++;
        return Alias(level, end);
    }

    private int Modifiers(int at)
    {
        if (_mySql ? tokens.Is(at, "LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "IGNORE", "INTO") || (tokens.Is(at, "LATERAL") && tokens.Is(at + 1, '(')) : tokens.Is(at, "ONLY", "LATERAL", "CONCURRENTLY")) return 1;
        if (define && tokens.Follow(at, "IF", "EXISTS")) return 2;
        if (define && tokens.Follow(at, "IF", "NOT", "EXISTS")) return 3;
        return !_mySql && tokens.Follow(at, "ROWS", "FROM") && tokens.Is(at + 2, '(') ? 2 : 0;
    }

    private int Alias(QueryLevel level, int at)
    {
        int next = at;
        if (tokens.Is(next, "AS") && tokens.IsName(next + 1) && !tokens.Is(next + 1, "SELECT", "WITH", "TABLE", "VALUES", "EXECUTE")) next += 2;
        else if (tokens.IsName(next) && !IsStructure(tokens.Key(next)) && !tokens.Is(next, "AS", "INDEX", "KEY")) next++;
        // Names of columns; of a table that is written to, also right behind it.
        return tokens.Is(next, '(') && (next > at || level.Target) ? Group(level, next, tables: false) : next;
    }

    // Words that are no name of a table, nor another name for one.
    private bool IsStructure(string word) => word is "SELECT" or "FROM" or "WHERE" or "JOIN" or "STRAIGHT_JOIN" or "ON" or "USING" or "GROUP" or "HAVING" or "ORDER" or "LIMIT" or "UNION" or "INTERSECT" or "EXCEPT"
        or "SET" or "INTO" or "WITH" or "RETURNING" or "VALUES" or "TO" or "TABLE" or "LIKE" or "REFERENCES" or "FOR" || (!_mySql && word is "OFFSET" or "FETCH" or "WINDOW");
}
