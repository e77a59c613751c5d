using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Bastion.Sessions.Terminals;

/// <summary>Keeps a terminal raw, and puts it back as it was: when disposed, when the process ends, is told to end or crashes.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RawMode : IDisposable
{
    // Soon enough for a person; a process that changes settings again and again gets its turns.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly int _descriptor;
    private readonly Action _givenBack;
    private readonly byte[] _before = new byte[Libc.TermiosSize];
    private readonly byte[] _raw = new byte[Libc.TermiosSize];
    private readonly byte[] _found = new byte[Libc.TermiosSize];
    private readonly object _gate = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly Timer _look;
    private bool _disposed;

    internal RawMode(int descriptor, Action resized, Action givenBack)
    {
        (_descriptor, _givenBack) = (descriptor, givenBack);
        if (!Libc.TryGetAttributes(descriptor, _before)) throw new NoTerminalException("standard input");
        _before.CopyTo(_raw, 0);
        Libc.MakeRaw(_raw);
        if (!Libc.TrySetAttributes(descriptor, _raw)) throw new NoTerminalException("standard input");
        // As the kernel has them: it may not take every bit as given.
        Libc.TryGetAttributes(descriptor, _raw);
        // .NET puts its own idea of the terminal in place when a child starts or ends and when the process is continued.
        _look = new Timer(_ => KeepRaw(), null, LookEvery, LookEvery);
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        AppDomain.CurrentDomain.UnhandledException += OnCrash;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resized()),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => PutBack()),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => PutBack()),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, _ => PutBack()),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => PutBack()),
            PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => KeepRaw()),
            PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => KeepRaw()),
        ];
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        _givenBack();
        PutBack();
        _look.Dispose();
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= OnEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnCrash;
    }

    private void OnEnd(object? sender, EventArgs e) => PutBack();

    private void OnCrash(object sender, UnhandledExceptionEventArgs e) => PutBack();

    private void PutBack() => Libc.TrySetAttributes(_descriptor, _before);

    private void KeepRaw()
    {
        lock (_gate)
        {
            if (_disposed || !Libc.TryGetAttributes(_descriptor, _found) || _found.AsSpan().SequenceEqual(_raw)) return;
            Libc.TrySetAttributes(_descriptor, _raw);
        }
    }
}
