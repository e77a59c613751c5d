using System.Text.Json;
using Bastion.Cloud.Alibaba.Credentials;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba;

/// <summary>One account as it is reached here: with which credentials, and how many calls at a time.</summary>
internal sealed class Member(string id, IAlibabaCredentials credentials, bool ownsCredentials, RpcClient rpc, int calls) : IDisposable
{
    private readonly SemaphoreSlim _free = new(calls, calls);

    internal string Id => id;

    internal int Calls => calls;

    /// <summary>Gets a key without calling anything else: tells whether the account can be reached.</summary>
    internal async Task EnterAsync(CancellationToken stop) => await credentials.GetAsync(stop);

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
