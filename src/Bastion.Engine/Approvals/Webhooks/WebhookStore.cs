using Bastion.Store;

namespace Bastion.Approvals.Webhooks;

internal static class WebhookStore
{
    private const string All = "SELECT w.*, (SELECT count(*) FROM webhook_messages m WHERE m.webhook_id = w.id) AS waiting FROM webhooks w ORDER BY w.name_key";
    private const string Insert = "INSERT INTO webhooks (name, name_key, shape, host, is_signed, created_at) VALUES ($name, $key, $shape, $host, $signed, $now) RETURNING id";
    private const string Enqueue = "INSERT INTO webhook_messages (webhook_id, event, body, tries, next_at) SELECT id, $event, $body, 0, $now FROM webhooks";
    private const string Due = "SELECT * FROM webhook_messages WHERE next_at <= $now ORDER BY next_at, id LIMIT 1";
    private const string Try = "UPDATE webhook_messages SET tries = tries + 1, next_at = $next WHERE id = $id";
    private const string Delivered = "UPDATE webhooks SET delivered_at = $now, last_error = NULL WHERE id = $id";
    private const string Failed = "UPDATE webhooks SET last_error = $error WHERE id = $id";

    internal static IReadOnlyList<Webhook> List(Connection connection) => [.. connection.Query(All, Read)];

    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    internal static Webhook Resolve(Connection connection, string name)
    {
        IReadOnlyList<Webhook> all = List(connection);
        return all.FirstOrDefault(w => Names.Key(w.Name) == Names.Key(name)) ?? throw new WebhookNotFoundException(name, Names.Nearest(name, all.Select(w => w.Name)));
    }

    internal static long Add(Connection connection, Webhook webhook) => connection.Scalar<long>(Insert,
        ("$name", webhook.Name), ("$key", Names.Key(webhook.Name)), ("$shape", webhook.Shape), ("$host", webhook.Host), ("$signed", webhook.IsSigned), ("$now", webhook.CreatedAt));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM webhooks WHERE id = $id", ("$id", id));

    /// <summary>A message for every webhook, in the transaction of what it tells of.</summary>
    internal static void Tell(Connection connection, string @event, string body, DateTimeOffset now) => connection.Execute(Enqueue, ("$event", @event), ("$body", body), ("$now", now));

    /// <summary>Takes the next message that is due; nobody else gets it before the time that is given for this try.</summary>
    internal static WebhookMessage? Take(Connection connection, DateTimeOffset now, Func<int, TimeSpan> next)
    {
        WebhookMessage? message = connection.Query(Due, row => new WebhookMessage(row.Long("id"), row.Long("webhook_id"), row.Text("event"), row.Text("body"), (int)row.Long("tries") + 1), ("$now", now)).FirstOrDefault();
        if (message is not null) connection.Execute(Try, ("$id", message.Id), ("$next", now + next(message.Tries)));
        return message;
    }

    internal static DateTimeOffset? NextDue(Connection connection) => connection.Query("SELECT min(next_at) AS next_at FROM webhook_messages", row => row.TimeOrNull("next_at")).Single();

    internal static void Drop(Connection connection, long message) => connection.Execute("DELETE FROM webhook_messages WHERE id = $id", ("$id", message));

    internal static void Note(Connection connection, long webhook, string? error, DateTimeOffset now)
    {
        if (error is null) connection.Execute(Delivered, ("$id", webhook), ("$now", now));
        else connection.Execute(Failed, ("$id", webhook), ("$error", error));
    }

    private static Webhook Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Shape = row.Word<WebhookShape>("shape"),
        Host = row.Text("host"),
        IsSigned = row.Flag("is_signed"),
        CreatedAt = row.Time("created_at"),
        DeliveredAt = row.TimeOrNull("delivered_at"),
        LastError = row.TextOrNull("last_error"),
        Waiting = row.Long("waiting"),
    };
}

/// <summary>A message that waits to be sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="WebhookId">To whom.</param>
/// <param name="Event">What it tells of.</param>
/// <param name="Body">Our JSON.</param>
/// <param name="Tries">How often it was tried, with this time.</param>
internal sealed record WebhookMessage(long Id, long WebhookId, string Event, string Body, int Tries);
