using Bastion.Accounts;
using Bastion.Accounts.Projects;

namespace Bastion.Assets;

/// <summary>An account leaves the bastion: refused while its assets are here, unless they go with it.</summary>
public sealed class AccountRemoval
{
    private readonly EngineContext _context;

    internal AccountRemoval(EngineContext context) => _context = context;

    /// <summary>Removes a member account; all of it or nothing.</summary>
    /// <param name="caller">Who removes.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="includeAssets">Whether its assets, with their accounts and grants, go with it.</param>
    /// <returns>How many assets went.</returns>
    /// <exception cref="BastionException">Not in the bastion, or it still owns assets.</exception>
    public long Remove(Caller caller, string accountId, bool includeAssets) => _context.Change(caller, change =>
    {
        MemberAccount account = MemberAccountStore.Find(change.Connection, accountId) ?? throw new MemberAccountNotFoundException(accountId, inDirectory: false);
        if (account.Assets > 0 && !includeAssets) throw new MemberAccountInUseException(account.Id, account.Assets);
        foreach (Asset asset in AssetStore.OwnedBy(change.Connection, account.Id)) AssetService.Remove(change, asset);
        MemberAccountStore.Remove(change.Connection, account.Id);
        // It leaves its project too: who administers that must not find it there if it is added again.
        ProjectStore.TakeOut(change.Connection, account.Id);
        change.Audit("member.removed", account.Id, account.Id, $"{account.DisplayName}, with {account.Assets} assets", before: account);
        return account.Assets;
    });
}
