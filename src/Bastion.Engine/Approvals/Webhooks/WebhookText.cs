using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastion.Approvals.Webhooks;

/// <summary>What messages say.</summary>
internal static class WebhookText
{
    private const int LongestCommand = 500;

    /// <summary>Our JSON for a step of a request.</summary>
    internal static string Of(string @event, ApprovalRequest request, DateTimeOffset at) => new JsonObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["event"] = @event,
        ["at"] = Show(at),
        ["text"] = Sentence(@event, request),
        ["request"] = new JsonObject
        {
            ["id"] = request.Id,
            ["kind"] = request.Kind.ToString(),
            ["state"] = request.State.ToString(),
            ["user"] = request.User,
            ["asset"] = request.Asset,
            ["ownerAccountId"] = request.OwnerAccountId,
            ["account"] = request.Account,
            ["protocol"] = request.Protocol,
            ["channel"] = request.Channel,
            ["command"] = request.Command,
            ["commandHash"] = request.CommandHash,
            ["reason"] = request.Reason,
            ["once"] = request.Once,
            ["breakGlass"] = request.BreakGlass,
            ["policy"] = request.Policy,
            ["needed"] = request.Needed,
            ["approvers"] = new JsonArray([.. request.Approvers.Select(name => (JsonNode)name)]),
            ["decisions"] = new JsonArray([.. request.Decisions.Select(d => (JsonNode)d.ToString())]),
            ["requestedBy"] = request.RequestedBy,
            ["sourceAddress"] = request.SourceAddress,
            ["createdAt"] = Show(request.CreatedAt),
            ["expiresAt"] = Show(request.ExpiresAt),
            ["grantedFrom"] = request.GrantedFrom is { } from ? Show(from) : null,
            ["grantedUntil"] = request.GrantedUntil is { } until ? Show(until) : null,
        },
    }.ToJsonString();

    /// <summary>Our JSON for a try.</summary>
    internal static string OfTest(string name, DateTimeOffset at) => new JsonObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["event"] = "webhook.test",
        ["at"] = Show(at),
        ["text"] = $"Bastion: a try of webhook '{name}'.",
    }.ToJsonString();

    /// <summary>A message as a service wants it.</summary>
    internal static string Shape(WebhookShape shape, string body)
    {
        if (shape == WebhookShape.Json) return body;
        using var json = JsonDocument.Parse(body);
        string text = json.RootElement.GetProperty("text").GetString()!;
        return shape switch
        {
            WebhookShape.DingTalk => new JsonObject { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = text } }.ToJsonString(),
            // So that what a requester wrote can't call a channel or hide a link.
            _ => new JsonObject { ["text"] = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal) }.ToJsonString(),
        };
    }

    private static string Sentence(string @event, ApprovalRequest request)
    {
        string what = request.What.Length > LongestCommand ? request.What[..LongestCommand] + "…" : request.What;
        string who = $"{request.User} → {request.Account}@{request.Asset} ({request.OwnerAccountId}): {what}";
        string why = request.Reason is null ? "" : $" Reason: {request.Reason}.";
        string said = request.Decisions.Count == 0 ? "" : $" {string.Join("; ", request.Decisions)}.";
        return @event switch
        {
            "approval.requested" => $"Bastion: approval is asked for. {who}.{why} {request.Needed} of {string.Join(", ", request.Approvers)} until {Validity.Show(request.ExpiresAt)}: Approve-BhApproval {request.Id}",
            "approval.brokeglass" => $"Bastion: BREAK-GLASS. {who}.{why}{said} Until {Validity.Show(request.GrantedUntil!.Value)}. Deny-BhApproval {request.Id} ends it.",
            _ => $"Bastion: {@event["approval.".Length..]}. {who}.{said} ({request.Id})",
        };
    }

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
}
