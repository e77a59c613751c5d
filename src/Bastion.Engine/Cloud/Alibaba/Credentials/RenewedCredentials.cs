using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>Temporary keys from a source that gives new ones, renewed before they end; many may ask at once, one fetches.</summary>
/// <param name="fetch">Gets a new key.</param>
/// <param name="clock">The cloud's time.</param>
/// <param name="source">What <paramref name="fetch"/> draws on, if it lives as long as this; <see langword="null"/>: nothing, or it belongs to someone else.</param>
internal sealed class RenewedCredentials(Func<CancellationToken, Task<AlibabaKey>> fetch, CloudClock clock, IDisposable? source = null) : IAlibabaCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private Held? _held;

    public ValueTask<AlibabaKey> GetAsync(CancellationToken stop) => Fresh() is { } key ? ValueTask.FromResult(key) : new ValueTask<AlibabaKey>(RenewAsync(stop));

    public void Reject(AlibabaKey key)
    {
        Held? held = Volatile.Read(ref _held);
        if (held?.Key == key) Interlocked.CompareExchange(ref _held, null, held);
    }

    public void Dispose()
    {
        _held?.Key.Wipe();
        _fetching.Dispose();
        source?.Dispose();
    }

    private async Task<AlibabaKey> RenewAsync(CancellationToken stop)
    {
        await _fetching.WaitAsync(stop);
        try
        {
            if (Fresh() is { } fetchedMeanwhile) return fetchedMeanwhile;
            Held held = await FetchAsync(stop);
            Volatile.Write(ref _held, held);
            return held.Key;
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async Task<Held> FetchAsync(CancellationToken stop)
    {
        Held? old = _held;
        try
        {
            AlibabaKey key = await fetch(stop);
            return new Held(key, RenewAt(key));
        }
        catch (CloudException) when (old is not null && old.Key.Expires > clock.Now)
        {
            // The old key is still good; try again in a while, and not all at the same moment.
            return old with { RenewAt = clock.Now + (Pause * (1 + Random.Shared.NextDouble())) };
        }
    }

    // A short-lived key would be stale at birth by a fixed margin, so never more than a third of its life.
    private DateTimeOffset RenewAt(AlibabaKey key)
    {
        if (key.Expires is not { } expires) return DateTimeOffset.MaxValue;
        TimeSpan third = (expires - clock.Now) / 3;
        return expires - (third < Margin ? third : Margin);
    }

    private AlibabaKey? Fresh() => Volatile.Read(ref _held) is { } held && clock.Now < held.RenewAt ? held.Key : null;

    private sealed record Held(AlibabaKey Key, DateTimeOffset RenewAt);
}
