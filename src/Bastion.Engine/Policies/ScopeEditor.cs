using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Policies;

/// <summary>Applies a change to a scope; names are looked up and checked here.</summary>
/// <param name="connection">The transaction under way.</param>
/// <param name="policy">Name of the policy; for messages.</param>
internal sealed class ScopeEditor(Connection connection, string policy)
{
    private const string Every = "*";

    /// <exception cref="BastionException">No such user, asset, group or account; or the change makes no sense.</exception>
    internal PolicyScope Apply(PolicyScope old, ControlPolicyChange update)
    {
        IReadOnlyList<string>? accounts = update.Accounts;
        if (accounts is { Count: 0 }) throw new EmptyScopeException("accounts");
        string[]? only = accounts is null || accounts.Contains(Every, StringComparer.Ordinal) ? null : Distinct(accounts);
        PolicyScope scope = ApplyAssets(ApplyUsers(old, update.Users, update.UserGroups), update.Assets, update.AssetGroups, only);
        if (accounts is not null && !Names(update.Assets) && !Names(update.AssetGroups)) scope = OnAll(scope, only);
        if (only is not null) RequireSomewhere(scope, only);
        return scope;
    }

    private PolicyScope ApplyUsers(PolicyScope old, ScopeChange<UserReference> users, ScopeChange<UserGroupReference> groups)
    {
        PolicyScope scope = old;
        if (users.All || groups.All) scope = scope with { AllUsers = true, Users = [], UserGroups = [] };
        if (users.Set is not null || groups.Set is not null)
            scope = scope with { AllUsers = false, Users = Resolve(Given(users.Set, "users")), UserGroups = Resolve(Given(groups.Set, "groups of users")) };
        if ((Touches(users) || Touches(groups)) && scope.AllUsers) throw new ScopeCoversAllException(policy, "users");
        return scope with
        {
            Users = Without([.. scope.Users.UnionBy(Resolve(users.Add), u => u.Id)], Resolve(users.Remove), u => u.Id),
            UserGroups = Without([.. scope.UserGroups.UnionBy(Resolve(groups.Add), g => g.Id)], Resolve(groups.Remove), g => g.Id),
        };
    }

    private PolicyScope ApplyAssets(PolicyScope old, ScopeChange<AssetReference> assets, ScopeChange<AssetGroupReference> groups, IReadOnlyList<string>? accounts)
    {
        PolicyScope scope = old;
        if (assets.All || groups.All) scope = scope with { AllAssets = true, Accounts = accounts, Assets = [], AssetGroups = [] };
        if (assets.Set is not null || groups.Set is not null)
            scope = scope with { AllAssets = false, Accounts = null, Assets = Resolve(Given(assets.Set, "assets"), accounts), AssetGroups = Resolve(Given(groups.Set, "groups of assets"), accounts) };
        if ((Touches(assets) || Touches(groups)) && scope.AllAssets) throw new ScopeCoversAllException(policy, "assets");
        List<ScopedAsset> single = Merge(scope.Assets, Resolve(assets.Add, accounts), a => a.Id, a => a.Accounts, (a, names) => a with { Accounts = names });
        List<ScopedAssetGroup> grouped = Merge(scope.AssetGroups, Resolve(groups.Add, accounts), g => g.Id, g => g.Accounts, (g, names) => g with { Accounts = names });
        return scope with
        {
            Assets = Without(single, Resolve(assets.Remove, null), a => a.Id),
            AssetGroups = Without(grouped, Resolve(groups.Remove, null), g => g.Id),
        };
    }

    private static bool Names<T>(ScopeChange<T> change) => change.All || change.Set is not null || change.Add.Count > 0;

    private static bool Touches<T>(ScopeChange<T> change) => change.Add.Count + change.Remove.Count > 0;

    private static IReadOnlyList<T> Given<T>(IReadOnlyList<T>? set, string what) => set is { Count: 0 } ? throw new EmptyScopeException(what) : set ?? [];

    // Who is added again with other accounts is covered with both.
    private static List<T> Merge<T>(IReadOnlyList<T> present, List<T> added, Func<T, long> id, Func<T, IReadOnlyList<string>?> accounts, Func<T, IReadOnlyList<string>?, T> with)
    {
        List<T> members = [.. present];
        foreach (T one in added)
        {
            int at = members.FindIndex(m => id(m) == id(one));
            if (at < 0) members.Add(one);
            else members[at] = with(one, accounts(one) is { } more && accounts(members[at]) is { } before ? Distinct(before.Concat(more)) : null);
        }

        return members;
    }

    private List<T> Without<T>(List<T> members, List<T> removed, Func<T, long> id)
    {
        foreach (T one in removed)
        {
            if (members.RemoveAll(m => id(m) == id(one)) == 0) throw new NotInScopeException(policy, one!.ToString()!);
        }

        return members;
    }

    private static PolicyScope OnAll(PolicyScope scope, IReadOnlyList<string>? accounts) => scope.AllAssets
        ? scope with { Accounts = accounts }
        : scope with { Assets = [.. scope.Assets.Select(a => a with { Accounts = accounts })], AssetGroups = [.. scope.AssetGroups.Select(g => g with { Accounts = accounts })] };

    private List<ScopedUser> Resolve(IReadOnlyList<UserReference> references) =>
        [.. references.Select(r => UserStore.Resolve(connection, r)).Select(u => new ScopedUser(u.Id, u.Name)).DistinctBy(u => u.Id)];

    private List<ScopedUserGroup> Resolve(IReadOnlyList<UserGroupReference> references) =>
        [.. references.Select(r => UserGroupStore.Resolve(connection, r)).Select(g => new ScopedUserGroup(g.Id, g.Name)).DistinctBy(g => g.Id)];

    private List<ScopedAsset> Resolve(IReadOnlyList<AssetReference> references, IReadOnlyList<string>? accounts) =>
        [.. references.Select(r => AssetStore.Resolve(connection, r)).Select(a => new ScopedAsset(a.Id, a.Name, a.OwnerAccountId, accounts)).DistinctBy(a => a.Id)];

    private List<ScopedAssetGroup> Resolve(IReadOnlyList<AssetGroupReference> references, IReadOnlyList<string>? accounts) =>
        [.. references.Select(r => AssetGroupStore.Resolve(connection, r)).Select(g => new ScopedAssetGroup(g.Id, g.Name, accounts)).DistinctBy(g => g.Id)];

    // A name that is on no asset at all is a slip, and a policy with a slip covers nothing. Accounts that come later are covered by name.
    private void RequireSomewhere(PolicyScope scope, IEnumerable<string> accounts)
    {
        IReadOnlySet<string> present = scope.AllAssets || scope.AssetGroups.Count > 0 ? PolicyScopeStore.AccountNames(connection)
            : scope.Assets.SelectMany(a => AssetAccountStore.ListOfAsset(connection, a.Id)).Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string account in accounts)
        {
            if (!present.Contains(account)) throw new ScopeAccountNotFoundException(policy, account, Bastion.Names.Nearest(account, present));
        }
    }

    private static string[] Distinct(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal)];
}

/// <summary>None of the assets that a policy is to cover has the account.</summary>
/// <param name="policy">The policy.</param>
/// <param name="account">The account.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class ScopeAccountNotFoundException(string policy, string account, string? near) : BastionException("ScopeAccountNotFound", ErrorKind.NotFound, policy,
    $"None of the assets that policy '{policy}' is to cover has an account '{Printable.Escape(account)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhAssetAccount lists accounts.");
