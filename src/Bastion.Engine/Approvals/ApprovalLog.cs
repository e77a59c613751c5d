using Bastion.Approvals.Webhooks;
using Bastion.Audit.Events;
using Bastion.Store;

namespace Bastion.Approvals;

/// <summary>Writes requests together with the audit events that tell of them.</summary>
internal static class ApprovalLog
{
    internal static void Add(Connection connection, Caller caller, ApprovalRequest request)
    {
        ApprovalStore.Add(connection, request);
        Tell(connection, caller, request.CreatedAt, "requested", request, request.Reason is null ? null : $"because: {request.Reason}");
    }

    internal static void Change(Connection connection, Caller caller, DateTimeOffset now, string step, ApprovalRequest request, string? detail = null)
    {
        ApprovalStore.Change(connection, request);
        Tell(connection, caller, now, step, request, detail);
    }

    /// <summary>Writes down which requests time has closed.</summary>
    internal static void Expire(Connection connection, Caller caller, DateTimeOffset now)
    {
        foreach (ApprovalRequest request in ApprovalStore.TimedOut(connection, now))
            Change(connection, caller, now, "expired", request.At(now), request.State == ApprovalState.Pending ? "nobody answered in time" : "its window is over");
    }

    private static void Tell(Connection connection, Caller caller, DateTimeOffset now, string step, ApprovalRequest request, string? detail)
    {
        // That a session begins is no news to those who approved it.
        if (step != "used") WebhookStore.Tell(connection, $"approval.{step}", WebhookText.Of($"approval.{step}", request, now), now);
        AuditEventStore.Record(connection, caller, now, $"approval.{step}", $"{request.User} → {request.Account}@{request.Asset}", request.OwnerAccountId,
            $"request {request.Id} for {request.What}{(request.CommandHash is null ? "" : $" (SHA-256 {request.CommandHash})")}{(request.BreakGlass ? ", break-glass" : "")}{(detail is null ? "" : $"; {detail}")}");
    }
}
