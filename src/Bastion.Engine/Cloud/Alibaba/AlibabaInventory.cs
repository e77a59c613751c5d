using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bastion.Cloud.Alibaba.Answers;
using Bastion.Cloud.Alibaba.Credentials;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba;

/// <summary>Alibaba Cloud: the directory with the credentials themselves, each member with its role.</summary>
internal sealed class AlibabaInventory : ICloudInventory
{
    private const int PageSize = 100;
    private readonly RpcClient _rpc;
    private readonly IAlibabaCredentials _credentials;
    private readonly Endpoints _endpoints;
    private readonly AlibabaOptions _options;
    private readonly Once<CloudIdentity> _identity;
    private readonly Once<CloudDirectory> _directory;
    private readonly ConcurrentDictionary<string, Lazy<Member>> _members = new(StringComparer.Ordinal);
    private readonly Hosts _hosts;
    private readonly Databases _databases;

    internal AlibabaInventory(RpcClient rpc, IAlibabaCredentials credentials, Endpoints endpoints, AlibabaOptions options)
    {
        (_rpc, _credentials, _endpoints, _options) = (rpc, credentials, endpoints, options);
        _identity = new Once<CloudIdentity>(stop => rpc.CallAsync(new RpcCall(Product.Sts, "GetCallerIdentity", endpoints.Sts), credentials, DirectoryAnswers.Identity, stop));
        _directory = new Once<CloudDirectory>(stop => rpc.CallAsync(new RpcCall(Product.ResourceManager, "GetResourceDirectory", endpoints.ResourceManager), credentials, DirectoryAnswers.Directory, stop));
        (_hosts, _databases) = (new Hosts(endpoints), new Databases(endpoints));
    }

    public string Provider => AlibabaProvider.Name;

    public async Task<CloudIdentity> GetIdentityAsync(CancellationToken stop) => await _identity.GetAsync(stop);

    public async Task<CloudDirectory> GetDirectoryAsync(CancellationToken stop) => await _directory.GetAsync(stop);

    public async IAsyncEnumerable<CloudAccount> ListAccountsAsync([EnumeratorCancellation] CancellationToken stop)
    {
        CloudDirectory directory = await _directory.GetAsync(stop);
        // Whether the list holds the management account is not documented; and one that joins while pages turn can push another onto the next page.
        var told = new HashSet<string>(StringComparer.Ordinal) { directory.ManagementAccountId };
        for (int page = 1; ; page++)
        {
            (IReadOnlyList<CloudAccount> accounts, int total) = await _rpc.CallAsync(AccountPage(page), _credentials, DirectoryAnswers.Page, stop);
            foreach (CloudAccount account in accounts.Where(a => told.Add(a.Id))) yield return account;
            if (accounts.Count == 0 || page * PageSize >= total) yield break;
        }
    }

    public async Task<CloudAccount?> GetAccountAsync(string accountId, CancellationToken stop)
    {
        try
        {
            return await _rpc.CallAsync(Account(accountId), _credentials, answer => DirectoryAnswers.Account(answer.Child("Account")), stop);
        }
        catch (CloudException e) when (e.Id == "CloudAccountNotFound")
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<string>> ListRegionsAsync(string accountId, CancellationToken stop)
    {
        Member member = await MemberAsync(accountId, stop);
        IReadOnlyList<RegionAnswer>[] regions = await Task.WhenAll(_hosts.RegionsAsync(member, stop), _databases.RegionsAsync(member, stop));
        return [.. regions.SelectMany(r => r).Select(r => r.Id).Distinct(StringComparer.Ordinal)];
    }

    public async Task PrepareAsync(string accountId, CloudAssetQuery query, CancellationToken stop)
    {
        Member member = await MemberAsync(accountId, stop);
        await member.EnterAsync(stop);
        if (query.Regions.Count == 0) await Task.WhenAll(Listings(query).Select(listing => AskRegionsAsync(member, listing, stop)));
    }

    public async IAsyncEnumerable<CloudAsset> ListAssetsAsync(string accountId, CloudAssetQuery query, [EnumeratorCancellation] CancellationToken stop)
    {
        Member member = await MemberAsync(accountId, stop);
        await foreach (CloudAsset asset in new AssetSweep(member, Listings(query), query.Regions).RunAsync(stop)) yield return asset;
    }

    public IAsyncEnumerable<CloudPermission> CheckPermissionsAsync(string? accountId, CancellationToken stop) => accountId is null
        ? new DirectoryRights(this, ListFirstAsync).CheckAsync(stop)
        : new MemberRights(accountId, MemberAsync, _hosts, _databases).CheckAsync(stop);

    public void Dispose()
    {
        foreach (Lazy<Member> member in _members.Values.Where(m => m.IsValueCreated)) member.Value.Dispose();
        _identity.Dispose();
        _directory.Dispose();
        _credentials.Dispose();
        _rpc.Dispose();
    }

    private IAssetListing[] Listings(CloudAssetQuery query) => [.. new IAssetListing[] { _hosts, _databases }.Where(l => query.Kinds.Contains(l.Kind))];

    private static async Task AskRegionsAsync(Member member, IAssetListing listing, CancellationToken stop)
    {
        try
        {
            await member.RegionsAsync(listing, stop);
        }
        catch (CloudException e) when (AssetSweep.IsRefusal(e))
        {
            // The listing asks again and tells it with the rest
        }
    }

    private RpcCall AccountPage(int page) => new(Product.ResourceManager, "ListAccounts", _endpoints.ResourceManager, ("PageNumber", $"{page}"), ("PageSize", $"{PageSize}"));

    private RpcCall Account(string id) => new(Product.ResourceManager, "GetAccount", _endpoints.ResourceManager, ("AccountId", id));

    private async Task<string?> ListFirstAsync(CancellationToken stop)
    {
        (IReadOnlyList<CloudAccount> accounts, _) = await _rpc.CallAsync(AccountPage(1), _credentials, DirectoryAnswers.Page, stop);
        return accounts.Count == 0 ? null : accounts[0].Id;
    }

    private async Task<Member> MemberAsync(string id, CancellationToken stop)
    {
        // It becomes part of the role's ARN.
        if (id.Length is 0 or > 32 || !id.All(char.IsAsciiDigit)) throw AlibabaErrors.BadAccount(id);
        CloudIdentity caller = await _identity.GetAsync(stop);
        return _members.GetOrAdd(id, key => new Lazy<Member>(() => key == caller.AccountId
            ? new Member(key, _credentials, ownsCredentials: false, _rpc, _options.CallsPerMember)
            : new Member(key, new RenewedCredentials(token => TakeRoleAsync(key, caller.AccountId, token), _rpc.Clock), ownsCredentials: true, _rpc, _options.CallsPerMember))).Value;
    }

    private async Task<AlibabaKey> TakeRoleAsync(string account, string caller, CancellationToken stop)
    {
        try
        {
            return await RoleKeys.AssumeAsync(_rpc, _credentials, _endpoints.Sts, new RoleToTake($"acs:ram::{account}:role/{_options.RoleName}"), account, stop);
        }
        catch (CloudException e)
        {
            CloudException told = AlibabaErrors.NoRole(e, _options.RoleName, account, caller);
            if (told == e) throw;
            throw told;
        }
    }
}
