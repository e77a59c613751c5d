using Bastion.Assets;
using Bastion.Roles.Rights;

namespace Bastion.Credentials;

/// <summary>Who may have the credentials of an account tried and changed: whoever administers the account that owns its asset.</summary>
internal static class AccountAuthority
{
    /// <summary>The account and its asset as the store has them now: what the caller holds may be old, or made up.</summary>
    /// <exception cref="BastionException">It is gone, or the caller may not.</exception>
    internal static (Asset Asset, AssetAccount Account) Resolve(EngineContext context, Caller caller, AssetAccount given) => context.Database.Read(connection =>
    {
        CallerRights rights = RightsStore.Of(connection, caller, context.Now);
        // Whoever administers nothing is not told what there is.
        if (!rights.Any(Role.Administrator)) throw NotAuthorizedException.Elsewhere(caller.Name, Role.Administrator, given.ToString());
        Asset asset = AssetStore.Resolve(connection, new AssetReference(given.AssetId));
        AssetAccount account = AssetAccountService.Resolve(connection, asset, given.Name, given.Protocol);
        rights.Require(Role.Administrator, account.OwnerAccountId, given.ToString());
        return (asset, account);
    });

    /// <summary>Changes what is kept for an account.</summary>
    /// <exception cref="NotAuthorizedException">The caller may not, or no longer.</exception>
    internal static void Change(EngineContext context, Caller caller, AssetAccount account, Action<Change> work) => context.ChangeOwned(caller, change =>
    {
        change.Authorize(account.OwnerAccountId, account.ToString());
        work(change);
    });
}
