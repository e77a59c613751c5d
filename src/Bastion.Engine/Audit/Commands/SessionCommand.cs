namespace Bastion.Audit.Commands;

/// <summary>What was decided about a command.</summary>
public enum CommandDecision
{
    /// <summary>Not known to this version.</summary>
    Unknown,
    /// <summary>It ran.</summary>
    Allowed,
    /// <summary>It never reached the asset.</summary>
    Denied,
}

/// <summary>One command that was entered in a session: of a checked shell, or the one that Invoke-BhCommand ran.</summary>
public sealed record SessionCommand
{
    /// <summary>Id; grows with time.</summary>
    public required long Id { get; init; }
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }
    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>The Bastion user.</summary>
    public required string User { get; init; }
    /// <summary>Name of the asset at the time.</summary>
    public required string Asset { get; init; }
    /// <summary>Account on the asset.</summary>
    public required string Account { get; init; }
    /// <summary>The account that owned the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>The text, which may have several lines.</summary>
    public required string Command { get; init; }
    /// <summary>What was decided.</summary>
    public required CommandDecision Decision { get; init; }
    /// <summary>The policy that decided; <see langword="null"/>: none restricts commands.</summary>
    public string? Policy { get; init; }
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
    /// <summary>Its exit code; <see langword="null"/>: it did not run, or its end is not known.</summary>
    public int? ExitCode { get; init; }
    /// <summary>How long it ran; <see langword="null"/>: it did not, or its end is not known.</summary>
    public TimeSpan? Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Printable.Escape(Command);
}

/// <summary>Which commands; what is not set does not narrow.</summary>
public sealed record SessionCommandFilter
{
    /// <summary>Ids of sessions; several add up.</summary>
    public IReadOnlyList<string> SessionIds { get; init; } = [];
    /// <summary>Owner account ids; several add up.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
    /// <summary>User names with wildcards.</summary>
    public IReadOnlyList<NamePattern> Users { get; init; } = [];
    /// <summary>Asset names with wildcards.</summary>
    public IReadOnlyList<NamePattern> Assets { get; init; } = [];
    /// <summary>Texts with wildcards; without any, the text as a whole.</summary>
    public IReadOnlyList<NamePattern> Commands { get; init; } = [];
    /// <summary>Decisions; several add up.</summary>
    public IReadOnlyList<CommandDecision> Decisions { get; init; } = [];
    /// <summary>Decided at or after.</summary>
    public DateTimeOffset? After { get; init; }
    /// <summary>Decided before.</summary>
    public DateTimeOffset? Before { get; init; }
}
