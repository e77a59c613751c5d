namespace Bastion.Approvals;

/// <summary>What is to be approved.</summary>
public enum ApprovalKind
{
    /// <summary>Not known to this version.</summary>
    Unknown,
    /// <summary>That a session opens.</summary>
    Session,
    /// <summary>That a command runs.</summary>
    Command,
}

/// <summary>What became of a request.</summary>
public enum ApprovalState
{
    /// <summary>Not known to this version.</summary>
    Unknown,
    /// <summary>Waits for approvers.</summary>
    Pending,
    /// <summary>Approved; can be used within its window.</summary>
    Approved,
    /// <summary>An approver said no, or took the yes back.</summary>
    Denied,
    /// <summary>Nobody answered in time, or the window of the approval is over.</summary>
    Expired,
    /// <summary>Good for one use, which is made.</summary>
    Used,
    /// <summary>The requester took it back.</summary>
    Cancelled,
}

/// <summary>A request for approval, bound to exactly what it says.</summary>
public sealed record ApprovalRequest
{
    /// <summary>Stable id; can't be guessed.</summary>
    public required string Id { get; init; }
    /// <summary>A session or a command.</summary>
    public required ApprovalKind Kind { get; init; }
    /// <summary>What became of it, when it was read.</summary>
    public required ApprovalState State { get; init; }
    /// <summary>Name of the user who asks.</summary>
    public required string User { get; init; }
    /// <summary>Id of the user.</summary>
    public required long UserId { get; init; }
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>Id of the asset.</summary>
    public required long AssetId { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Login on the asset.</summary>
    public required string Account { get; init; }
    /// <summary>Id of the login.</summary>
    public required long AccountId { get; init; }
    /// <summary>Protocol, e.g. <c>SSH</c>.</summary>
    public required string Protocol { get; init; }
    /// <summary>What is to be opened, e.g. <c>SshShell</c>.</summary>
    public required string Channel { get; init; }
    /// <summary>The whole text of the command, with control characters made visible, so that none deceives an approver; <see langword="null"/> for a session.</summary>
    public string? Command => Text is null ? null : Printable.Escape(Text);
    /// <summary>SHA-256 of the command's bytes (UTF-8), in hex.</summary>
    public string? CommandHash { get; init; }
    /// <summary>Why, as the requester says.</summary>
    public string? Reason { get; init; }
    /// <summary>Good for one use only; otherwise for any number within the window.</summary>
    public bool Once { get; init; }
    /// <summary>From when it was asked for; <see langword="null"/>: from the approval on.</summary>
    public DateTimeOffset? AskedFrom { get; init; }
    /// <summary>Until when it was asked for; <see langword="null"/>: as long as the rule lets it.</summary>
    public DateTimeOffset? AskedUntil { get; init; }
    /// <summary>From when it is approved; <see langword="null"/>: nobody said yes yet.</summary>
    public DateTimeOffset? GrantedFrom { get; init; }
    /// <summary>Until when it is approved. A session of it ends then.</summary>
    public DateTimeOffset? GrantedUntil { get; init; }
    /// <summary>How many approvers were needed when it was made. When it is used the rule of that time counts.</summary>
    public required int Needed { get; init; }
    /// <summary>Names of those who could approve when it was made.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];
    /// <summary>Name of the policy that asked.</summary>
    public required string Policy { get; init; }
    /// <summary>The requester approved it himself in an emergency.</summary>
    public bool BreakGlass { get; init; }
    /// <summary>The caller who made it; differs from <see cref="User"/> when an administrator acts for a user.</summary>
    public required string RequestedBy { get; init; }
    /// <summary>Id of the user that was signed in then; <see langword="null"/>: whoever holds the store.</summary>
    public long? RequestedByUserId { get; init; }
    /// <summary>From where it was made.</summary>
    public required string SourceAddress { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>How long it waits for approvers.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>When it was answered for good, expired or was taken back.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
    /// <summary>How often it was used.</summary>
    public int Uses { get; init; }
    /// <summary>When it was last used.</summary>
    public DateTimeOffset? UsedAt { get; init; }
    /// <summary>The session that last used it.</summary>
    public string? SessionId { get; init; }
    /// <summary>What approvers said, in order.</summary>
    public IReadOnlyList<ApprovalDecision> Decisions { get; init; } = [];

    /// <summary>The command, or the channel of a session; for people.</summary>
    public string What => Command ?? Channel;

    /// <summary>The command, just as it would run.</summary>
    internal string? Text { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{User} → {Account}@{Asset} {What} ({Id})";

    /// <summary>The same with the state at a time: time closes requests, whether or not anyone has written it down yet.</summary>
    internal ApprovalRequest At(DateTimeOffset now) => IsOver(now) ? this with { State = ApprovalState.Expired, ClosedAt = State == ApprovalState.Pending ? ExpiresAt : GrantedUntil } : this;

    private bool IsOver(DateTimeOffset now) => (State == ApprovalState.Pending && ExpiresAt <= now) || (State == ApprovalState.Approved && GrantedUntil <= now);
}

/// <summary>What one approver said.</summary>
/// <param name="Approver">Name of the approver.</param>
/// <param name="ApproverId">Id of the approver.</param>
/// <param name="GivenBy">The caller; differs from the approver when the store's administrator answered for him.</param>
/// <param name="Approved">Yes or no.</param>
/// <param name="Comment">Why.</param>
/// <param name="At">When.</param>
public sealed record ApprovalDecision(string Approver, long ApproverId, string GivenBy, bool Approved, string? Comment, DateTimeOffset At)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Approved ? "yes" : "no")} by {Approver}{(Names.Key(GivenBy) == Names.Key(Approver) ? "" : $" (given by {GivenBy})")}{(Comment is null ? "" : $": {Comment}")}";
}
