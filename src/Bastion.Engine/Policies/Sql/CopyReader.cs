namespace Bastion.Policies.Sql;

/// <summary>Reads PostgreSQL's COPY.</summary>
internal sealed class CopyReader(SqlTokens tokens, SqlFindings found)
{
    internal void Read(int at)
    {
        found.Add(SqlStatementKind.Copy);
        var query = new QueryReader(tokens, found, SqlDialect.PostgreSql, define: false);
        int way = tokens.Find(at + 1, "FROM", "TO");
        if (way >= tokens.Count) throw new SqlSyntaxException("COPY from or to nowhere");
        found.Add(tokens.Is(way, "FROM") ? SqlStatementKind.Insert : SqlStatementKind.Select);
        if (tokens.Is(at + 1, '(')) query.Read(at + 1, way);
        else query.ReadTables(at + 1, way, target: true, list: false);
        if (tokens.Is(way + 1, "PROGRAM")) found.Hide("COPY … PROGRAM runs a program on the server");
        else if (!tokens.Is(way + 1, "STDIN", "STDOUT")) found.Hide("COPY reads or writes a file of the server");
        query.Read(way + 2, tokens.Count);
    }
}
