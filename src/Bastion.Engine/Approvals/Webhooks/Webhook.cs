namespace Bastion.Approvals.Webhooks;

/// <summary>What a message looks like.</summary>
public enum WebhookShape
{
    /// <summary>Our JSON, with everything in it.</summary>
    Json,
    /// <summary>A text for a group robot of DingTalk.</summary>
    DingTalk,
    /// <summary>A text for an incoming webhook of Slack, and what understands the same.</summary>
    Slack,
}

/// <summary>Someone who is told of requests for approval and of answers to them.</summary>
public sealed record Webhook
{
    /// <summary>Stable id.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>What a message looks like.</summary>
    public required WebhookShape Shape { get; init; }
    /// <summary>Scheme, name and port of the address. The rest of it is a secret with many services, and not shown.</summary>
    public required string Host { get; init; }
    /// <summary>Whether messages are signed.</summary>
    public bool IsSigned { get; init; }
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When a message last arrived.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
    /// <summary>Why the last try failed; <see langword="null"/>: it did not.</summary>
    public string? LastError { get; init; }
    /// <summary>Messages that still wait to be sent.</summary>
    public long Waiting { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A webhook to be made.</summary>
public sealed record NewWebhook
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Where messages go: https; http only to this machine.</summary>
    public required string Url { get; init; }
    /// <summary>What a message looks like.</summary>
    public WebhookShape Shape { get; init; }
    /// <summary>Key for signatures, UTF-8; <see langword="null"/>: messages are not signed.</summary>
    public byte[]? Secret { get; init; }
}

/// <summary>What became of a message that was sent to try a webhook.</summary>
/// <param name="Name">Name of the webhook.</param>
/// <param name="Delivered">Whether it was taken.</param>
/// <param name="Status">The HTTP status of the answer; <see langword="null"/>: there was none.</param>
/// <param name="Error">Why not.</param>
/// <param name="Duration">How long it took.</param>
public sealed record WebhookTest(string Name, bool Delivered, int? Status, string? Error, TimeSpan Duration);

/// <summary>No such webhook.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class WebhookNotFoundException(string name, string? near) : BastionException("WebhookNotFound", ErrorKind.NotFound, Printable.Escape(name),
    $"No webhook is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhWebhook lists them.");

/// <summary>The address of a webhook can't be used. It is not shown, as it can hold a secret.</summary>
/// <param name="name">The webhook.</param>
public sealed class InvalidWebhookUrlException(string name) : BastionException("InvalidWebhookUrl", ErrorKind.InvalidInput, name,
    $"The address of webhook '{name}' can't be used. Write a whole https address without user name and fragment; http goes to this machine only (http://localhost:8080/…).");
