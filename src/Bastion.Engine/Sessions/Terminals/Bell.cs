namespace Bastion.Sessions.Terminals;

/// <summary>Wakes a thread that waits on a descriptor: the end of a pipe that is waited on as well.</summary>
internal sealed class Bell : IDisposable
{
    private readonly object _gate = new();
    private readonly int _read;
    private readonly int _write;
    private bool _rung;
    private bool _disposed;

    internal Bell() => (_read, _write) = Libc.Pipe();

    /// <summary>Readable while the bell has been rung.</summary>
    internal int Descriptor => _read;

    internal void Ring()
    {
        lock (_gate)
        {
            if (_rung || _disposed) return;
            _rung = true;
            _ = Libc.Write(_write, [1]);
        }
    }

    internal void Quiet()
    {
        lock (_gate)
        {
            if (!_rung || _disposed) return;
            _rung = false;
            _ = Libc.Read(_read, stackalloc byte[1]);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            Libc.Close(_read);
            Libc.Close(_write);
        }
    }
}
