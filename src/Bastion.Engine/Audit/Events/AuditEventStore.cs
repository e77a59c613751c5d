using Bastion.Store;

namespace Bastion.Audit.Events;

/// <summary>Writes audit events in the transaction of the change they tell of: no change without its event, no event without its change.</summary>
internal static class AuditEventStore
{
    private const string Insert = """
        INSERT INTO audit_events (at, caller, source_address, action, subject, owner_account_id, detail)
        VALUES ($at, $caller, $source, $action, $subject, $owner, $detail)
        """;

    private const string Select = """
        SELECT id, at, caller, source_address, action, subject, owner_account_id, detail FROM audit_events
        WHERE ($owner IS NULL OR owner_account_id = $owner) ORDER BY id DESC LIMIT $limit
        """;

    internal static void Record(Connection connection, Caller caller, DateTimeOffset now, string action, string subject, string? owner = null, string? detail = null) =>
        connection.Execute(Insert, ("$at", now), ("$caller", caller.Name), ("$source", caller.SourceAddress.ToString()),
            ("$action", action), ("$subject", subject), ("$owner", owner), ("$detail", detail));

    internal static IReadOnlyList<AuditEvent> Newest(Connection connection, string? owner, int limit) =>
        [.. connection.Query(Select, Read, ("$owner", owner), ("$limit", limit))];

    private static AuditEvent Read(Row row) => new(row.Long("id"), row.Time("at"), row.Text("caller"), row.Text("source_address"),
        row.Text("action"), row.Text("subject"), row.TextOrNull("owner_account_id"), row.TextOrNull("detail"));
}
