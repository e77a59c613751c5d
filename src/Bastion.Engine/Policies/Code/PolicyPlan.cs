namespace Bastion.Policies.Code;

/// <summary>What an import does to one policy.</summary>
public enum PolicyImportAction
{
    /// <summary>The store has none of that name: it is made.</summary>
    Create,
    /// <summary>The store has another: it is changed.</summary>
    Change,
    /// <summary>The store has the same: nothing is done.</summary>
    Unchanged,
}

/// <summary>What an import does to one policy, or would do.</summary>
public sealed record PolicyImportStep
{
    /// <summary>Name of the policy.</summary>
    public required string Policy { get; init; }
    /// <summary>Create, change, or nothing.</summary>
    public required PolicyImportAction Action { get; init; }
    /// <summary>What changes, field by field; empty for a new policy.</summary>
    public IReadOnlyList<PolicyDifference> Changes { get; init; } = [];
    /// <summary>The same, or the whole of a new policy, for people.</summary>
    public required string Detail { get; init; }
    /// <summary>Whether the store is as the file says: always for what is unchanged.</summary>
    public bool Done { get; init; }
    /// <summary>The file.</summary>
    public required string Path { get; init; }
    /// <summary>The line in which the policy begins, from 1.</summary>
    public required int Line { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action}: {Policy}";
}

/// <summary>A file of policies that was read and found right, and what its import would do.</summary>
public sealed class PolicyPlan
{
    internal PolicyPlan(string path, IReadOnlyList<PolicyEntry> entries, IReadOnlyList<PolicyImportStep> steps, IReadOnlyList<string> warnings) =>
        (Path, Entries, Steps, Warnings) = (path, entries, steps, warnings);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Policy by policy, in the order of the file.</summary>
    public IReadOnlyList<PolicyImportStep> Steps { get; }

    /// <summary>What the administrator may not expect.</summary>
    public IReadOnlyList<string> Warnings { get; }

    internal IReadOnlyList<PolicyEntry> Entries { get; }
}
