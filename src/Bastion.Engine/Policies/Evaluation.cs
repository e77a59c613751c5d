using Bastion.Policies.Rules;

namespace Bastion.Policies;

/// <summary>How policies decide: for each section the first policy in scope that sets it. Any doubt about a policy in scope is a no.</summary>
internal static class Evaluation
{
    /// <param name="candidates">Policies that cover the user and the asset, the deciding one first.</param>
    /// <param name="attempt">What is asked about.</param>
    internal static PolicyDecision Decide(IReadOnlyList<Candidate> candidates, AccessAttempt attempt)
    {
        if (!Enum.IsDefined(attempt.Channel))
            return PolicyDecision.Of(attempt, [new SectionDecision("Channel", SectionOutcome.Denied, null, null, null, $"there is no channel '{attempt.Channel}'.")]);
        var decisions = new List<SectionDecision>();
        var readable = new List<(Candidate Policy, PolicyRules Rules)>();
        foreach (Candidate policy in candidates)
        {
            if (DoubtOver(policy, attempt.Account, out PolicyRules? rules) is { } doubt) decisions.Add(Say(doubt, "Rules", policy));
            else if (rules is not null) readable.Add((policy, rules));
        }

        // First who decides each section, then what he says: sections that one policy decides know of each other.
        List<(string Section, Candidate Policy, PolicyRule? Rule)> deciding = [.. RuleSections.All.Select(section =>
        {
            (Candidate? policy, PolicyRule? rule) = readable.Select(p => (p.Policy, Rule: p.Rules.Of(section.Name))).FirstOrDefault(p => p.Rule is not null);
            return (section.Name, policy!, rule);
        })];
        foreach ((string section, Candidate policy, PolicyRule? rule) in deciding)
        {
            decisions.Add(rule is null ? new SectionDecision(section, SectionOutcome.NotSet, null, null, null, "no policy in scope sets it.")
                : Say(rule.Decide(attempt, [.. deciding.Where(d => ReferenceEquals(d.Policy, policy)).Select(d => d.Rule).OfType<PolicyRule>()]), section, policy));
        }

        return PolicyDecision.Of(attempt, decisions);
    }

    // Rules stay null for a policy that does not cover the account.
    private static Verdict? DoubtOver(Candidate policy, string account, out PolicyRules? rules)
    {
        rules = null;
        try
        {
            // All are read, also when the first covers the account: one in doubt is a no.
            List<IReadOnlyList<string>?> ways = [.. policy.Accounts.Select(PolicyScopeStore.ReadAccounts)];
            if (ways.TrueForAll(accounts => accounts?.Contains(account, StringComparer.Ordinal) == false)) return null;
        }
        catch (FormatException e)
        {
            return Verdict.Of(allowed: false, $"whom it covers can't be read: {e.Message}");
        }

        rules = PolicyRules.Read(policy.Rules);
        return rules.Fault is { } fault ? Verdict.Of(allowed: false, $"its rules can't be read: {fault}") : null;
    }

    private static SectionDecision Say(Verdict verdict, string section, Candidate policy) => new(section, verdict.Outcome, policy.Name, policy.Id, policy.Priority, verdict.Why)
    {
        Demand = verdict.Terms is { } terms ? new ApprovalDemand(terms, [], MayBreakGlass: false) : null,
    };
}
