using System.Text;
using Bastion.Audit.Recording;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Ssh;

/// <summary>
/// Brings an asset's output to the recorder and then to the operator's terminal, on the thread that received it. After a Ctrl-C into a flood
/// the rest of the flood is only recorded, and drawing goes on when it has run dry.
/// </summary>
internal sealed class OutputPump : IChannelOutput, IDisposable
{
    /// <summary>Undoes what programs that could not end properly leave behind: the other screen, mouse reports, marked pastes, a hidden cursor, colours.</summary>
    internal const string ResetModes = "\x1b[?1047l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b>\x1b[?25h\x1b[0m";

    // A host sends what it reads from its terminal, 4 KiB at a time. Each write of ours wakes whoever draws: several at once cost half of that.
    private const int DrawnAtOnce = 32 << 10;
    private const int LeastHeld = 1 << 10; // less is somebody's key coming back
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(100);

    private readonly ITerminal _terminal;
    private readonly ISessionRecorder _recorder;
    private readonly Action<SessionEnd> _end;
    private readonly object _drawing = new();
    private readonly Flood _flood = new();
    private readonly Timer _dry;
    private readonly Timer _late;
    private readonly byte[] _held = new byte[DrawnAtOnce];
    private int _heldLength;
    private bool _holds;
    private bool _watched;
    private bool _closed;

    internal OutputPump(ITerminal terminal, ISessionRecorder recorder, Action<SessionEnd> end)
    {
        (_terminal, _recorder, _end) = (terminal, recorder, end);
        _dry = new Timer(_ => DrawWhenDry());
        _late = new Timer(_ => DrawLate());
    }

    /// <summary>How long the flow must pause to count as run dry.</summary>
    internal TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(40);

    public void OnOutput(ReadOnlySpan<byte> bytes, bool moreAtOnce)
    {
        lock (_drawing)
        {
            // Recorded before it is shown: what was seen is in the recording.
            if (_closed) return;
            Record(bytes);
            if (_closed) return;
            _flood.Begin(bytes.Length);
            if (!_flood.Skipping) DrawSoon(bytes, moreAtOnce);
            else if (_flood.Skip(bytes)) _dry.Change(Pause, Timeout.InfiniteTimeSpan);
            else DrawRest();
            _flood.Pass();
        }
    }

    // With a terminal a host sends no error output apart.
    public void OnError(ReadOnlySpan<byte> bytes, bool moreAtOnce) => OnOutput(bytes, moreAtOnce);

    /// <summary>The operator pressed Ctrl-C.</summary>
    internal void OnCtrlC() => _flood.OnCtrlC();

    /// <summary>Shows a line of the bastion's own; gives up when the terminal takes no more.</summary>
    /// <param name="modes">Sequences before it.</param>
    /// <param name="text">The line.</param>
    internal void Notice(string modes, string text)
    {
        if (!_terminal.IsInteractive || !Monitor.TryEnter(_drawing, Pause)) return;
        try
        {
            if (!_closed) Draw(Encoding.UTF8.GetBytes($"{modes}\r\n[bastion] {text}\r\n"));
        }
        finally
        {
            Monitor.Exit(_drawing);
        }
    }

    /// <summary>Draws what was held back at the very end.</summary>
    internal void Finish()
    {
        lock (_drawing)
        {
            if (_flood.Skipping) DrawRest();
            else DrawHeld();
        }
    }

    /// <summary>Nothing more is recorded or drawn.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _closed, true);
        _dry.Dispose();
        _late.Dispose();
    }

    private void Record(ReadOnlySpan<byte> bytes, string? marker = null)
    {
        try
        {
            if (marker is null) _recorder.Output(bytes);
            else _recorder.Marker(marker);
        }
        catch (Exception e) when (e is IOException or BastionException or ObjectDisposedException)
        {
            Close(SessionEnd.RecorderFailed);
        }
    }

    private void DrawSoon(ReadOnlySpan<byte> bytes, bool moreAtOnce)
    {
        if (_heldLength + bytes.Length > _held.Length) DrawHeld();
        if (_heldLength == 0 && (!moreAtOnce || bytes.Length < LeastHeld) || bytes.Length > _held.Length)
        {
            Draw(bytes);
            return;
        }

        Watch();
        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
        if (!moreAtOnce) DrawHeld();
    }

    private void DrawHeld()
    {
        int length = _heldLength;
        _heldLength = 0;
        if (length > 0) Write(_held.AsSpan(0, length));
    }

    // A timer that is set for each message would cost more than is won.
    private void Watch()
    {
        _holds = true;
        if (_watched) return;
        _watched = true;
        _late.Change(LongestHold, LongestHold);
    }

    // What was to come at once did not: it was no output, or the network paused in the middle of it.
    private void DrawLate()
    {
        if (!Monitor.TryEnter(_drawing)) return;
        try
        {
            if (_closed) return;
            if (_holds) _holds = false;
            else if (_heldLength > 0) DrawHeld();
            else
            {
                _watched = false;
                _late.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
        catch (ObjectDisposedException)
        {
            // The session ended meanwhile.
        }
        finally
        {
            Monitor.Exit(_drawing);
        }
    }

    private void Draw(ReadOnlySpan<byte> bytes)
    {
        DrawHeld();
        Write(bytes);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _terminal.Write(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Close(SessionEnd.TerminalLost);
        }
    }

    private void Close(SessionEnd why)
    {
        if (_closed) return;
        _closed = true;
        _end(why);
    }

    private void DrawWhenDry()
    {
        lock (_drawing)
        {
            if (_closed || !_flood.Skipping) return;
            if (_flood.QuietFor >= Pause) DrawRest();
            else _dry.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }

    private void DrawRest()
    {
        (long skipped, byte[] tail) = _flood.End();
        if (skipped > 0)
        {
            Record([], $"Ctrl-C: {skipped} bytes before this were not shown");
            Draw(Encoding.UTF8.GetBytes($"\x1b[0m\r\n[bastion] {Amount(skipped)} not shown after Ctrl-C; the recording has all of it.\r\n"));
        }

        Draw(tail);
    }

    private static string Amount(long bytes) => bytes < 1 << 20 ? $"{bytes / 1024.0:0.#} KiB" : $"{bytes / 1048576.0:0.#} MiB";
}
