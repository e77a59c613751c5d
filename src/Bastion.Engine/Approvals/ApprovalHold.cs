using Bastion.Policies;

namespace Bastion.Approvals;

/// <summary>The approvals that one session has, and what they make of a decision. Asked again each second while it runs.</summary>
internal sealed class ApprovalHold(EngineContext context)
{
    private readonly Dictionary<ApprovalKind, string> _ids = [];

    /// <summary>Ids of the requests.</summary>
    internal IReadOnlyCollection<string> Ids => _ids.Values;

    /// <summary>The approval of the session alone: what was approved in it was for one use.</summary>
    internal ApprovalHold OfSession()
    {
        var hold = new ApprovalHold(context);
        if (_ids.TryGetValue(ApprovalKind.Session, out string? id)) hold._ids[ApprovalKind.Session] = id;
        return hold;
    }

    internal void Take(ApprovalRequest request) => _ids[request.Kind] = request.Id;

    /// <summary>The decision with what is approved: a section that asks for a yes is allowed where it was given and holds, and denied where it holds no longer.</summary>
    internal PolicyDecision Apply(PolicyDecision decision) => _ids.Count == 0 || decision.Sections.All(s => s.Demand is null) ? decision : decision.With([.. decision.Sections.Select(Apply)]);

    private SectionDecision Apply(SectionDecision section)
    {
        if (section.Demand is null || !_ids.TryGetValue(ApprovalRule.KindOf(section.Section), out string? id)) return section;
        ApprovalRequest request = context.Database.Read(connection => ApprovalStore.Get(connection, id)).At(context.Now);
        if (Ended(request) is { } why) return section with { Outcome = SectionOutcome.Denied, Why = $"{section.Why} Request {id} {why}." };
        string by = string.Join(", ", request.Decisions.Where(d => d.Approved).Select(d => d.Approver));
        return section with { Outcome = SectionOutcome.Allowed, Why = $"{section.Why} {(request.BreakGlass ? "Break-glass: approved by its own user" : "Approved by")} {by} (request {id})." };
    }

    private string? Ended(ApprovalRequest request) => request.State switch
    {
        // A command that has begun may take as long as it takes.
        ApprovalState.Used or ApprovalState.Expired when request.Kind == ApprovalKind.Command && request.Uses > 0 => null,
        ApprovalState.Approved or ApprovalState.Used when request.GrantedUntil > context.Now => null,
        ApprovalState.Approved or ApprovalState.Used => "is over",
        ApprovalState.Expired => request.GrantedUntil is null ? "was not answered in time" : "is over",
        ApprovalState.Denied => $"was denied: {string.Join(", ", request.Decisions.Where(d => !d.Approved))}",
        _ => $"is {request.State.ToString().ToLowerInvariant()}",
    };
}
