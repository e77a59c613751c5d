namespace Bastion.Audit.Sessions;

/// <summary>What became of a session.</summary>
public enum SessionState
{
    /// <summary>Not known to this version.</summary>
    Unknown,
    /// <summary>Allowed; connecting.</summary>
    Starting,
    /// <summary>Open.</summary>
    Running,
    /// <summary>Ended in order.</summary>
    Ended,
    /// <summary>Broke off: the process that held it died.</summary>
    Broken,
    /// <summary>Not allowed; never began.</summary>
    Denied,
    /// <summary>Allowed, but could not be opened.</summary>
    Failed,
}

/// <summary>One session as the audit tells it; one that was denied is told too.</summary>
public sealed record SessionAudit
{
    /// <summary>Id; sorts by start.</summary>
    public required string Id { get; init; }
    /// <summary>The same as <see cref="Id"/>, so that it binds by property name.</summary>
    public string SessionId => Id;
    /// <summary>The Bastion user.</summary>
    public required string User { get; init; }
    /// <summary>Id of the user; <see langword="null"/>: from before ids were kept.</summary>
    public long? UserId { get; init; }
    /// <summary>Name of the asset at the time.</summary>
    public required string Asset { get; init; }
    /// <summary>Id of the asset at the time.</summary>
    public required long AssetId { get; init; }
    /// <summary>Address and port that were used.</summary>
    public required string AssetAddress { get; init; }
    /// <summary>Account on the asset.</summary>
    public required string Account { get; init; }
    /// <summary>The account that owned the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>E.g. <c>SSH</c>.</summary>
    public required string Protocol { get; init; }
    /// <summary>What was opened, e.g. <c>SshShell</c>.</summary>
    public required string Channel { get; init; }
    /// <summary>The command, for sessions that run just one.</summary>
    public string? Command { get; init; }
    /// <summary>Where the user sat.</summary>
    public required string SourceAddress { get; init; }
    /// <summary>Who started it at the front door; differs from <see cref="User"/> when an administrator acts for a user.</summary>
    public required string StartedBy { get; init; }
    /// <summary>When it began, or was denied.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>How long it lasted.</summary>
    public TimeSpan? Duration => EndedAt - StartedAt;
    /// <summary>What became of it.</summary>
    public required SessionState State { get; init; }
    /// <summary>Why it ended or was denied.</summary>
    public string? EndReason { get; init; }
    /// <summary>Exit code of the shell or command.</summary>
    public int? ExitCode { get; init; }
    /// <summary>Which policy decided what, and why, as JSON.</summary>
    public required string Decision { get; init; }
    /// <summary>Path of the recording; <see langword="null"/> when there is none.</summary>
    public string? Recording { get; init; }
    /// <summary>Bytes that the asset sent.</summary>
    public long OutputBytes { get; init; }
    /// <summary>Bytes that the user sent.</summary>
    public long InputBytes { get; init; }
    /// <summary>Hash over the recording's chain of frames.</summary>
    public string? RecordingHead { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Which sessions; what is not set does not narrow.</summary>
public sealed record SessionAuditFilter
{
    /// <summary>Ids.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    /// <summary>Owner account ids; several add up.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
    /// <summary>User names with wildcards.</summary>
    public IReadOnlyList<NamePattern> Users { get; init; } = [];
    /// <summary>Asset names with wildcards.</summary>
    public IReadOnlyList<NamePattern> Assets { get; init; } = [];
    /// <summary>States; several add up.</summary>
    public IReadOnlyList<SessionState> States { get; init; } = [];
    /// <summary>Began at or after.</summary>
    public DateTimeOffset? After { get; init; }
    /// <summary>Began before.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>No such session.</summary>
/// <param name="id">What was asked for.</param>
public sealed class SessionNotFoundException(string id) : BastionException("SessionNotFound", ErrorKind.NotFound, Printable.Escape(id),
    $"The audit has no session '{Printable.Escape(id)}'. Get-BhSessionAudit lists them.");

/// <summary>The session has no recording.</summary>
/// <param name="id">The session.</param>
/// <param name="state">What became of it.</param>
public sealed class RecordingMissingException(string id, SessionState state) : BastionException("RecordingMissing", ErrorKind.NotFound, id,
    state is SessionState.Denied or SessionState.Failed ? $"Session '{id}' never began ({state}), so there is no recording."
        : $"The recording of session '{id}' is missing. Check the recordings folder, and find out who removed it.");
