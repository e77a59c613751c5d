using System.Diagnostics;
using System.Text;
using Bastion.Vault;

namespace Bastion.Approvals.Webhooks;

/// <summary>Who is told of requests for approval and of answers to them.</summary>
public sealed class WebhookService
{
    private readonly EngineContext _context;

    internal WebhookService(EngineContext context) => _context = context;

    /// <summary>Webhooks by name.</summary>
    public IReadOnlyList<Webhook> List() => _context.Database.Read(WebhookStore.List);

    /// <summary>The webhook of a name.</summary>
    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    public Webhook Resolve(string name) => _context.Database.Read(connection => WebhookStore.Resolve(connection, name));

    /// <summary>Makes a webhook. It is told of what happens from now on.</summary>
    /// <exception cref="BastionException">The name is taken or bad, or the address can't be used.</exception>
    public Webhook Add(Caller caller, NewWebhook webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return _context.Change(caller, change =>
        {
            string name = Names.Check("webhook", webhook.Name);
            Uri url = CheckUrl(name, webhook.Url);
            Names.RefuseTwin("webhook", name, null, key => WebhookStore.List(change.Connection).Any(w => Names.Key(w.Name) == key));
            var made = new Webhook { Name = name, Shape = webhook.Shape, Host = url.GetLeftPart(UriPartial.Authority), IsSigned = webhook.Secret is { Length: > 0 }, CreatedAt = change.Now };
            made = made with { Id = WebhookStore.Add(change.Connection, made) };
            change.Vault.Put(change.Connection, WebhookOutbox.Purpose(made.Id, "url"), Encoding.UTF8.GetBytes(url.AbsoluteUri), change.Now);
            if (made.IsSigned) change.Vault.Put(change.Connection, WebhookOutbox.Purpose(made.Id, "secret"), webhook.Secret, change.Now);
            change.Audit("webhook.added", name, detail: $"{made.Shape} to {made.Host}{(made.IsSigned ? ", signed" : "")}");
            return made;
        });
    }

    /// <summary>Removes a webhook, and what still waits to be sent to it.</summary>
    /// <exception cref="WebhookNotFoundException">There is none.</exception>
    public Webhook Remove(Caller caller, string name) => _context.Change(caller, change =>
    {
        Webhook webhook = WebhookStore.Resolve(change.Connection, name);
        WebhookStore.Remove(change.Connection, webhook.Id);
        SecretStore.Remove(change.Connection, WebhookOutbox.Purpose(webhook.Id, "url"));
        SecretStore.Remove(change.Connection, WebhookOutbox.Purpose(webhook.Id, "secret"));
        change.Audit("webhook.removed", webhook.Name, detail: $"{webhook.Shape} to {webhook.Host}");
        return webhook;
    });

    /// <summary>Sends a message to try a webhook, and waits for the answer.</summary>
    /// <exception cref="BastionException">There is none, or the caller may not.</exception>
    public async Task<WebhookTest> TestAsync(Caller caller, string name, CancellationToken stop)
    {
        Webhook webhook = _context.Change(caller, change =>
        {
            Webhook found = WebhookStore.Resolve(change.Connection, name);
            change.Audit("webhook.tested", found.Name);
            return found;
        });
        long began = Stopwatch.GetTimestamp();
        (int? status, string? error) = await WebhookOutbox.SendAsync(_context, webhook, WebhookText.OfTest(webhook.Name, _context.Now), stop);
        _context.Database.Write(connection => WebhookStore.Note(connection, webhook.Id, error, _context.Now));
        return new WebhookTest(webhook.Name, error is null, status, error, Stopwatch.GetElapsedTime(began));
    }

    private static Uri CheckUrl(string name, string url)
    {
        bool good = Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && (parsed.Scheme == Uri.UriSchemeHttps || (parsed.Scheme == Uri.UriSchemeHttp && parsed.IsLoopback))
            && parsed.UserInfo.Length == 0 && parsed.Fragment.Length == 0;
        return good ? parsed! : throw new InvalidWebhookUrlException(name);
    }
}
