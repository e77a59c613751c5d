namespace Bastion.Policies.Sql;

/// <summary>Where a reader stands between two parentheses.</summary>
internal sealed class QueryLevel(QueryScope outer)
{
    /// <summary>The names that <c>WITH</c> gave, here and outside.</summary>
    internal QueryScope Scope { get; } = new(outer);

    /// <summary>What began last here: SELECT, INSERT, UPDATE, DELETE, MERGE; empty: nothing yet.</summary>
    internal string Verb { get; set; } = "";

    /// <summary>Whether a table comes next.</summary>
    internal bool Expects { get; set; }

    /// <summary>Whether that is one to write to, which is never a name of <c>WITH</c>, and whose parentheses are columns.</summary>
    internal bool Target { get; set; }

    /// <summary>Whether a comma leads to another table.</summary>
    internal bool InList { get; set; }

    /// <summary>Whether <c>USING</c> still names tables, not columns.</summary>
    internal bool UsingTables { get; set; }

    internal void Expect(bool target, bool list) => (Expects, Target, InList) = (true, target, list);

    internal void EndList() => (Expects, InList) = (false, false);
}

/// <summary>The names of <c>WITH</c>, as far as they reach. Compared exactly: where the server is less exact, a table too many is seen, never one too few.</summary>
internal sealed class QueryScope(QueryScope? outer)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    internal void Add(string name) => _names.Add(name);

    internal bool Holds(string name) => _names.Contains(name) || outer?.Holds(name) == true;
}
