using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Bastion.Sessions.Terminals;

/// <summary>Keeps a terminal raw, and puts it back as it was: when disposed, when the process ends, is told to end or crashes.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RawMode : IDisposable
{
    private readonly int _descriptor;
    private readonly Action _givenBack;
    private readonly byte[] _before = new byte[Libc.TermiosSize];
    private readonly byte[] _raw = new byte[Libc.TermiosSize];
    private readonly object _gate = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly Timer _again;
    private bool _disposed;

    internal RawMode(int descriptor, Action resized, Action givenBack)
    {
        (_descriptor, _givenBack) = (descriptor, givenBack);
        if (!Libc.TryGetAttributes(descriptor, _before)) throw new NoTerminalException("standard input");
        _before.CopyTo(_raw, 0);
        Libc.MakeRaw(_raw);
        _again = new Timer(_ => MakeRaw());
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        AppDomain.CurrentDomain.UnhandledException += OnCrash;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resized()),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => PutBack()),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => PutBack()),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, _ => PutBack()),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => PutBack()),
            // .NET puts its own idea of the terminal in place when a child ends and when the process is continued.
            PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => MakeRawAgain()),
            PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => MakeRawAgain()),
        ];
        MakeRaw();
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
        _again.Dispose();
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= OnEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnCrash;
    }

    private void OnEnd(object? sender, EventArgs e) => PutBack();

    private void OnCrash(object sender, UnhandledExceptionEventArgs e) => PutBack();

    private void PutBack() => Libc.TrySetAttributes(_descriptor, _before);

    // At once, and after .NET is surely done.
    private void MakeRawAgain()
    {
        MakeRaw();
        lock (_gate)
        {
            if (!_disposed) _again.Change(50, Timeout.Infinite);
        }
    }

    private void MakeRaw()
    {
        lock (_gate)
        {
            if (!_disposed) Libc.TrySetAttributes(_descriptor, _raw);
        }
    }
}
