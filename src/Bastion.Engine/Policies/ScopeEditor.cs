using Bastion.Assets;
using Bastion.Store;
using Bastion.Users;

namespace Bastion.Policies;

/// <summary>Applies a change to a scope; names are looked up and checked here.</summary>
/// <param name="connection">The transaction under way.</param>
/// <param name="policy">Name of the policy; for messages.</param>
internal sealed class ScopeEditor(Connection connection, string policy)
{
    private const string Every = "*";

    /// <exception cref="BastionException">No such user, asset or account; or the change makes no sense.</exception>
    internal PolicyScope Apply(PolicyScope old, ScopeChange<UserReference> users, ScopeChange<AssetReference> assets, IReadOnlyList<string>? accounts)
    {
        if (accounts is { Count: 0 }) throw new EmptyScopeException("accounts");
        string[]? only = accounts is null || accounts.Contains(Every, StringComparer.Ordinal) ? null : Distinct(accounts);
        PolicyScope scope = ApplyAssets(ApplyUsers(old, users), assets, only);
        bool named = assets.All || assets.Set is not null || assets.Add.Count > 0;
        if (accounts is not null && !named) scope = OnAll(scope, only);
        if (only is not null) RequireSomewhere(scope, only);
        return scope;
    }

    private PolicyScope ApplyUsers(PolicyScope old, ScopeChange<UserReference> change)
    {
        PolicyScope scope = old;
        if (change.All) scope = scope with { AllUsers = true, Users = [] };
        if (change.Set is { } set) scope = scope with { AllUsers = false, Users = set.Count > 0 ? Users(set) : throw new EmptyScopeException("users") };
        if (change.Add.Count + change.Remove.Count > 0 && scope.AllUsers) throw new ScopeCoversAllException(policy, "users");
        List<ScopedUser> members = [.. scope.Users.UnionBy(Users(change.Add), u => u.Id)];
        foreach (UserReference reference in change.Remove)
        {
            User user = UserStore.Resolve(connection, reference);
            if (members.RemoveAll(m => m.Id == user.Id) == 0) throw new NotInScopeException(policy, user.Name);
        }

        return scope with { Users = members };
    }

    private PolicyScope ApplyAssets(PolicyScope old, ScopeChange<AssetReference> change, IReadOnlyList<string>? accounts)
    {
        PolicyScope scope = old;
        if (change.All) scope = scope with { AllAssets = true, Accounts = accounts, Assets = [] };
        if (change.Set is { } set) scope = scope with { AllAssets = false, Accounts = null, Assets = set.Count > 0 ? Assets(set, accounts) : throw new EmptyScopeException("assets") };
        if (change.Add.Count + change.Remove.Count > 0 && scope.AllAssets) throw new ScopeCoversAllException(policy, "assets");
        List<ScopedAsset> members = [.. scope.Assets];
        foreach (ScopedAsset added in Assets(change.Add, accounts))
        {
            int at = members.FindIndex(m => m.Id == added.Id);
            if (at < 0) members.Add(added);
            else members[at] = added with { Accounts = added.Accounts is null || members[at].Accounts is null ? null : Distinct(members[at].Accounts!.Concat(added.Accounts)) };
        }

        foreach (AssetReference reference in change.Remove)
        {
            Asset asset = AssetStore.Resolve(connection, reference);
            if (members.RemoveAll(m => m.Id == asset.Id) == 0) throw new NotInScopeException(policy, asset.Name);
        }

        return scope with { Assets = members };
    }

    private static PolicyScope OnAll(PolicyScope scope, IReadOnlyList<string>? accounts) => scope.AllAssets
        ? scope with { Accounts = accounts }
        : scope with { Assets = [.. scope.Assets.Select(a => a with { Accounts = accounts })] };

    private List<ScopedUser> Users(IReadOnlyList<UserReference> references) =>
        [.. references.Select(r => UserStore.Resolve(connection, r)).Select(u => new ScopedUser(u.Id, u.Name)).DistinctBy(u => u.Id)];

    private List<ScopedAsset> Assets(IReadOnlyList<AssetReference> references, IReadOnlyList<string>? accounts) =>
        [.. references.Select(r => AssetStore.Resolve(connection, r)).Select(a => new ScopedAsset(a.Id, a.Name, a.OwnerAccountId, accounts)).DistinctBy(a => a.Id)];

    // A name that is on no asset at all is a slip. One that is on some is good: accounts that come later are covered by name.
    private void RequireSomewhere(PolicyScope scope, IEnumerable<string> accounts)
    {
        IReadOnlySet<string> present = scope.AllAssets ? PolicyScopeStore.AccountNames(connection)
            : scope.Assets.SelectMany(a => AssetAccountStore.ListOfAsset(connection, a.Id)).Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string account in accounts)
        {
            if (!present.Contains(account)) throw new ScopeAccountNotFoundException(policy, account, Names.Nearest(account, present));
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
