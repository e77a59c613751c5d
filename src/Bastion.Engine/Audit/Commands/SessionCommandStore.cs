using Bastion.Store;

namespace Bastion.Audit.Commands;

internal static class SessionCommandStore
{
    private const string Select = """
        SELECT c.*, s.user_name, s.asset_name, s.account_name
        FROM session_commands c JOIN sessions s ON s.id = c.session_id
        WHERE
        """;

    private const string Conditions = """
          ($session IS NULL OR c.session_id = $session)
          AND ($owner IS NULL OR c.owner_account_id = $owner)
          AND ($decision IS NULL OR c.decision = $decision)
          AND ($after IS NULL OR c.at >= $after)
          AND ($before IS NULL OR c.at < $before)
        ORDER BY c.at DESC, c.id DESC
        """;

    private const string Newest = Select + " " + Conditions;
    private const string OfOwner = Select + " c.owner_account_id = $owner AND " + Conditions;
    private const string OfSession = Select + " c.session_id = $session AND " + Conditions;

    private const string Insert = """
        INSERT INTO session_commands (session_id, owner_account_id, at, command, decision, policy, reason)
        VALUES ($session, $owner, $at, $command, $decision, $policy, $reason)
        RETURNING id
        """;

    private const string Finish = "UPDATE session_commands SET exit_code = $exit, duration = $duration WHERE id = $id";

    private const string LastOnAsset = """
        SELECT c.command
        FROM sessions s JOIN session_commands c ON c.session_id = s.id
        WHERE s.user_id = $user AND s.asset_id = $asset AND s.channel = 'SshShell'
        ORDER BY s.started_at DESC, c.id DESC
        LIMIT $count
        """;

    internal static (string Sql, (string Name, object? Value)[] Parameters) Filter(SessionCommandFilter filter, string? session, string? owner) =>
        (session is not null ? OfSession : owner is not null ? OfOwner : Newest,
        [
            ("$session", session), ("$owner", owner), ("$decision", filter.Decisions is [var only] ? only : null),
            ("$after", filter.After), ("$before", filter.Before),
        ]);

    /// <summary>Takes a command down; its id.</summary>
    internal static long Add(Connection connection, SessionCommand command) => connection.Scalar<long>(Insert,
        ("$session", command.SessionId), ("$owner", command.OwnerAccountId), ("$at", command.At), ("$command", command.Command),
        ("$decision", command.Decision), ("$policy", command.Policy), ("$reason", command.Reason));

    internal static void End(Connection connection, long id, int? exitCode, TimeSpan? duration) =>
        connection.Execute(Finish, ("$id", id), ("$exit", exitCode), ("$duration", duration));

    /// <summary>What a user has entered last in shells on an asset, oldest first.</summary>
    internal static IReadOnlyList<string> Last(Connection connection, long user, long assetId, int count) =>
        [.. connection.Query(LastOnAsset, row => row.Text("command"), ("$user", user), ("$asset", assetId), ("$count", count)).Reverse()];

    internal static SessionCommand Read(Row row) => new()
    {
        Id = row.Long("id"),
        SessionId = row.Text("session_id"),
        At = row.Time("at"),
        User = row.Text("user_name"),
        Asset = row.Text("asset_name"),
        Account = row.Text("account_name"),
        OwnerAccountId = row.Text("owner_account_id"),
        Command = row.Text("command"),
        Decision = row.Word<CommandDecision>("decision"),
        Policy = row.TextOrNull("policy"),
        Reason = row.Text("reason"),
        ExitCode = row.IntOrNull("exit_code"),
        Duration = row.LongOrNull("duration") is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
    };
}
