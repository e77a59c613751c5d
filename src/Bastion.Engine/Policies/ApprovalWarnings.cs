using Bastion.Policies.Rules;
using Bastion.Store;

namespace Bastion.Policies;

/// <summary>What an administrator who writes an approval rule may not expect.</summary>
internal static class ApprovalWarnings
{
    /// <param name="connection">The store.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="written">Whether it is in the store as it is; otherwise it is yet to be written.</param>
    /// <param name="now">When.</param>
    internal static IEnumerable<string> Of(Connection connection, ControlPolicy policy, bool written, DateTimeOffset now)
    {
        foreach (ApprovalTerms terms in policy.RuleSet.Sections.Select(rule => rule.Asks).OfType<ApprovalTerms>())
        {
            int eligible = ApproverStore.Eligible(connection, terms, written ? policy.Id : null, now).Count;
            if (eligible < terms.Needed)
                yield return $"Policy '{policy.Name}' asks for approval by {terms}, but {(eligible == 0 ? "nobody" : $"only {eligible}")} of them can give it now: what needs it is denied.";
        }
    }
}
