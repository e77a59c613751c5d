using System.Runtime.CompilerServices;
using Bastion.Cloud;
using Bastion.Cloud.Connections;

namespace Bastion.Accounts;

/// <summary>The organisation's accounts: which there are, and which were added to the bastion.</summary>
public sealed class MemberAccountService
{
    private readonly EngineContext _context;

    internal MemberAccountService(EngineContext context) => _context = context;

    /// <summary>Accounts that were added, by display name.</summary>
    public IReadOnlyList<MemberAccount> List() => _context.Database.Read(MemberAccountStore.List);

    /// <summary>One account that was added.</summary>
    /// <exception cref="MemberAccountNotFoundException">It was not.</exception>
    public MemberAccount Get(string id) => _context.Database.Read(connection => MemberAccountStore.Find(connection, id)) ?? throw new MemberAccountNotFoundException(id, inDirectory: false);

    /// <summary>All accounts of the directory as the cloud tells them now, the management account first; each says whether it was added.</summary>
    /// <exception cref="CloudException">The directory can't be read.</exception>
    public async IAsyncEnumerable<MemberAccount> AvailableAsync(CloudConnection cloud, ICloudInventory inventory, [EnumeratorCancellation] CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(inventory);
        _context.RequireEverything(Role.Administrator);
        Dictionary<string, MemberAccount> added = List().ToDictionary(m => m.Id, StringComparer.Ordinal);
        CloudDirectory directory = await inventory.GetDirectoryAsync(stop);
        yield return Merge(Management(directory), cloud, added);
        await foreach (CloudAccount account in inventory.ListAccountsAsync(stop))
        {
            if (account.Id != directory.ManagementAccountId) yield return Merge(account, cloud, added);
        }
    }

    /// <summary>Adds an account of the directory. Adding one again refreshes what is known of it.</summary>
    /// <returns>The account, and whether it is new here.</returns>
    /// <exception cref="BastionException">The directory has no such account, or its status does not let it be used.</exception>
    public async Task<(MemberAccount Account, bool IsNew)> AddAsync(Caller caller, CloudConnection cloud, ICloudInventory inventory, string id, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(inventory);
        CloudAccount account = id == cloud.ManagementAccountId
            ? Management(await inventory.GetDirectoryAsync(stop))
            : await inventory.GetAccountAsync(id, stop) ?? throw new MemberAccountNotFoundException(id, inDirectory: true);
        if (!account.IsUsable) throw new MemberAccountUnusableException(id, account.Status);
        return _context.Change(caller, change =>
        {
            MemberAccount? old = MemberAccountStore.Find(change.Connection, account.Id);
            MemberAccountStore.Put(change.Connection, Merge(account, cloud, []), cloud.Id, change.Now);
            MemberAccount now = MemberAccountStore.Find(change.Connection, account.Id)!;
            if (old is null || Facts(old) != Facts(now)) change.Audit(old is null ? "member.added" : "member.changed", account.Id, account.Id, account.DisplayName, old is null ? null : Facts(old), Facts(now));
            return (now, old is null);
        });
    }

    // What the directory tells of it; the rest follows imports.
    private static MemberFacts Facts(MemberAccount account) => new(account.DisplayName, account.JoinMethod, account.Status, account.Cloud);

    private sealed record MemberFacts(string DisplayName, string JoinMethod, string Status, string Cloud);

    private static CloudAccount Management(CloudDirectory directory) => new()
    {
        Id = directory.ManagementAccountId,
        DisplayName = directory.ManagementAccountName,
        JoinMethod = "management",
        Status = "Management",
        IsUsable = true,
    };

    // The names are the directory's: anything may be in them.
    private static MemberAccount Merge(CloudAccount account, CloudConnection cloud, Dictionary<string, MemberAccount> added) => new()
    {
        Id = AccountIds.Check(account.Id),
        DisplayName = Printable.Escape(account.DisplayName),
        JoinMethod = account.JoinMethod,
        Status = Printable.Escape(account.Status),
        Cloud = cloud.Name,
        Added = added.TryGetValue(account.Id, out MemberAccount? present),
        AddedAt = present?.AddedAt,
        ImportedAt = present?.ImportedAt,
        Project = present?.Project,
        Assets = present?.Assets ?? 0,
    };
}
