namespace Bastion.Policies.Sql;

/// <summary>Reads CREATE, ALTER, DROP and TRUNCATE. What holds code, or makes code run, is opaque.</summary>
internal sealed class DefinitionReader(SqlTokens tokens, SqlFindings found, SqlDialect dialect)
{
    private readonly bool _mySql = dialect == SqlDialect.MySql;

    internal void Read(int at, string verb)
    {
        found.Add(verb switch { "CREATE" => SqlStatementKind.Create, "ALTER" => SqlStatementKind.Alter, "DROP" => SqlStatementKind.Drop, _ => SqlStatementKind.Truncate });
        if (verb == "TRUNCATE")
        {
            Tables(tokens.Is(at + 1, "TABLE") ? at + 2 : at + 1, list: true);
            return;
        }

        int type = Modifiers(at + 1);
        string what = tokens.Key(type);
        if (what is "USER" or "ROLE" or "GROUP" || (verb == "ALTER" && what == "DEFAULT")) Rights(verb, type);
        else if (what is "TABLE" or "VIEW" or "SEQUENCE") Tables(type + 1, list: verb == "DROP");
        else if (what == "INDEX") Index(verb, type + 1);
        else if (what is "DATABASE" or "SCHEMA") Container(verb, type);
        else if (verb == "DROP") Drop(type, what);
        else if (what is "TABLESPACE" or "COLLATION" or "STATISTICS" or "PUBLICATION" or "TYPE" && verb == "ALTER") return;
        else if (what is "TYPE" && tokens.Is(tokens.Chain(type + 1).End, "AS")) new QueryReader(tokens, found, dialect, define: true).Read(tokens.Chain(type + 1).End, tokens.Count);
        else if (what is "DOMAIN" && tokens.IsName(type + 1)) new QueryReader(tokens, found, dialect, define: true).Read(type + 1, tokens.Count);
        else found.Hide($"what {verb} {what} brings to run can't be seen");
    }

    /// <summary>MySQL's RENAME.</summary>
    internal void Rename(int at)
    {
        found.Add(SqlStatementKind.Alter);
        if (tokens.Is(at + 1, "USER")) found.Add(SqlStatementKind.Grant);
        else if (!tokens.Is(at + 1, "TABLE", "TABLES")) found.Hide("what it renames is not known");
        else
        {
            for (int next = at + 2; next < tokens.Count; next++)
            {
                if (!tokens.IsName(next) || tokens.Is(next, "TO", "IF", "EXISTS", "WAIT", "NOWAIT")) continue;
                (next, IReadOnlyList<string> parts) = tokens.Chain(next);
                found.AddTable(parts);
                next--;
            }
        }
    }

    // None of these can be a type, so that the first word that is not one of them is it.
    private int Modifiers(int at)
    {
        int next = at;
        while (true)
        {
            if (tokens.Follow(next, "OR", "REPLACE") || tokens.Follow(next, "SQL", "SECURITY")) next += tokens.Is(next, "OR") ? 2 : 3;
            else if (_mySql && tokens.Is(next, "ALGORITHM") && tokens.Is(next + 1, '=')) next += 3;
            else if (tokens.Is(next, "TEMP", "TEMPORARY", "UNLOGGED", "UNIQUE", "MATERIALIZED", "RECURSIVE") || (_mySql && tokens.Is(next, "FULLTEXT", "SPATIAL", "ONLINE", "IGNORE"))) next++;
            else return next;
        }
    }

    private void Tables(int at, bool list) => new QueryReader(tokens, found, dialect, define: true).ReadTables(at, tokens.Count, target: true, list);

    private void Rights(string verb, int at)
    {
        found.Add(SqlStatementKind.Grant);
        if (verb == "DROP") found.Add(SqlStatementKind.Revoke);
        // ALTER ROLE x SET … holds for the sessions to come.
        if (verb == "ALTER" && tokens.Is(tokens.Find(at, "SET", "RESET"), "SET", "RESET")) found.Hide("it sets what later sessions begin with");
    }

    private void Index(string verb, int at)
    {
        int on = tokens.Find(at, "ON");
        if (on < tokens.Count)
        {
            Tables(on + 1, list: false);
            return;
        }

        // PostgreSQL's DROP INDEX and ALTER INDEX name none.
        if (verb == "CREATE") found.Hide("the table of an index can't be seen");
        else Tables(at, list: verb == "DROP");
    }

    private void Container(string verb, int type)
    {
        for (int at = type + 1; at < tokens.Count; at++)
        {
            if (tokens.Is(at, "CREATE", "GRANT")) found.Hide("a schema is made with things in it");
            else if (tokens.Is(at, "SET", "RESET") && verb == "ALTER") found.Hide("it sets what later sessions begin with");
        }

        if (verb == "CREATE") return;
        int name = type + (tokens.Follow(type + 1, "IF", "EXISTS") ? 3 : 1);
        for (; tokens.IsName(name); name++)
        {
            found.AddTable(tokens[name].Value, SqlTable.Any);
            if (!tokens.Is(++name, ',')) break;
        }
    }

    private void Drop(int type, string what)
    {
        if (what == "OWNED") found.Add(SqlStatementKind.Revoke);
        else if (what == "FOREIGN" && tokens.Is(type + 1, "TABLE")) Tables(type + 2, list: true);
        else if (what is "PREPARE") found.Add(SqlStatementKind.Other);
        else if (what.Length == 0) found.Hide("what it drops is not known");
    }
}
