using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Bastion.Cloud.Alibaba.Answers;

namespace Bastion.Cloud.Alibaba;

/// <summary>All assets of one account: its kinds and regions at the same time, handed out as they come.</summary>
/// <remarks>
/// A region that refuses does not hide what the others hold: all are read, then <see cref="CloudRegionsRefusedException"/> says which
/// refused. Only when nothing could be read at all is it the refusal itself that is thrown.
/// </remarks>
internal sealed class AssetSweep(Member member, IReadOnlyList<IAssetListing> listings, IReadOnlyCollection<string> regions)
{
    private readonly Channel<IReadOnlyList<CloudAsset>> _found = Channel.CreateBounded<IReadOnlyList<CloudAsset>>(new BoundedChannelOptions(8) { SingleReader = true });
    private readonly ConcurrentQueue<(CloudRegionRefusal Refusal, CloudException Cause)> _refused = new();
    private int _read;

    internal async IAsyncEnumerable<CloudAsset> RunAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task sweeping = SweepAsync(work);
        try
        {
            await foreach (IReadOnlyList<CloudAsset> page in _found.Reader.ReadAllAsync(stop))
            {
                foreach (CloudAsset asset in page) yield return asset;
            }
        }
        finally
        {
            await work.CancelAsync();
            await sweeping;
        }

        if (_refused.IsEmpty) yield break;
        if (_read == 0) throw _refused.First().Cause;
        throw new CloudRegionsRefusedException(member.Id, [.. _refused.Select(r => r.Refusal).OrderBy(r => r.Kind).ThenBy(r => r.Region, StringComparer.Ordinal)], _refused.First().Cause);
    }

    // Never throws: a failure reaches the reader through the channel, and ends the other kinds at once.
    private async Task SweepAsync(CancellationTokenSource work)
    {
        Exception? failure = null;
        await Task.WhenAll(listings.Select(async listing =>
        {
            try
            {
                await SweepAsync(listing, work.Token);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, e, null);
                await work.CancelAsync();
            }
        }));
        _found.Writer.Complete(failure);
    }

    private async Task SweepAsync(IAssetListing listing, CancellationToken stop)
    {
        IReadOnlyList<RegionAnswer> asked = [.. regions.Distinct(StringComparer.Ordinal).Select(r => new RegionAnswer(r, null))];
        if (asked.Count == 0 && !await ReadAsync(listing, null, async () => asked = await member.RegionsAsync(listing, stop))) return;
        var options = new ParallelOptions { MaxDegreeOfParallelism = member.Calls, CancellationToken = stop };
        await Parallel.ForEachAsync(asked, options, async (region, token) =>
        {
            bool read = await ReadAsync(listing, region.Id, async () =>
            {
                await foreach (IReadOnlyList<CloudAsset> page in listing.ListAsync(member, region, token)) await _found.Writer.WriteAsync(page, token);
            });
            if (read) Interlocked.Increment(ref _read);
        });
    }

    /// <summary>Whether only this region or kind is closed, and not the account.</summary>
    internal static bool IsRefusal(CloudException e) => e.Id is "CloudAccessDenied" or "CloudRegionNotFound";

    private async Task<bool> ReadAsync(IAssetListing listing, string? region, Func<Task> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (CloudException e) when (IsRefusal(e))
        {
            _refused.Enqueue((new CloudRegionRefusal(listing.Kind, region), e));
            return false;
        }
    }
}
