namespace Bastion.Policies.Code;

/// <summary>How a policy, or a field of it, differs.</summary>
public enum PolicyDifferenceKind
{
    /// <summary>Only the second side has the policy.</summary>
    Added,
    /// <summary>Only the first side has the policy.</summary>
    Removed,
    /// <summary>Both have it, and this field of it differs.</summary>
    Changed,
}

/// <summary>One difference between two sets of policies.</summary>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Kind">Added, removed or changed.</param>
/// <param name="Field">The field that differs, e.g. <c>Priority</c>, <c>Users</c>, <c>TimeWindow.windows</c>; <see langword="null"/> for a whole policy.</param>
/// <param name="Before">What the first side has; <see langword="null"/>: nothing.</param>
/// <param name="After">What the second side has; <see langword="null"/>: nothing.</param>
public sealed record PolicyDifference(string Policy, PolicyDifferenceKind Kind, string? Field, string? Before, string? After)
{
    /// <inheritdoc/>
    public override string ToString() => Field is null ? $"{Kind}: {Policy}" : $"{Field} {Before ?? "(not set)"} → {After ?? "(not set)"}";
}
