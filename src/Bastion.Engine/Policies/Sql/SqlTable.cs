namespace Bastion.Policies.Sql;

/// <summary>A table (or view, sequence) as a statement names it, quotes resolved.</summary>
/// <param name="Parts">Its name last, before it schema, database and server as far as they are named. <c>*</c>: each.</param>
internal sealed record SqlTable(IReadOnlyList<string> Parts)
{
    internal const string Any = "*";

    /// <summary>The name alone.</summary>
    internal string Name => Parts[^1];

    public override string ToString() => string.Join('.', Parts);

    public bool Equals(SqlTable? other) => other is not null && Parts.SequenceEqual(other.Parts, StringComparer.Ordinal);

    public override int GetHashCode() => Parts.Aggregate(0, HashCode.Combine);
}
