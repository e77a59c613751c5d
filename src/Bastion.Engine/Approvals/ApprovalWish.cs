namespace Bastion.Approvals;

/// <summary>What a requester asks of approvers, and what he does until they answer.</summary>
public sealed record ApprovalWish
{
    /// <summary>Why; some rules need it, break-glass always.</summary>
    public string? Reason { get; init; }
    /// <summary>From when; <see langword="null"/>: from the approval on.</summary>
    public DateTimeOffset? From { get; init; }
    /// <summary>Until when; <see langword="null"/>: as long as the rule lets it.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>For one use only.</summary>
    public bool Once { get; init; }
    /// <summary>Approve it oneself: an emergency, and the rule names the user for it.</summary>
    public bool BreakGlass { get; init; }
    /// <summary>Fail with the request's id instead of waiting.</summary>
    public bool NoWait { get; init; }
    /// <summary>Given the request while it waits: at once, and then each second.</summary>
    public Action<ApprovalRequest>? OnWaiting { get; init; }
}

/// <summary>What an approver answers.</summary>
public sealed record ApprovalAnswer
{
    /// <summary>Why.</summary>
    public string? Comment { get; init; }
    /// <summary>Until when it holds at most; <see langword="null"/>: as long as was asked for and the rule lets it.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>How long it holds at most, from its beginning on; <see langword="null"/>: as <see cref="Until"/> says.</summary>
    public TimeSpan? For { get; init; }
    /// <summary>For one use only, whatever was asked for.</summary>
    public bool Once { get; init; }
    /// <summary>Name of the approver for whom the store's administrator answers; <see langword="null"/>: the user who is signed in.</summary>
    public Users.UserReference? As { get; init; }
    /// <summary>The requester approves his own in an emergency.</summary>
    public bool BreakGlass { get; init; }
}

/// <summary>Which requests; what is not set does not narrow.</summary>
public sealed record ApprovalFilter
{
    /// <summary>In these states.</summary>
    public IReadOnlyList<ApprovalState> States { get; init; } = [];
    /// <summary>Of users of these names, with wildcards.</summary>
    public IReadOnlyList<NamePattern> Users { get; init; } = [];
    /// <summary>For assets of these names, with wildcards.</summary>
    public IReadOnlyList<NamePattern> Assets { get; init; } = [];
    /// <summary>For assets of these accounts.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
    /// <summary>Only those that their requesters approved themselves, or tried to.</summary>
    public bool BreakGlass { get; init; }
    /// <summary>Only those that the caller made, or that were made for the user who is signed in.</summary>
    public bool Mine { get; init; }
}
