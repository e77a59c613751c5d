namespace Bastion.Policies.Sql;

/// <summary>One statement, as far as it is known before it runs.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Kinds">All that it does.</param>
/// <param name="Tables">All that it names.</param>
/// <param name="Opaque">Why there could be more to it than can be seen; none: all of it is known.</param>
internal sealed record SqlStatement(string Text, IReadOnlySet<SqlStatementKind> Kinds, IReadOnlyList<SqlTable> Tables, IReadOnlyList<string> Opaque)
{
    internal bool IsOpaque => Opaque.Count > 0;
}

/// <summary>What is found in a statement while it is read.</summary>
internal sealed class SqlFindings
{
    private readonly List<string> _opaque = [];
    private readonly List<SqlTable> _tables = [];

    internal HashSet<SqlStatementKind> Kinds { get; } = [];

    internal IReadOnlyList<SqlTable> Tables => _tables;

    internal IReadOnlyList<string> Opaque => _opaque;

    internal void Add(params ReadOnlySpan<SqlStatementKind> kinds)
    {
        foreach (SqlStatementKind kind in kinds) Kinds.Add(kind);
    }

    internal void AddTable(params IReadOnlyList<string> parts)
    {
        var table = new SqlTable(parts);
        if (!_tables.Contains(table)) _tables.Add(table);
    }

    internal void Hide(string why)
    {
        if (_opaque.Count < 20 && !_opaque.Contains(why)) _opaque.Add(why);
    }

    internal SqlStatement ToStatement(string text) => new(text, Kinds, _tables, _opaque);
}
