using Bastion.Policies.Rules;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Policies;

/// <summary>Looks up whom approval rules name: who was meant when the rule was written, and is still called so.</summary>
internal static class ApproverStore
{
    private const string Named = """
        SELECT u.* FROM users u
        WHERE u.name_key = $key AND ($policy IS NULL OR EXISTS (SELECT 1 FROM policy_approvers p WHERE p.policy_id = $policy AND p.name_key = $key AND p.user_id = u.id))
        """;

    private const string OfGroup = """
        SELECT u.* FROM user_groups g JOIN user_group_members m ON m.group_id = g.id JOIN users u ON u.id = m.user_id
        WHERE g.name_key = $key AND ($policy IS NULL OR EXISTS (SELECT 1 FROM policy_approvers p WHERE p.policy_id = $policy AND p.name_key = $key AND p.group_id = g.id))
        ORDER BY u.name_key
        """;

    private const string Forget = "DELETE FROM policy_approvers WHERE policy_id = $policy";
    private const string KeepUser = "INSERT INTO policy_approvers (policy_id, name_key, user_id) SELECT $policy, name_key, id FROM users WHERE name_key = $key ON CONFLICT DO NOTHING";
    private const string KeepGroup = "INSERT INTO policy_approvers (policy_id, name_key, group_id) SELECT $policy, name_key, id FROM user_groups WHERE name_key = $key ON CONFLICT DO NOTHING";

    /// <summary>A decision with those who can give the approvals that it asks for. Where too few can, it is a no.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="decision">What the policies say.</param>
    /// <param name="requester">Who asks: never an approver of his own, break-glass aside.</param>
    internal static PolicyDecision Complete(Connection connection, PolicyDecision decision, long requester) => decision.Sections.All(s => s.Demand is null) ? decision
        : decision.With([.. decision.Sections.Select(s => s.Demand is { } demand ? Complete(connection, s, demand.Terms, requester, decision.At) : s)]);

    /// <summary>Those whom a rule names, as far as they are there and valid at a time.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="terms">The rule.</param>
    /// <param name="policy">The policy; <see langword="null"/>: it is yet to be written.</param>
    /// <param name="at">The time.</param>
    internal static IReadOnlyList<Approver> Eligible(Connection connection, ApprovalTerms terms, long? policy, DateTimeOffset at) =>
        [.. Valid(connection, Named, terms.Approvers, policy, at).Concat(Valid(connection, OfGroup, terms.ApproverGroups, policy, at)).DistinctBy(approver => approver.Id)];

    /// <summary>Refuses names that are not there, in rules that are new.</summary>
    /// <exception cref="BastionException">One is not.</exception>
    internal static void Require(Connection connection, PolicyRules rules, PolicyRules before)
    {
        foreach (ApprovalTerms terms in Terms(rules.Sections.Where(rule => !before.Sections.Contains(rule))))
        {
            foreach (string name in terms.Approvers.Concat(terms.BreakGlass)) UserStore.Resolve(connection, new UserReference(name));
            foreach (string name in terms.ApproverGroups) UserGroupStore.Resolve(connection, new UserGroupReference(name));
        }
    }

    /// <summary>Keeps who is meant by the names in the rules of a policy.</summary>
    internal static void Keep(Connection connection, long policy, PolicyRules rules)
    {
        connection.Execute(Forget, ("$policy", policy));
        foreach (ApprovalTerms terms in Terms(rules.Sections))
        {
            foreach (string name in terms.Approvers.Concat(terms.BreakGlass)) connection.Execute(KeepUser, ("$policy", policy), ("$key", Names.Key(name)));
            foreach (string name in terms.ApproverGroups) connection.Execute(KeepGroup, ("$policy", policy), ("$key", Names.Key(name)));
        }
    }

    private static SectionDecision Complete(Connection connection, SectionDecision section, ApprovalTerms terms, long requester, DateTimeOffset at)
    {
        bool breakGlass = Valid(connection, Named, terms.BreakGlass, section.PolicyId, at).Any(named => named.Id == requester);
        var demand = new ApprovalDemand(terms, [.. Eligible(connection, terms, section.PolicyId, at).Where(approver => approver.Id != requester)], breakGlass);
        if (demand.CanBeMet || breakGlass) return section with { Demand = demand };
        string few = demand.Eligible.Count == 0 ? "none of them can give it" : $"only {demand.Eligible.Count} of them can give it";
        return section with { Outcome = SectionOutcome.Denied, Demand = demand, Why = $"{section.Why} But {few}: approvers have to be there and valid, and nobody approves his own." };
    }

    private static IEnumerable<Approver> Valid(Connection connection, string sql, IReadOnlyList<string> names, long? policy, DateTimeOffset at) =>
        names.SelectMany(name => connection.Query(sql, UserStore.Read, ("$key", Names.Key(name)), ("$policy", policy))).Where(user => user.StateAt(at) == UserState.Active).Select(user => new Approver(user.Id, user.Name));

    private static IEnumerable<ApprovalTerms> Terms(IEnumerable<PolicyRule> rules) => rules.Select(rule => rule.Asks).OfType<ApprovalTerms>();
}
