using Bastion.Policies.Rules;
using Bastion.Store;

namespace Bastion.Policies;

/// <summary>What an administrator who writes an approval rule may not expect.</summary>
internal static class ApprovalWarnings
{
    internal static IEnumerable<string> Of(Connection connection, ControlPolicy policy, DateTimeOffset now)
    {
        foreach (ApprovalTerms terms in policy.RuleSet.Sections.Select(rule => rule.Asks).OfType<ApprovalTerms>())
        {
            int eligible = ApproverStore.Eligible(connection, terms, now).Count;
            if (eligible < terms.Needed)
                yield return $"Policy '{policy.Name}' asks for approval by {terms}, but {(eligible == 0 ? "nobody" : $"only {eligible}")} of them can give it now: what needs it is denied.";
        }
    }
}
