using Bastion.Approvals;

namespace Bastion.PowerShell.Approvals;

/// <summary>Ids of the newest requests for approval, told by who asks for what.</summary>
public sealed class ApprovalIdNames : INames
{
    private const int Shown = 50;

    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => Of(engine, bound, new ApprovalFilter());

    internal static IEnumerable<Name> Of(Engine engine, Bound bound, ApprovalFilter filter) => engine.Approvals.List(bound.Caller, filter).Take(Shown)
        .Select(request => new Name(request.Id, $"{request.User} → {request.Account}@{request.Asset} {request.What} · {request.State}"));
}

/// <summary>Ids of the requests that wait for approvers.</summary>
public sealed class PendingApprovalNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => ApprovalIdNames.Of(engine, bound, new ApprovalFilter { States = [ApprovalState.Pending] });
}

/// <summary>Ids of the requests that can be denied: those that wait, and those that are approved.</summary>
public sealed class OpenApprovalNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => ApprovalIdNames.Of(engine, bound, new ApprovalFilter { States = [ApprovalState.Pending, ApprovalState.Approved] });
}
