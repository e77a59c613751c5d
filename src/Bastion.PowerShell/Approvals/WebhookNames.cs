namespace Bastion.PowerShell.Approvals;

/// <summary>Names of webhooks.</summary>
public sealed class WebhookNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.Webhooks.List().Select(webhook => new Name(webhook.Name, $"{webhook.Shape} to {webhook.Host}"));
}
