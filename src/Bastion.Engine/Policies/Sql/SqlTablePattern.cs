using Bastion.Policies.Commands;

namespace Bastion.Policies.Sql;

/// <summary>Which tables are meant: <c>salaries</c> in any schema, <c>hr.salaries</c>, <c>hr.*</c>; <c>*</c> and <c>?</c> in each part.</summary>
public sealed class SqlTablePattern
{
    private readonly string[] _parts;

    private SqlTablePattern(string text, string[] parts) => (Text, _parts) = (text, parts);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="InvalidTablePatternException">It can't be read.</exception>
    public static SqlTablePattern Parse(string text)
    {
        string pattern = (text ?? "").Trim();
        string[] parts = pattern.Split('.');
        if (parts.Length > 4 || pattern.Length > 300 || parts.Any(part => part.Length == 0 || part.AsSpan().ContainsAny("\"`[]'") || part.Any(char.IsControl))) throw new InvalidTablePatternException(pattern);
        return new SqlTablePattern(pattern, parts);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Whether a table could be meant, as a deny-list has to know: case does not count, and a schema that is not named could be any.</summary>
    internal bool CouldMean(SqlTable table)
    {
        for (int back = 1; back <= Math.Min(_parts.Length, table.Parts.Count); back++)
        {
            string part = table.Parts[^back];
            if (part != SqlTable.Any && !new CommandGlob(_parts[^back].ToUpperInvariant()).Matches(part.ToUpperInvariant())) return false;
        }

        return true;
    }

    /// <summary>Whether a table is surely meant, as an allow-list has to know: it is named as far as the pattern is, and no farther away than another schema.</summary>
    internal bool SurelyMeans(SqlTable table)
    {
        if (table.Parts.Count < _parts.Length || table.Parts.Count > Math.Max(_parts.Length, 2)) return false;
        for (int back = 1; back <= _parts.Length; back++)
        {
            if (!new CommandGlob(_parts[^back]).Matches(table.Parts[^back])) return false;
        }

        return !table.Parts.Contains(SqlTable.Any, StringComparer.Ordinal) || _parts[^1] == SqlTable.Any;
    }
}
