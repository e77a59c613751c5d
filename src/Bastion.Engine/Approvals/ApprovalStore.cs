using System.Text.Json;
using Bastion.Store;

namespace Bastion.Approvals;

internal static class ApprovalStore
{
    private const string ById = "SELECT * FROM approval_requests WHERE id = $id";
    private const string Newest = "SELECT * FROM approval_requests ORDER BY created_at DESC, id";
    private const string OpenOf = "SELECT * FROM approval_requests WHERE user_id = $user AND asset_id = $asset AND state IN ('Pending', 'Approved') ORDER BY created_at, id";
    private const string DecisionsOf = "SELECT * FROM approval_decisions WHERE request_id = $id ORDER BY at, user_id";

    private const string Over = """
        SELECT * FROM approval_requests
        WHERE state IN ('Pending', 'Approved') AND ((state = 'Pending' AND expires_at <= $now) OR (state = 'Approved' AND granted_until <= $now))
        """;

    private const string Insert = """
        INSERT INTO approval_requests (id, kind, state, user_id, user_name, asset_id, asset_name, owner_account_id, account_id, account_name, protocol, channel,
               command, command_hash, reason, once, asked_from, asked_until, needed, approvers, policy, requested_by, caller_user_id, source_address, created_at, expires_at)
        VALUES ($id, $kind, $state, $user, $userName, $asset, $assetName, $owner, $account, $accountName, $protocol, $channel,
               $command, $hash, $reason, $once, $from, $until, $needed, $approvers, $policy, $by, $callerUser, $source, $created, $expires)
        """;

    private const string Update = """
        UPDATE approval_requests SET state = $state, once = $once, granted_from = $from, granted_until = $until, break_glass = $breakGlass,
               closed_at = $closed, uses = $uses, used_at = $used, session_id = $session
        WHERE id = $id
        """;

    private const string Say = """
        INSERT INTO approval_decisions (request_id, user_id, user_name, given_by, approved, comment, at) VALUES ($id, $user, $name, $by, $approved, $comment, $at)
        ON CONFLICT (request_id, user_id) DO UPDATE SET user_name = excluded.user_name, given_by = excluded.given_by, approved = excluded.approved, comment = excluded.comment, at = excluded.at
        """;

    /// <exception cref="ApprovalNotFoundException">There is none.</exception>
    internal static ApprovalRequest Get(Connection connection, string id) =>
        connection.Query(ById, Read, ("$id", id)).Select(request => WithDecisions(connection, request)).FirstOrDefault() ?? throw new ApprovalNotFoundException(id);

    internal static IReadOnlyList<ApprovalRequest> List(Connection connection) => [.. connection.Query(Newest, Read).ToList().Select(request => WithDecisions(connection, request))];

    /// <summary>Requests of a user for an asset that can still come to something, the oldest first.</summary>
    internal static IReadOnlyList<ApprovalRequest> Open(Connection connection, long user, long asset) =>
        [.. connection.Query(OpenOf, Read, ("$user", user), ("$asset", asset)).ToList().Select(request => WithDecisions(connection, request))];

    /// <summary>Requests that time has closed, and nobody has written it down.</summary>
    internal static IReadOnlyList<ApprovalRequest> TimedOut(Connection connection, DateTimeOffset now) => [.. connection.Query(Over, Read, ("$now", now))];

    internal static void Add(Connection connection, ApprovalRequest request) => connection.Execute(Insert,
        ("$id", request.Id), ("$kind", request.Kind), ("$state", request.State), ("$user", request.UserId), ("$userName", request.User), ("$asset", request.AssetId),
        ("$assetName", request.Asset), ("$owner", request.OwnerAccountId), ("$account", request.AccountId), ("$accountName", request.Account), ("$protocol", request.Protocol),
        ("$channel", request.Channel), ("$command", request.Text), ("$hash", request.CommandHash), ("$reason", request.Reason), ("$once", request.Once),
        ("$from", request.AskedFrom), ("$until", request.AskedUntil), ("$needed", (long)request.Needed), ("$approvers", JsonSerializer.Serialize(request.Approvers)), ("$policy", request.Policy),
        ("$by", request.RequestedBy), ("$callerUser", request.RequestedByUserId), ("$source", request.SourceAddress), ("$created", request.CreatedAt), ("$expires", request.ExpiresAt));

    internal static void Change(Connection connection, ApprovalRequest request) => connection.Execute(Update,
        ("$id", request.Id), ("$state", request.State), ("$once", request.Once), ("$from", request.GrantedFrom), ("$until", request.GrantedUntil), ("$breakGlass", request.BreakGlass),
        ("$closed", request.ClosedAt), ("$uses", (long)request.Uses), ("$used", request.UsedAt), ("$session", request.SessionId));

    internal static void Decide(Connection connection, string id, ApprovalDecision decision) => connection.Execute(Say,
        ("$id", id), ("$user", decision.ApproverId), ("$name", decision.Approver), ("$by", decision.GivenBy), ("$approved", decision.Approved), ("$comment", decision.Comment), ("$at", decision.At));

    private static ApprovalRequest WithDecisions(Connection connection, ApprovalRequest request) => request with
    {
        Decisions = [.. connection.Query(DecisionsOf, row => new ApprovalDecision(row.Text("user_name"), row.Long("user_id"), row.Text("given_by"), row.Flag("approved"), row.TextOrNull("comment"), row.Time("at")), ("$id", request.Id))],
    };

    private static ApprovalRequest Read(Row row) => new()
    {
        Id = row.Text("id"),
        Kind = row.Word<ApprovalKind>("kind"),
        State = row.Word<ApprovalState>("state"),
        User = row.Text("user_name"),
        UserId = row.Long("user_id"),
        Asset = row.Text("asset_name"),
        AssetId = row.Long("asset_id"),
        OwnerAccountId = row.Text("owner_account_id"),
        Account = row.Text("account_name"),
        AccountId = row.Long("account_id"),
        Protocol = row.Text("protocol"),
        Channel = row.Text("channel"),
        Text = row.TextOrNull("command"),
        CommandHash = row.TextOrNull("command_hash"),
        Reason = row.TextOrNull("reason"),
        Once = row.Flag("once"),
        AskedFrom = row.TimeOrNull("asked_from"),
        AskedUntil = row.TimeOrNull("asked_until"),
        GrantedFrom = row.TimeOrNull("granted_from"),
        GrantedUntil = row.TimeOrNull("granted_until"),
        Needed = (int)row.Long("needed"),
        Approvers = JsonSerializer.Deserialize<string[]>(row.Text("approvers")) ?? [],
        Policy = row.Text("policy"),
        BreakGlass = row.Flag("break_glass"),
        RequestedBy = row.Text("requested_by"),
        RequestedByUserId = row.LongOrNull("caller_user_id"),
        SourceAddress = row.Text("source_address"),
        CreatedAt = row.Time("created_at"),
        ExpiresAt = row.Time("expires_at"),
        ClosedAt = row.TimeOrNull("closed_at"),
        Uses = (int)row.Long("uses"),
        UsedAt = row.TimeOrNull("used_at"),
        SessionId = row.TextOrNull("session_id"),
    };
}
