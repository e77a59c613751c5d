using System.Runtime.CompilerServices;
using Bastion.Cloud;

namespace Bastion.Unit.Assets;

/// <summary>A cloud in memory: what the importer sees, without wire or sandbox.</summary>
internal sealed class FakeInventory : ICloudInventory
{
    public Dictionary<string, List<CloudAsset>> Assets { get; } = [];

    public Dictionary<string, CloudException> Failing { get; } = [];

    public List<CloudAccount> Accounts { get; } = [];

    /// <summary>Accounts that got ready to be read, and the most that were read at the same time.</summary>
    public (int Prepared, int MostRead) Seen { get; private set; }

    /// <summary>What the reading of an account waits for.</summary>
    public Dictionary<string, Func<Task>> Slow { get; } = [];

    private int _reading;

    public string Provider => "Fake";

    public Task<CloudIdentity> GetIdentityAsync(CancellationToken stop) => Task.FromResult(new CloudIdentity("9999999999999999", "RAMUser", "arn"));

    public Task<CloudDirectory> GetDirectoryAsync(CancellationToken stop) => Task.FromResult(new CloudDirectory("rd-1", "9999999999999999", "corp"));

    public async IAsyncEnumerable<CloudAccount> ListAccountsAsync([EnumeratorCancellation] CancellationToken stop)
    {
        foreach (CloudAccount account in Accounts)
        {
            await Task.Yield();
            yield return account;
        }
    }

    public Task<CloudAccount?> GetAccountAsync(string accountId, CancellationToken stop) => Task.FromResult(Accounts.Find(a => a.Id == accountId));

    public Task<IReadOnlyList<string>> ListRegionsAsync(string accountId, CancellationToken stop) => Task.FromResult<IReadOnlyList<string>>(["cn-hangzhou"]);

    public Task PrepareAsync(string accountId, CloudAssetQuery query, CancellationToken stop)
    {
        lock (Assets) Seen = Seen with { Prepared = Seen.Prepared + 1 };
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<CloudAsset> ListAssetsAsync(string accountId, CloudAssetQuery query, [EnumeratorCancellation] CancellationToken stop)
    {
        lock (Assets) Seen = Seen with { MostRead = Math.Max(Seen.MostRead, ++_reading) };
        if (Slow.TryGetValue(accountId, out Func<Task>? wait)) await wait().WaitAsync(stop);
        foreach (CloudAsset asset in Assets.GetValueOrDefault(accountId, []))
        {
            await Task.Yield();
            stop.ThrowIfCancellationRequested();
            if (query.Kinds.Contains(asset.Kind) && (query.Regions.Count == 0 || query.Regions.Contains(asset.Region))) yield return asset;
        }

        lock (Assets) _reading--;
        // A fault after some rows is worse than one before: nothing may be taken for vanished.
        if (Failing.TryGetValue(accountId, out CloudException? fault)) throw fault;
    }

    public async IAsyncEnumerable<CloudPermission> CheckPermissionsAsync(string? accountId, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Yield();
        yield break;
    }

    public void Dispose()
    {
    }
}
