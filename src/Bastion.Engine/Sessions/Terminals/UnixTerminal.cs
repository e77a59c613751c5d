using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Bastion.Sessions.Terminals;

/// <summary>A terminal on Linux or macOS, straight on its descriptors: the console class of .NET is not on the path of a key.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixTerminal : ITerminal, IDisposable
{
    // Where the terminal can't be opened a second time, a write waits for room first and then takes no more than a terminal has room for.
    private const int CarefulPiece = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private readonly int _input;
    private readonly int _output;
    private readonly int _noWait;
    private readonly Bell _stopReading = new();
    private readonly Bell _givenBack = new();
    private readonly object _reading = new();
    private readonly object _writing = new();
    private RawMode? _raw;
    private volatile bool _ended;

    private UnixTerminal(int input, int output)
    {
        (_input, _output) = (input, output);
        _noWait = Libc.OpenAgain(output);
    }

    public event EventHandler? Resized;

    public int Columns => Libc.SizeOf(_output).Columns is > 0 and int columns ? columns : 80;

    public int Rows => Libc.SizeOf(_output).Rows is > 0 and int rows ? rows : 24;

    public string Type => Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } type ? type : "xterm";

    public bool IsInteractive => true;

    internal static UnixTerminal Open(int input, int output)
    {
        if (!Libc.IsTerminal(input)) throw new NoTerminalException("standard input");
        if (!Libc.IsTerminal(output)) throw new NoTerminalException("standard output");
        return new UnixTerminal(input, output);
    }

    public IDisposable EnterRawMode()
    {
        _ended = false;
        _givenBack.Quiet();
        return _raw = new RawMode(_input, () => Resized?.Invoke(this, EventArgs.Empty), () =>
        {
            _ended = true;
            _givenBack.Ring();
        });
    }

    public int Read(Span<byte> buffer, CancellationToken stop)
    {
        lock (_reading)
        {
            using CancellationTokenRegistration wake = stop.UnsafeRegister(static bell => ((Bell)bell!).Ring(), _stopReading);
            return ReadKeys(buffer, stop);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_writing) WriteAll(bytes);
    }

    public void Dispose()
    {
        _raw?.Dispose();
        _stopReading.Ring();
        // A descriptor is not closed under a call that still uses it: its number may be another file's a moment later.
        if (Monitor.TryEnter(_reading, Patience))
        {
            _stopReading.Dispose();
            Monitor.Exit(_reading);
        }

        if (!Monitor.TryEnter(_writing, Patience)) return;
        _ended = true;
        _givenBack.Dispose();
        if (_noWait >= 0) Libc.Close(_noWait);
        Monitor.Exit(_writing);
    }

    private int ReadKeys(Span<byte> buffer, CancellationToken stop)
    {
        while (true)
        {
            Libc.WaitFor(_input, Libc.Readable, _stopReading.Descriptor);
            _stopReading.Quiet();
            if (stop.IsCancellationRequested) return 0;
            nint count = Libc.Read(_input, buffer);
            if (count > 0) return (int)count;
            int error = Marshal.GetLastPInvokeError();
            if (count < 0 && (error == Libc.Interrupted || error == Libc.WouldBlock)) continue;
            // No key means the end of input: readable, and nothing to read, is a terminal that was closed.
            throw Gone(count == 0 ? 0 : error);
        }
    }

    private void WriteAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_ended) throw new IOException("The terminal was given back.");
            if (_noWait < 0) Libc.WaitFor(_output, Libc.Writable, _givenBack.Descriptor);
            nint count = _noWait < 0 ? Libc.Write(_output, bytes[..Math.Min(bytes.Length, CarefulPiece)]) : Libc.Write(_noWait, bytes);
            if (count >= 0)
            {
                bytes = bytes[(int)count..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == Libc.WouldBlock) Libc.WaitFor(_noWait < 0 ? _output : _noWait, Libc.Writable, _givenBack.Descriptor);
            else if (error != Libc.Interrupted) throw Gone(error);
        }
    }

    private static IOException Gone(int error) => new($"The terminal is gone (error {error}).");
}
