namespace Bastion.Sessions.Ssh;

/// <summary>How much the host is still willing to take on a channel.</summary>
internal sealed class RemoteWindow
{
    private readonly object _gate = new();
    private long _left;
    private bool _closed;

    internal void Add(uint bytes)
    {
        lock (_gate)
        {
            _left += bytes;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nobody waits any longer.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until the host takes something.</summary>
    /// <returns>How many of the wanted bytes may be sent; 0 when the channel is closed or <paramref name="stop"/> is cancelled.</returns>
    internal int Take(int wanted, CancellationToken stop)
    {
        lock (_gate)
        {
            if (_left > 0 || _closed) return TakeNow(wanted, stop);
        }

        // Outside of the lock: disposing it waits for its callback, which takes the lock.
        using CancellationTokenRegistration wake = stop.UnsafeRegister(static window => ((RemoteWindow)window!).Add(0), this);
        lock (_gate)
        {
            while (_left == 0 && !_closed && !stop.IsCancellationRequested) Monitor.Wait(_gate);
            return TakeNow(wanted, stop);
        }
    }

    private int TakeNow(int wanted, CancellationToken stop)
    {
        if (_closed || stop.IsCancellationRequested) return 0;
        int taken = (int)Math.Min(wanted, _left);
        _left -= taken;
        return taken;
    }
}
