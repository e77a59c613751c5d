namespace Bastion.Cloud.Alibaba;

/// <summary>Something that is asked for once and then remembered. A failure, or an asker who leaves, lets the next one try.</summary>
internal sealed class Once<T>(Func<CancellationToken, Task<T>> ask) : IDisposable where T : class
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private T? _known;

    internal async ValueTask<T> GetAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref _known) is { } known) return known;
        await _asking.WaitAsync(stop);
        try
        {
            return _known ??= await ask(stop);
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();
}
