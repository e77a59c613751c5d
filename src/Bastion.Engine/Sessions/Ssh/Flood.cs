using System.Diagnostics;

namespace Bastion.Sessions.Ssh;

/// <summary>Knows whether more comes than anyone reads, and what of it is left out after a Ctrl-C.</summary>
internal sealed class Flood
{
    private const int LinesKept = 3;
    private const int BytesKept = 4096;
    // What was under way when the Ctrl-C arrived: the window, and as much again that the host had read from the program. More is the answer to it.
    private const long LongestSkip = 2L * SshChannel.Window;
    private readonly FlowRate _rate = new();
    private readonly byte[] _tail = new byte[BytesKept];
    private int _tailLength;
    private long _skipped;
    private int _skipping;

    /// <summary>Whether output is left out now.</summary>
    internal bool Skipping => Volatile.Read(ref _skipping) != 0;

    /// <summary>How long nothing has come.</summary>
    internal TimeSpan QuietFor => _rate.QuietFor;

    /// <summary>Output has come.</summary>
    internal void Begin(int bytes) => _rate.Begin(bytes);

    /// <summary>It was dealt with.</summary>
    internal void Pass() => _rate.Pass();

    /// <summary>Leaves out what follows, if it is a flood. Called on the thread that reads keys.</summary>
    internal void OnCtrlC()
    {
        if (_rate.IsFlood) Volatile.Write(ref _skipping, 1);
    }

    /// <summary>Leaves out bytes, but keeps the last lines.</summary>
    /// <returns><see langword="false"/> when it was enough.</returns>
    internal bool Skip(ReadOnlySpan<byte> bytes)
    {
        _skipped += bytes.Length;
        if (bytes.Length >= BytesKept)
        {
            bytes[^BytesKept..].CopyTo(_tail);
            _tailLength = BytesKept;
        }
        else
        {
            int kept = Math.Min(_tailLength, BytesKept - bytes.Length);
            _tail.AsSpan(_tailLength - kept, kept).CopyTo(_tail);
            bytes.CopyTo(_tail.AsSpan(kept));
            _tailLength = kept + bytes.Length;
        }

        return _skipped < LongestSkip;
    }

    /// <summary>Ends leaving out.</summary>
    /// <returns>How much was left out for good, and the last lines, which are to be drawn.</returns>
    internal (long Skipped, byte[] Tail) End()
    {
        ReadOnlySpan<byte> tail = _tail.AsSpan(0, _tailLength);
        // All of it, if that is little: then nothing was left out at all.
        byte[] last = _skipped == tail.Length ? tail.ToArray() : LastLines(tail).ToArray();
        long skipped = _skipped - last.Length;
        (_skipped, _tailLength) = (0, 0);
        Volatile.Write(ref _skipping, 0);
        return (skipped, last);
    }

    private static ReadOnlySpan<byte> LastLines(ReadOnlySpan<byte> tail)
    {
        int from = tail.Length;
        for (int lines = 0; lines <= LinesKept && from > 0; lines++) from = Math.Max(0, tail[..from].LastIndexOf((byte)'\n'));
        if (from > 0) return tail[(from + 1)..];
        // A cut line begins with a whole character; a cut escape sequence shows as a few odd letters at worst.
        while (from < tail.Length && (tail[from] & 0xC0) == 0x80) from++;
        return tail[from..];
    }

    /// <summary>Measures the last quarter to half of a second.</summary>
    private sealed class FlowRate
    {
        private static readonly long Period = Stopwatch.Frequency / 4;
        // More than anyone reads in that time, or the terminal was busy with it for half of it.
        private const long MuchToRead = 256 << 10;
        private readonly object _gate = new();
        private (long Bytes, long Busy) _before;
        private (long Bytes, long Busy) _now;
        private long _periodBegan;
        private long _began;
        private long _lastPassed;
        private bool _inHand;

        internal TimeSpan QuietFor
        {
            get
            {
                lock (_gate) return _inHand ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_lastPassed);
            }
        }

        internal bool IsFlood
        {
            get
            {
                lock (_gate)
                {
                    long now = Turn();
                    long busy = _before.Busy + _now.Busy + (_inHand ? now - _began : 0);
                    return _before.Bytes + _now.Bytes >= MuchToRead || busy >= Period / 2;
                }
            }
        }

        internal void Begin(int bytes)
        {
            lock (_gate)
            {
                _began = Turn();
                _now.Bytes += bytes;
                _inHand = true;
            }
        }

        internal void Pass()
        {
            lock (_gate)
            {
                _lastPassed = Turn();
                _now.Busy += _lastPassed - _began;
                _inHand = false;
            }
        }

        private long Turn()
        {
            long now = Stopwatch.GetTimestamp(), passed = now - _periodBegan;
            if (passed < Period) return now;
            _before = passed < 2 * Period ? _now : default;
            _now = default;
            _periodBegan = now;
            return now;
        }
    }
}
