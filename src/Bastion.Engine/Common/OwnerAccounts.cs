namespace Bastion;

/// <summary>Owner accounts that a list is narrowed to.</summary>
internal static class OwnerAccounts
{
    /// <summary>The owner, where there is only one; an event is told to whoever may see that account.</summary>
    internal static string? Only(IReadOnlyList<string> ids) => ids is [var only] ? only : null;

    /// <summary>One query for each, so that each finds its rows by an index; <see langword="null"/>, for all, when none is named.</summary>
    internal static string?[] OneByOne(IReadOnlyList<string> ids) => ids.Count == 0 ? [null] : [.. ids.Distinct(StringComparer.Ordinal)];
}
