using System.Text;

namespace Bastion.Audit.Replay.Terminals;

/// <summary>The terminal of this process.</summary>
internal sealed class ConsoleTerminal : IReplayTerminal
{
    // So soon a stop is noticed while a key is waited for
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly RawInput? _raw = OperatingSystem.IsWindows() || Console.IsInputRedirected ? null : RawInput.TryBegin();
    private readonly bool _windowsKeys = OperatingSystem.IsWindows() && !Console.IsInputRedirected;
    private readonly Encoding? _encoding;

    internal ConsoleTerminal()
    {
        if (!OperatingSystem.IsWindows()) return;
        _encoding = Console.OutputEncoding;
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    /// <inheritdoc/>
    public (int Columns, int Rows) Size
    {
        get
        {
            try
            {
                (int columns, int rows) = (Console.WindowWidth, Console.WindowHeight);
                if (columns > 0 && rows > 0) return (columns, rows);
            }
            catch (IOException)
            {
                // No terminal, a file: as large as any screen.
            }

            return (int.MaxValue, int.MaxValue);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _output.Flush();
    }

    /// <inheritdoc/>
    public ReplayKey Read(TimeSpan limit, CancellationToken stop)
    {
        long until = Environment.TickCount64 + (long)Math.Ceiling(limit.TotalMilliseconds);
        while (true)
        {
            TimeSpan left = TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64)), slice = left < Slice ? left : Slice;
            ReplayKey key = ReplayKey.None;
            if (_raw is not null) key = _raw.Read(slice);
            else if (_windowsKeys && Console.KeyAvailable) key = Meaning(Console.ReadKey(intercept: true));
            else stop.WaitHandle.WaitOne(slice);
            if (key != ReplayKey.None || stop.IsCancellationRequested || Environment.TickCount64 >= until) return key;
        }
    }

    public void Dispose()
    {
        _raw?.Dispose();
        if (_encoding is not null) Console.OutputEncoding = _encoding;
        _output.Dispose();
    }

    private static ReplayKey Meaning(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.LeftArrow => ReplayKey.Back,
        ConsoleKey.RightArrow => ReplayKey.Forward,
        ConsoleKey.UpArrow => ReplayKey.FarForward,
        ConsoleKey.DownArrow => ReplayKey.FarBack,
        _ => key.KeyChar < 0x80 ? KeyBytes.First([(byte)key.KeyChar]).Key : ReplayKey.None,
    };
}
