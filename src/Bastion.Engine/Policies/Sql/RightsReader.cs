namespace Bastion.Policies.Sql;

/// <summary>Reads GRANT and REVOKE.</summary>
internal sealed class RightsReader(SqlTokens tokens, SqlFindings found)
{
    internal void Read(int at, string verb)
    {
        found.Add(verb == "GRANT" ? SqlStatementKind.Grant : SqlStatementKind.Revoke);
        int on = tokens.Find(at + 1, "ON");
        if (on >= tokens.Count) return;
        int next = on + 1;
        if (tokens.Is(next, "ALL") && tokens.Find(next, "SCHEMA") is int schema && schema < tokens.Count)
        {
            for (next = schema + 1; tokens.IsName(next); next++)
            {
                found.AddTable(tokens[next].Value, SqlTable.Any);
                if (!tokens.Is(++next, ',')) break;
            }

            return;
        }

        if (tokens.Is(next, "TABLE", "SEQUENCE") && tokens.IsName(next + 1)) next++;
        else if (tokens.Is(next, "DATABASE", "SCHEMA", "FUNCTION", "PROCEDURE", "ROUTINE", "LANGUAGE", "TABLESPACE", "TYPE", "DOMAIN", "FOREIGN", "LARGE", "PARAMETER", "PACKAGE") && tokens.IsName(next + 1)) return;
        for (; next < tokens.Count && (tokens.IsName(next) || tokens.Is(next, '*')); next++)
        {
            List<string> parts = [tokens[next].Value];
            while (tokens.Is(next + 1, '.') && (tokens.IsName(next + 2) || tokens.Is(next + 2, '*')))
            {
                parts.Add(tokens[next + 2].Value);
                next += 2;
            }

            found.AddTable(parts is [SqlTable.Any] ? [SqlTable.Any, SqlTable.Any] : parts);
            if (!tokens.Is(++next, ',')) break;
        }
    }
}
