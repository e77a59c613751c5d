using System.Collections.Concurrent;
using System.Text.Json;
using Bastion.Cloud.Alibaba.Answers;
using Bastion.Cloud.Alibaba.Credentials;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba;

/// <summary>One account as it is reached here: with which credentials, and how many calls at a time.</summary>
internal sealed class Member(string id, IAlibabaCredentials credentials, bool ownsCredentials, RpcClient rpc, int calls) : IDisposable
{
    private readonly SemaphoreSlim _free = new(calls, calls);
    private readonly ConcurrentDictionary<CloudAssetKind, IReadOnlyList<RegionAnswer>> _regions = new();

    internal string Id => id;

    internal int Calls => calls;

    /// <summary>Gets a key without calling anything else: tells whether the account can be reached.</summary>
    internal async Task EnterAsync(CancellationToken stop) => await credentials.GetAsync(stop);

    /// <summary>The regions that the account has for a kind of assets; asked for once.</summary>
    internal async Task<IReadOnlyList<RegionAnswer>> RegionsAsync(IAssetListing listing, CancellationToken stop) =>
        _regions.TryGetValue(listing.Kind, out IReadOnlyList<RegionAnswer>? known) ? known : _regions[listing.Kind] = await listing.RegionsAsync(this, stop);

    internal async Task<T> CallAsync<T>(RpcCall call, Func<JsonElement, T> read, CancellationToken stop)
    {
        await _free.WaitAsync(stop);
        try
        {
            return await rpc.CallAsync(call with { Account = id }, credentials, read, stop);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _free.Dispose();
        if (ownsCredentials) credentials.Dispose();
    }
}
