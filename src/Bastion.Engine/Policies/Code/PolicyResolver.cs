using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Policies.Rules;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Policies.Code;

/// <summary>Looks up what the policies of a file name; what is not there is a problem of its place.</summary>
internal sealed class PolicyResolver(Connection connection, Problems problems)
{
    private HashSet<string>? _anywhere;

    /// <param name="entry">The policy as the file has it.</param>
    /// <param name="present">The policy of that name in the store; <see langword="null"/>: there is none yet.</param>
    /// <returns>The policy with the members of its scope as the store has them, ordered as the store orders them.</returns>
    internal ControlPolicy Resolve(PolicyEntry entry, ControlPolicy? present)
    {
        ScopeEntry places = entry.Scope;
        PolicyScope scope = entry.Policy.Scope with
        {
            Users = Members(places.Users, text => text, name => UserStore.Resolve(connection, new UserReference(name)), (_, u) => new ScopedUser(u.Id, u.Name), u => u.Id, u => u.Name),
            UserGroups = Members(places.UserGroups, text => text, name => UserGroupStore.Resolve(connection, new UserGroupReference(name)), (_, g) => new ScopedUserGroup(g.Id, g.Name), g => g.Id, g => g.Name),
            Assets = Members(places.Assets, a => a.Name, name => AssetStore.Resolve(connection, new AssetReference(name)), Asset, a => a.Id, a => a.Name),
            AssetGroups = Members(places.AssetGroups, g => g.Name, name => AssetGroupStore.Resolve(connection, new AssetGroupReference(name)), (place, g) => new ScopedAssetGroup(g.Id, g.Name, place.AccountNames), g => g.Id, g => g.Name),
        };
        RequireAccounts(entry, scope, present);
        RequireApprovers(entry, present);
        return entry.Policy with { Scope = scope };
    }

    private List<TMember> Members<TPlace, TFound, TMember>(IReadOnlyList<TPlace> places, Func<TPlace, YamlText> text, Func<string, TFound> find,
        Func<TPlace, TFound, TMember> member, Func<TMember, long> id, Func<TMember, string> name) where TFound : class
    {
        var found = new Dictionary<long, TMember>();
        foreach (TPlace place in places)
        {
            YamlText at = text(place);
            if (problems.Try(at.At, () => find(at.Value.Trim())) is not { } one) continue;
            TMember made = member(place, one);
            // Two ways to name an asset: its name, and the cloud's instance id.
            if (!found.TryAdd(id(made), made)) problems.Add(at.At, $"{at.Kind} is '{name(made)}', which is in the list already. Take one of them out.");
        }

        return [.. found.Values.OrderBy(m => Names.Key(name(m)), StringComparer.Ordinal)];
    }

    private ScopedAsset Asset(MemberEntry place, Asset asset)
    {
        if (place.Owner is { } owner && owner.Value.Trim() != asset.OwnerAccountId)
            problems.Add(owner.At, $"asset '{asset.Name}' is owned by account {asset.OwnerAccountId}, not by {owner.Kind}. Correct the owner, or name the asset that is meant.");
        return new ScopedAsset(asset.Id, asset.Name, asset.OwnerAccountId, place.AccountNames);
    }

    // As when a policy is written by hand, a name that is on no asset at all is a slip. One that the policy has already is none: its account may have gone since.
    private void RequireAccounts(PolicyEntry entry, PolicyScope scope, ControlPolicy? present)
    {
        YamlText[] asked = [.. (entry.Scope.Accounts ?? []).Concat(entry.Scope.Assets.Concat(entry.Scope.AssetGroups).SelectMany(m => m.Accounts ?? []))];
        if (asked.Length == 0) return;
        HashSet<string> known = present is null ? [] : [.. AccountsOf(present.Scope)];
        HashSet<string> there = scope.AllAssets || scope.AssetGroups.Count > 0 ? _anywhere ??= [.. PolicyScopeStore.AccountNames(connection)]
            : scope.Assets.SelectMany(a => AssetAccountStore.ListOfAsset(connection, a.Id)).Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        foreach (YamlText account in asked.Where(a => !there.Contains(a.Value) && !known.Contains(a.Value)))
            problems.Add(account.At, new ScopeAccountNotFoundException(entry.Policy.Name, account.Value, Names.Nearest(account.Value, there)).Message);
    }

    private void RequireApprovers(PolicyEntry entry, ControlPolicy? present)
    {
        HashSet<string> known = [.. Approvals(present).SelectMany(t => t.Approvers.Concat(t.BreakGlass)).Select(Names.Key)], groups = [.. Approvals(present).SelectMany(t => t.ApproverGroups).Select(Names.Key)];
        foreach (ApprovalTerms terms in Approvals(entry.Policy))
        {
            foreach (string name in terms.Approvers.Concat(terms.BreakGlass).Where(n => !known.Contains(Names.Key(n)))) problems.Try(At(entry, name), () => UserStore.Resolve(connection, new UserReference(name)));
            foreach (string name in terms.ApproverGroups.Where(n => !groups.Contains(Names.Key(n)))) problems.Try(At(entry, name), () => UserGroupStore.Resolve(connection, new UserGroupReference(name)));
        }
    }

    private static IEnumerable<ApprovalTerms> Approvals(ControlPolicy? policy) => policy?.RuleSet.Sections.Select(rule => rule.Asks).OfType<ApprovalTerms>() ?? [];

    private static Place At(PolicyEntry entry, string name) => (entry.Rules?.Texts.FirstOrDefault(text => text.Value.Trim() == name) ?? entry.Name).At;

    private static IEnumerable<string> AccountsOf(PolicyScope scope) =>
        (scope.Accounts ?? []).Concat(scope.Assets.SelectMany(a => a.Accounts ?? [])).Concat(scope.AssetGroups.SelectMany(g => g.Accounts ?? []));
}
