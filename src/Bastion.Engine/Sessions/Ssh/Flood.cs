using System.Diagnostics;

namespace Bastion.Sessions.Ssh;

/// <summary>Knows whether output comes without a pause, and what of it is left out after a Ctrl-C.</summary>
internal sealed class Flood
{
    // Shorter bursts are drawn before anyone has lifted the finger.
    private static readonly TimeSpan Streak = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);
    private const int LinesKept = 3;
    private const int BytesKept = 4096;
    // What was under way when the Ctrl-C arrived: the window, and as much again that the host had read from the program. More is the answer to it.
    private const long LongestSkip = 2L * SshChannel.Window;
    private readonly byte[] _tail = new byte[BytesKept];
    private int _tailLength;
    private long _streakBegan;
    private long _lastPassed;
    private long _skipped;
    private int _inHand;
    private int _skipping;

    /// <summary>Whether output is left out now.</summary>
    internal bool Skipping => Volatile.Read(ref _skipping) != 0;

    /// <summary>How long nothing has come.</summary>
    internal TimeSpan QuietFor => _inHand != 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Volatile.Read(ref _lastPassed));

    /// <summary>Output has come.</summary>
    internal void Begin()
    {
        long now = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(_lastPassed, now) > Gap) Volatile.Write(ref _streakBegan, now);
        Volatile.Write(ref _inHand, 1);
    }

    /// <summary>It was dealt with.</summary>
    internal void Pass()
    {
        Volatile.Write(ref _lastPassed, Stopwatch.GetTimestamp());
        Volatile.Write(ref _inHand, 0);
    }

    /// <summary>Leaves out what follows, if it is a flood. Called on the thread that reads keys.</summary>
    internal void OnCtrlC()
    {
        bool flows = QuietFor <= Gap && Stopwatch.GetElapsedTime(Volatile.Read(ref _streakBegan)) >= Streak;
        if (flows) Volatile.Write(ref _skipping, 1);
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
        int from = tail.Length;
        for (int lines = 0; lines <= LinesKept && from > 0; lines++) from = tail[..from].LastIndexOf((byte)'\n') is >= 0 and int at ? at : 0;
        // A cut line begins with a whole character; a cut escape sequence shows as a few odd letters at worst.
        if (from > 0) from++;
        else while (from < tail.Length && (tail[from] & 0xC0) == 0x80) from++;
        byte[] last = tail[from..].ToArray();
        long skipped = _skipped - last.Length;
        (_skipped, _tailLength) = (0, 0);
        Volatile.Write(ref _skipping, 0);
        return (skipped, last);
    }
}
