using Bastion.Policies.Rules;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Policies;

/// <summary>Looks up whom approval rules name.</summary>
internal static class ApproverStore
{
    private const string ByKey = "SELECT * FROM users WHERE name_key = $key";

    private const string OfGroup = """
        SELECT u.* FROM user_groups g JOIN user_group_members m ON m.group_id = g.id JOIN users u ON u.id = m.user_id
        WHERE g.name_key = $key ORDER BY u.name_key
        """;

    /// <summary>A decision with those who can give the approvals that it asks for. Where too few can, it is a no.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="decision">What the policies say.</param>
    /// <param name="requester">Who asks: never an approver of his own, break-glass aside.</param>
    internal static PolicyDecision Complete(Connection connection, PolicyDecision decision, long requester) => decision.Sections.All(s => s.Demand is null) ? decision
        : decision.With([.. decision.Sections.Select(s => s.Demand is { } demand ? Complete(connection, s, demand.Terms, requester, decision.At) : s)]);

    /// <summary>Those whom a rule names, as far as they are there and valid at a time.</summary>
    internal static IReadOnlyList<Approver> Eligible(Connection connection, ApprovalTerms terms, DateTimeOffset at) =>
        [.. terms.Approvers.SelectMany(name => Named(connection, name)).Concat(terms.ApproverGroups.SelectMany(group => connection.Query(OfGroup, UserStore.Read, ("$key", Names.Key(group)))))
            .Where(user => user.StateAt(at) == UserState.Active).Select(user => new Approver(user.Id, user.Name)).DistinctBy(approver => approver.Id)];

    /// <summary>Whether a rule lets a user approve his own session in an emergency.</summary>
    internal static bool MayBreakGlass(Connection connection, ApprovalTerms terms, long user, DateTimeOffset at) =>
        terms.BreakGlass.SelectMany(name => Named(connection, name)).Any(named => named.Id == user && named.StateAt(at) == UserState.Active);

    /// <summary>Refuses names that are not there, in rules that are new.</summary>
    /// <exception cref="BastionException">One is not.</exception>
    internal static void Require(Connection connection, PolicyRules rules, PolicyRules before)
    {
        foreach (ApprovalTerms terms in rules.Sections.Where(rule => !before.Sections.Contains(rule)).Select(rule => rule.Asks).OfType<ApprovalTerms>())
        {
            foreach (string name in terms.Approvers.Concat(terms.BreakGlass)) UserStore.Resolve(connection, new UserReference(name));
            foreach (string name in terms.ApproverGroups) UserGroupStore.Resolve(connection, new UserGroupReference(name));
        }
    }

    private static SectionDecision Complete(Connection connection, SectionDecision section, ApprovalTerms terms, long requester, DateTimeOffset at)
    {
        var demand = new ApprovalDemand(terms, [.. Eligible(connection, terms, at).Where(approver => approver.Id != requester)]);
        if (demand.CanBeMet || MayBreakGlass(connection, terms, requester, at)) return section with { Demand = demand };
        string few = demand.Eligible.Count == 0 ? "none of them can give it" : $"only {demand.Eligible.Count} of them can give it";
        return section with { Outcome = SectionOutcome.Denied, Demand = demand, Why = $"{section.Why} But {few}: approvers have to be there and valid, and nobody approves his own." };
    }

    private static IEnumerable<User> Named(Connection connection, string name) => connection.Query(ByKey, UserStore.Read, ("$key", Names.Key(name)));
}
