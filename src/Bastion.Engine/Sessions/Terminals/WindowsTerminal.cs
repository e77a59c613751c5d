using System.Runtime.Versioning;
using System.Text;

namespace Bastion.Sessions.Terminals;

/// <summary>The console on Windows 10 and later, as a terminal that takes and gives escape sequences.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsTerminal : ITerminal, IDisposable
{
    private const int LargestWrite = 8 << 10;
    private readonly nint _input;
    private readonly nint _output;
    private readonly ManualResetEvent _stopReading = new(false);
    private readonly Queue<byte> _typed = new();
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly object _writing = new();
    private char[] _text = new char[LargestWrite];
    private RestoredModes? _raw;
    private (int, int) _size;

    private WindowsTerminal(nint input, nint output)
    {
        (_input, _output) = (input, output);
        _size = (Columns, Rows);
    }

    public event EventHandler? Resized;

    public int Columns => Kernel32.TryGetScreen(_output, out Kernel32.Screen s) ? s.Right - s.Left + 1 : 80;

    public int Rows => Kernel32.TryGetScreen(_output, out Kernel32.Screen s) ? s.Bottom - s.Top + 1 : 24;

    public string Type => "xterm-256color";

    public bool IsInteractive => true;

    internal static WindowsTerminal Open()
    {
        nint input = Kernel32.StandardHandle(Kernel32.StandardInput), output = Kernel32.StandardHandle(Kernel32.StandardOutput);
        if (!Kernel32.TryGetMode(input, out _)) throw new NoTerminalException("standard input");
        if (!Kernel32.TryGetMode(output, out _)) throw new NoTerminalException("standard output");
        return new WindowsTerminal(input, output);
    }

    public IDisposable EnterRawMode() => _raw = new RestoredModes(_input, _output);

    public int Read(Span<byte> buffer, CancellationToken stop)
    {
        using CancellationTokenRegistration wake = stop.UnsafeRegister(static e => ((ManualResetEvent)e!).Set(), _stopReading);
        nint* handles = stackalloc nint[2] { _stopReading.SafeWaitHandle.DangerousGetHandle(), _input };
        while (_typed.Count == 0)
        {
            _ = Kernel32.WaitForAny(2, handles, false, uint.MaxValue);
            _stopReading.Reset();
            if (stop.IsCancellationRequested) return 0;
            TakeEvents();
        }

        int count = 0;
        while (count < buffer.Length && _typed.TryDequeue(out byte next)) buffer[count++] = next;
        return count;
    }

    // Decoded here: a character may be cut by the end of a packet, and the console takes whole ones.
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            int most = Encoding.UTF8.GetMaxCharCount(bytes.Length);
            if (_text.Length < most) _text = new char[most];
            int count = _decoder.GetChars(bytes, _text, flush: false);
            fixed (char* text = _text)
            {
                for (int at = 0; at < count;)
                {
                    if (!Kernel32.TryWrite(_output, text + at, (uint)Math.Min(count - at, LargestWrite), out uint written, 0)) throw new IOException("The console is gone.");
                    at += (int)written;
                }
            }
        }
    }

    public void Dispose()
    {
        _raw?.Dispose();
        _stopReading.Dispose();
    }

    private void TakeEvents()
    {
        Kernel32.InputRecord* records = stackalloc Kernel32.InputRecord[64];
        if (!Kernel32.TryReadInput(_input, records, 64, out uint count)) throw new IOException("The console is gone.");
        for (int i = 0; i < count; i++)
        {
            if (records[i].EventType == Kernel32.KeyEvent) TakeKey(records[i]);
            else if (records[i].EventType == Kernel32.WindowBufferSizeEvent) CheckSize();
        }
    }

    // The console turns arrows and function keys into escape sequences, one event a character.
    private void TakeKey(in Kernel32.InputRecord key)
    {
        bool composed = key.KeyDown == 0 && key.VirtualKey == Kernel32.AltKey && key.Character != 0;      // Alt and digits on the keypad
        bool nul = key.KeyDown != 0 && key.Character == 0 && (key.ControlKeys & Kernel32.EitherCtrl) != 0 && key.VirtualKey is Kernel32.SpaceKey or Kernel32.TwoKey;
        if (!composed && !nul && (key.KeyDown == 0 || key.Character == 0)) return;
        char character = key.Character;
        Span<byte> bytes = stackalloc byte[8];
        for (int i = 0; i < Math.Max(1, (int)key.Repeat); i++)
        {
            int length = _encoder.GetBytes(new ReadOnlySpan<char>(in character), bytes, flush: false);
            foreach (byte b in bytes[..length]) _typed.Enqueue(b);
        }
    }

    private void CheckSize()
    {
        (int, int) now = (Columns, Rows);
        if (now == _size) return;
        _size = now;
        ThreadPool.QueueUserWorkItem(_ => Resized?.Invoke(this, EventArgs.Empty));
    }

    /// <summary>Raw modes of both handles until disposed, or until the process ends.</summary>
    private sealed class RestoredModes : IDisposable
    {
        private readonly nint _input;
        private readonly nint _output;
        private readonly uint _inputBefore;
        private readonly uint _outputBefore;

        internal RestoredModes(nint input, nint output)
        {
            (_input, _output) = (input, output);
            if (!Kernel32.TryGetMode(input, out _inputBefore)) throw new NoTerminalException("standard input");
            if (!Kernel32.TryGetMode(output, out _outputBefore)) throw new NoTerminalException("standard output");
            AppDomain.CurrentDomain.ProcessExit += OnEnd;
            AppDomain.CurrentDomain.UnhandledException += OnEnd;
            bool raw = Kernel32.TrySetMode(input, Kernel32.VirtualTerminalInput | Kernel32.WindowInput | (_inputBefore & Kernel32.UsersOwnInput))
                && Kernel32.TrySetMode(output, _outputBefore | Kernel32.ProcessedOutput | Kernel32.VirtualTerminalOutput | Kernel32.NoAutoReturn);
            if (raw) return;
            Dispose();
            throw new NoTerminalException("this console (Windows 10 and later have one that understands escape sequences)");
        }

        public void Dispose()
        {
            PutBack();
            AppDomain.CurrentDomain.ProcessExit -= OnEnd;
            AppDomain.CurrentDomain.UnhandledException -= OnEnd;
        }

        private void OnEnd(object? sender, EventArgs e) => PutBack();

        private void PutBack()
        {
            Kernel32.TrySetMode(_input, _inputBefore);
            Kernel32.TrySetMode(_output, _outputBefore);
        }
    }
}
