using System.Net;
using System.Security.Cryptography;
using Bastion.Audit.Events;

namespace Bastion.Approvals.Webhooks;

/// <summary>
/// Sends in the background what waits to be sent. Messages are written in the transaction of what they tell of; the process that is there sends them,
/// and what it does not get to is left to the next. Nobody waits for it, and nothing fails because of it.
/// </summary>
internal sealed class WebhookOutbox : IDisposable
{
    // Before each next try; longer than a try takes, so that no other process sends the same meanwhile. After the last it is given up.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];
    private static readonly Caller Self = new("bastion", IPAddress.Loopback, FrontDoor.Module, IsAdministrator: false);

    private readonly EngineContext _context;
    private readonly ITimer _later;
    private readonly CancellationTokenSource _end = new();
    private readonly object _gate = new();
    private Task _sending = Task.CompletedTask;
    private bool _more;
    private bool _runs;

    internal WebhookOutbox(EngineContext context)
    {
        _context = context;
        _later = context.Clock.CreateTimer(_ => Kick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something waits, or could: it is sent in the background.</summary>
    internal void Kick()
    {
        lock (_gate)
        {
            _more = true;
            if (_runs || _end.IsCancellationRequested) return;
            _runs = true;
            _sending = Task.Run(SendAsync, CancellationToken.None);
        }
    }

    /// <summary>Completed when there is nothing to send now.</summary>
    internal Task Idle
    {
        get
        {
            lock (_gate) return _sending;
        }
    }

    public void Dispose()
    {
        if (_end.IsCancellationRequested) return;
        _later.Dispose();
        _end.Cancel();
        if (Idle.Wait(WebhookSender.Patience, CancellationToken.None)) _end.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            while (HasMore())
            {
                // Read first: with nothing to send nobody is kept from writing.
                while (_context.Database.Read(WebhookStore.NextDue) is { } due)
                {
                    TimeSpan early = due - _context.Now;
                    if (early > TimeSpan.Zero)
                    {
                        _later.Change(early, Timeout.InfiniteTimeSpan);
                        break;
                    }

                    if (Take() is { } message) await SendAsync(message);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or BastionException)
        {
            // The store is closed, or can't be written: then whoever comes next sends it.
            lock (_gate) _runs = false;
        }
    }

    private WebhookMessage? Take() => _context.Database.Write(connection => WebhookStore.Take(connection, _context.Now, tries => Waits[Math.Min(tries, Waits.Length) - 1]));

    private bool HasMore()
    {
        lock (_gate)
        {
            _runs = _more;
            _more = false;
            return _runs;
        }
    }

    private async Task SendAsync(WebhookMessage message)
    {
        if (_context.Database.Read(connection => WebhookStore.List(connection).FirstOrDefault(w => w.Id == message.WebhookId)) is not { } webhook) return;
        (_, string? error) = await SendAsync(_context, webhook, message.Body, _end.Token);
        _context.Database.Write(connection =>
        {
            WebhookStore.Note(connection, webhook.Id, error, _context.Now);
            if (error is null || message.Tries >= Waits.Length) WebhookStore.Drop(connection, message.Id);
            if (error is not null && message.Tries >= Waits.Length) AuditEventStore.Record(connection, Self, _context.Now, "webhook.failed", webhook.Name, detail: $"{message.Event} was not delivered: {error}");
        });
    }

    internal static async Task<(int? Status, string? Error)> SendAsync(EngineContext context, Webhook webhook, string body, CancellationToken stop)
    {
        byte[]? secret = null;
        try
        {
            (Uri? url, secret) = context.Database.Read(connection => (
                context.Vault.GetText(connection, Purpose(webhook.Id, "url")) is { } text ? new Uri(text) : null,
                context.Vault.Get(connection, Purpose(webhook.Id, "secret"))));
            return url is null ? (null, "its address is not in the vault") : await WebhookSender.SendAsync(webhook.Shape, url, secret, body, context.Clock.GetUtcNow(), stop);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    internal static string Purpose(long webhook, string what) => $"webhook/{webhook}/{what}";
}
