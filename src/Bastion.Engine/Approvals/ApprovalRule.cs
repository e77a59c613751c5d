using System.Net;
using Bastion.Policies;
using Bastion.Policies.Rules;

namespace Bastion.Approvals;

/// <summary>What the policies ask for now, for a request that was made at another time.</summary>
internal sealed class ApprovalRule(EngineContext context, PolicyService policies)
{
    /// <summary>Whose yes the request needs now; <see langword="null"/>: no policy asks for it any more.</summary>
    internal ApprovalDemand? Of(ApprovalRequest request)
    {
        if (!Enum.TryParse(request.Channel, out ProtocolChannel channel) || !IPAddress.TryParse(request.SourceAddress, out IPAddress? source)) return null;
        PolicyDecision decision = policies.Decide(request.UserId, request.AssetId, request.Account, channel, source, context.Now, request.Text);
        // Another section's no is not the approver's business: it is asked when the approval is used.
        ApprovalDemand? demand = decision.Sections.FirstOrDefault(section => section.Section == SectionOf(request.Kind))?.Demand;
        return demand is null ? null : demand with { Eligible = [.. demand.Eligible.Where(approver => approver.Id != request.RequestedByUserId)] };
    }

    /// <summary>Whether enough of those who said yes may still say it.</summary>
    internal static bool IsMet(ApprovalRequest request, ApprovalDemand demand) => request.BreakGlass ? demand.MayBreakGlass : Yes(request, demand) >= demand.Terms.Needed;

    /// <summary>How many of those who may answer now have said yes.</summary>
    internal static int Yes(ApprovalRequest request, ApprovalDemand demand) => request.Decisions.Count(d => d.Approved && demand.Eligible.Any(approver => approver.Id == d.ApproverId));

    internal static string SectionOf(ApprovalKind kind) => kind == ApprovalKind.Command ? CommandApproval.Name : SessionApproval.Name;

    internal static ApprovalKind KindOf(string section) => section == CommandApproval.Name ? ApprovalKind.Command : ApprovalKind.Session;
}
