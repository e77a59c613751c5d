using Bastion.Policies.Rules;

namespace Bastion.Policies;

/// <summary>The yes of others that a rule section asks for.</summary>
/// <param name="Terms">What the rule says.</param>
/// <param name="Eligible">Who can give it now: those whom the rule names, as far as they are there and valid, without the requester.</param>
/// <param name="MayBreakGlass">Whether the requester may give it himself in an emergency.</param>
public sealed record ApprovalDemand(ApprovalTerms Terms, IReadOnlyList<Approver> Eligible, bool MayBreakGlass)
{
    /// <summary>Whether enough approvers are there.</summary>
    internal bool CanBeMet => Eligible.Count >= Terms.Needed;
}

/// <summary>A user who may approve.</summary>
/// <param name="Id">Id of the user.</param>
/// <param name="Name">Name of the user.</param>
public sealed record Approver(long Id, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
