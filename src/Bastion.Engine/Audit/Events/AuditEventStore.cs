using Bastion.Store;

namespace Bastion.Audit.Events;

/// <summary>Writes audit events in the transaction of the change they tell of: no change without its event, no event without its change.</summary>
internal static class AuditEventStore
{
    private const string Insert = """
        INSERT INTO audit_events (at, caller, caller_user_id, source_address, action, subject, owner_account_id, detail, before, after)
        VALUES ($at, $caller, $user, $source, $action, $subject, $owner, $detail, $before, $after)
        """;

    // Each way in has its index, whatever else narrows; the newest have the highest ids.
    private const string Conditions = """
          ($caller IS NULL OR caller = $caller COLLATE NOCASE)
          AND ($subject IS NULL OR subject = $subject COLLATE NOCASE)
          AND ($action IS NULL OR action = $action)
          AND ($after IS NULL OR at >= $after)
          AND ($before IS NULL OR at < $before)
        ORDER BY id DESC
        """;

    private const string Newest = "SELECT * FROM audit_events WHERE " + Conditions;
    private const string NewestOfOwner = "SELECT * FROM audit_events WHERE owner_account_id = $owner AND " + Conditions;

    internal static void Record(Connection connection, Caller caller, DateTimeOffset now, string action, string subject, string? owner = null, string? detail = null, (string? Before, string? After) fields = default) =>
        connection.Execute(Insert, ("$at", now), ("$caller", caller.Name), ("$user", caller.UserId), ("$source", caller.SourceAddress.ToString()),
            ("$action", action), ("$subject", subject), ("$owner", owner), ("$detail", detail), ("$before", fields.Before), ("$after", fields.After));

    internal static IEnumerable<AuditEvent> Stream(Database database, AuditEventFilter filter, string? owner) => database.Stream(owner is null ? Newest : NewestOfOwner, Read,
        ("$owner", owner), ("$caller", filter.Callers.Literal()), ("$subject", filter.Subjects.Literal()), ("$action", filter.Actions is [{ IsLiteral: true } only] ? only.Text : null),
        ("$after", filter.After), ("$before", filter.Before));

    private static AuditEvent Read(Row row) => new()
    {
        Id = row.Long("id"),
        At = row.Time("at"),
        Caller = row.Text("caller"),
        CallerUserId = row.LongOrNull("caller_user_id"),
        SourceAddress = row.Text("source_address"),
        Action = row.Text("action"),
        Subject = row.Text("subject"),
        OwnerAccountId = row.TextOrNull("owner_account_id"),
        Detail = row.TextOrNull("detail"),
        Before = row.TextOrNull("before"),
        After = row.TextOrNull("after"),
    };
}
