using Bastion.Store;

namespace Bastion.Audit.Sessions;

internal static class SessionAuditStore
{
    private const string Conditions = """
          ($owner IS NULL OR owner_account_id = $owner)
          AND ($user IS NULL OR user_name = $user COLLATE NOCASE)
          AND ($asset IS NULL OR asset_name = $asset COLLATE NOCASE)
          AND ($after IS NULL OR started_at >= $after)
          AND ($before IS NULL OR started_at < $before)
          AND ($state IS NULL OR state = $state)
        ORDER BY started_at DESC, id DESC
        """;

    private const string Newest = "SELECT * FROM sessions WHERE " + Conditions;
    private const string NewestOfOwner = "SELECT * FROM sessions WHERE owner_account_id = $owner AND " + Conditions;
    private const string ById = "SELECT * FROM sessions WHERE id = $id";
    private const string Unsealed = "SELECT * FROM sessions WHERE recording IS NOT NULL AND recording_head IS NULL ORDER BY id";

    private const string Insert = """
        INSERT INTO sessions (id, user_name, user_id, asset_id, asset_name, asset_address, account_name, owner_account_id, protocol, channel, command,
                              source_address, started_by, process_id, started_at, ended_at, state, end_reason, decision, recording)
        VALUES ($id, $user, $userId, $assetId, $asset, $address, $account, $owner, $protocol, $channel, $command,
                $source, $by, $process, $started, $ended, $state, $reason, $decision, $recording)
        """;

    private const string Finish = """
        UPDATE sessions SET state = $state, end_reason = $reason, ended_at = $ended, exit_code = $exit, output_bytes = $output, input_bytes = $input, recording = $recording, recording_head = $head
        WHERE id = $id AND state IN ('Starting', 'Running')
        """;

    private const string Seal = """
        UPDATE sessions SET output_bytes = $output, input_bytes = $input, recording_head = $head
        WHERE id = $id AND state NOT IN ('Starting', 'Running') AND recording_head IS NULL
        """;

    internal static (string Sql, (string Name, object? Value)[] Parameters) Filter(SessionAuditFilter filter, string? owner) => (owner is null ? Newest : NewestOfOwner,
    [
        ("$owner", owner), ("$user", filter.Users.Literal()), ("$asset", filter.Assets.Literal()),
        ("$after", filter.After), ("$before", filter.Before), ("$state", filter.States is [var only] ? only : null),
    ]);

    internal static SessionAudit? Find(Connection connection, string id) => connection.Query(ById, Read, ("$id", id)).FirstOrDefault();

    /// <summary>Sessions whose recording is not sealed: they run, their process died, or the disk did not take the end.</summary>
    internal static IReadOnlyList<SessionAudit> AllUnsealed(Connection connection) => [.. connection.Query(Unsealed, Read)];

    internal static void Add(Connection connection, SessionAudit session) => connection.Execute(Insert,
        ("$id", session.Id), ("$user", session.User), ("$userId", session.UserId), ("$assetId", session.AssetId), ("$asset", session.Asset), ("$address", session.AssetAddress),
        ("$account", session.Account), ("$owner", session.OwnerAccountId), ("$protocol", session.Protocol), ("$channel", session.Channel), ("$command", session.Command),
        ("$source", session.SourceAddress), ("$by", session.StartedBy), ("$process", Environment.ProcessId), ("$started", session.StartedAt), ("$ended", session.EndedAt),
        ("$state", session.State), ("$reason", session.EndReason), ("$decision", session.Decision), ("$recording", session.Recording));

    internal static void Run(Connection connection, string id) => connection.Execute("UPDATE sessions SET state = 'Running' WHERE id = $id AND state = 'Starting'", ("$id", id));

    /// <summary>Writes the end, once: a session that has ended already stays as it is.</summary>
    internal static void End(Connection connection, SessionAudit session) => connection.Execute(Finish,
        ("$id", session.Id), ("$state", session.State), ("$reason", session.EndReason), ("$ended", session.EndedAt), ("$exit", session.ExitCode),
        ("$output", session.OutputBytes), ("$input", session.InputBytes), ("$recording", session.Recording), ("$head", session.RecordingHead));

    /// <summary>Writes what the recording of an ended session holds, once it is sealed.</summary>
    internal static void SealLater(Connection connection, SessionAudit session) => connection.Execute(Seal,
        ("$id", session.Id), ("$output", session.OutputBytes), ("$input", session.InputBytes), ("$head", session.RecordingHead));

    internal static IReadOnlyList<string> UserNames(Connection connection) => [.. connection.Query("SELECT DISTINCT user_name FROM sessions ORDER BY 1", row => row.Text("user_name"))];

    internal static SessionAudit Read(Row row) => new()
    {
        Id = row.Text("id"),
        User = row.Text("user_name"),
        UserId = row.LongOrNull("user_id"),
        Asset = row.Text("asset_name"),
        AssetId = row.Long("asset_id"),
        AssetAddress = row.Text("asset_address"),
        Account = row.Text("account_name"),
        OwnerAccountId = row.Text("owner_account_id"),
        Protocol = row.Text("protocol"),
        Channel = row.Text("channel"),
        Command = row.TextOrNull("command"),
        SourceAddress = row.Text("source_address"),
        StartedBy = row.Text("started_by"),
        StartedAt = row.Time("started_at"),
        EndedAt = row.TimeOrNull("ended_at"),
        State = row.Word<SessionState>("state"),
        EndReason = row.TextOrNull("end_reason"),
        ExitCode = row.IntOrNull("exit_code"),
        Decision = row.Text("decision"),
        Recording = row.TextOrNull("recording"),
        OutputBytes = row.Long("output_bytes"),
        InputBytes = row.Long("input_bytes"),
        RecordingHead = row.TextOrNull("recording_head"),
    };
}
