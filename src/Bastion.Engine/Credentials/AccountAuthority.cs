using Bastion.Assets;
using Bastion.Roles;
using Bastion.Roles.Rights;

namespace Bastion.Credentials;

/// <summary>Who may have the credentials of an account tried and changed: whoever administers the account that owns its asset.</summary>
internal static class AccountAuthority
{
    /// <summary>The account as the store has it now: what the caller holds may be old, or made up.</summary>
    /// <exception cref="BastionException">It is gone, or the caller may not.</exception>
    internal static AssetAccount Resolve(EngineContext context, Caller caller, AssetAccount given) => context.Whole.Database.Read(connection =>
    {
        CallerRights rights = RightsStore.Of(connection, caller, context.Now);
        // Whoever administers nothing is not told what there is.
        if (!rights.Any(Role.Administrator)) throw NotAuthorizedException.Elsewhere(caller.Name, Role.Administrator, given.ToString());
        AssetAccount account = AssetAccountService.Resolve(connection, AssetStore.Resolve(connection, new AssetReference(given.AssetId)), given.Name, given.Protocol);
        return rights.On(Role.Administrator, account.OwnerAccountId) ? account : throw NotAuthorizedException.Elsewhere(caller.Name, Role.Administrator, given.ToString());
    });
}
