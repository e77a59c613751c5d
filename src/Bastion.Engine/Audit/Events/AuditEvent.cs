namespace Bastion.Audit.Events;

/// <summary>One administrative change or other deed worth telling.</summary>
public sealed record AuditEvent
{
    /// <summary>Grows with time.</summary>
    public required long Id { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Who.</summary>
    public required string Caller { get; init; }
    /// <summary>The id of the user that was signed in; <see langword="null"/>: whoever held the store.</summary>
    public long? CallerUserId { get; init; }
    /// <summary>From where.</summary>
    public required string SourceAddress { get; init; }
    /// <summary>What, e.g. <c>grant.added</c>.</summary>
    public required string Action { get; init; }
    /// <summary>To what: a name.</summary>
    public required string Subject { get; init; }
    /// <summary>Owner of what it was done to; <see langword="null"/>: none, or several.</summary>
    public string? OwnerAccountId { get; init; }
    /// <summary>More, for people.</summary>
    public string? Detail { get; init; }
    /// <summary>The fields that changed, as they were, as a JSON object; <see langword="null"/>: nothing was there. Never a secret.</summary>
    public string? Before { get; init; }
    /// <summary>The same fields, as they are since; <see langword="null"/>: nothing is there any more.</summary>
    public string? After { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action}: {Subject}";
}

/// <summary>Which events; what is not set does not narrow.</summary>
public sealed record AuditEventFilter
{
    /// <summary>Actions with wildcards, e.g. <c>grant.*</c>; several add up.</summary>
    public IReadOnlyList<NamePattern> Actions { get; init; } = [];
    /// <summary>Names of callers with wildcards.</summary>
    public IReadOnlyList<NamePattern> Callers { get; init; } = [];
    /// <summary>Subjects with wildcards.</summary>
    public IReadOnlyList<NamePattern> Subjects { get; init; } = [];
    /// <summary>Owner account ids; several add up.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
    /// <summary>At or after.</summary>
    public DateTimeOffset? After { get; init; }
    /// <summary>Before.</summary>
    public DateTimeOffset? Before { get; init; }

    internal bool Fits(AuditEvent happened) => Actions.Fit(happened.Action) && Callers.Fit(happened.Caller) && Subjects.Fit(happened.Subject);
}
