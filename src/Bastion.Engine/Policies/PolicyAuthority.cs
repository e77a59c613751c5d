using System.Text.Json.Nodes;
using Bastion.Assets.Groups;
using Bastion.Store;

namespace Bastion.Policies;

/// <summary>
/// Who may write a policy: whoever administers all accounts whose assets it covers. One for all assets, or for a group that no account owns,
/// is the whole store's. What the store says goes before what its projects say.
/// </summary>
internal static class PolicyAuthority
{
    /// <summary>It changes or removes a policy that is there.</summary>
    /// <returns>The accounts that it belongs to; none: the whole store.</returns>
    /// <exception cref="NotAuthorizedException">The caller does not administer them all.</exception>
    internal static IReadOnlyList<string> AuthorizeOld(Change change, ControlPolicy policy, string subject)
    {
        IReadOnlyList<string> owners = Owners(change.Connection, policy.Scope);
        change.AuthorizeAll(owners, subject);
        return owners;
    }

    /// <summary>It writes a policy as it is to be.</summary>
    /// <returns>The accounts that it belongs to; none: the whole store.</returns>
    /// <exception cref="BastionException">The caller does not administer them all; or it would decide before a policy that he may not write.</exception>
    internal static IReadOnlyList<string> AuthorizeNew(Change change, ControlPolicy policy)
    {
        IReadOnlyList<string> owners = AuthorizeOld(change, policy, policy.Name);
        if (!change.Rights.ForEverything(Role.Administrator)) RefuseAhead(change, policy, owners);
        return owners;
    }

    /// <summary>What the audit tells of a policy.</summary>
    internal static Dictionary<string, object?> Facts(ControlPolicy policy) => new(StringComparer.Ordinal)
    {
        ["Name"] = policy.Name,
        ["Priority"] = policy.Priority,
        ["Enabled"] = policy.Enabled,
        ["Comment"] = policy.Comment,
        ["Users"] = policy.Scope.Everybody().Select(m => m.ToString()).ToList(),
        ["Assets"] = policy.Scope.Everything().Select(m => m.ToString()).ToList(),
        ["Rules"] = policy.RuleSet.Fault is { } fault ? fault : JsonNode.Parse(policy.RuleSet.Write()),
    };

    private static IReadOnlyList<string> Owners(Connection connection, PolicyScope scope)
    {
        if (scope.AllAssets) return [];
        IReadOnlyList<string>[] groups = [.. scope.AssetGroups.Select(g => AssetGroupStore.Owners(connection, AssetGroupStore.Resolve(connection, new AssetGroupReference(g.Id))))];
        if (Array.Exists(groups, owners => owners.Count == 0)) return [];
        return [.. scope.Assets.Select(a => a.OwnerAccountId).Concat(groups.SelectMany(owners => owners)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    // The first policy that sets a section decides it: one of a project at the front would open what the store closes.
    private static void RefuseAhead(Change change, ControlPolicy policy, IReadOnlyList<string> owners)
    {
        foreach (ControlPolicy other in PolicyStore.List(change.Connection).Where(p => p.Id != policy.Id && p.Priority >= policy.Priority && Shares(p, policy)))
        {
            IReadOnlyList<string> theirs = Owners(change.Connection, other.Scope);
            bool isOwn = theirs.Count > 0 && theirs.All(owner => change.Rights.On(Role.Administrator, owner));
            if (!isOwn && (theirs.Count == 0 || theirs.Intersect(owners, StringComparer.Ordinal).Any())) throw new PolicyAheadException(policy.Name, other.Priority);
        }
    }

    private static bool Shares(ControlPolicy other, ControlPolicy policy) =>
        other.RuleSet.Fault is not null || other.RuleSet.Sections.Any(section => policy.RuleSet.Of(section.Section) is not null);
}

/// <summary>The policy of a project would decide before one that its administrator may not write.</summary>
/// <param name="policy">The policy.</param>
/// <param name="priority">The other's priority.</param>
public sealed class PolicyAheadException(string policy, int priority) : BastionException("PolicyAhead", ErrorKind.Denied, policy,
    $"Policy '{policy}' would decide before a policy of priority {priority} that is not only for projects that you administer and sets the same rules. Give it a priority behind that one (a higher number), or leave those rules out.");
