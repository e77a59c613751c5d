using System.Globalization;
using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Replay.Screens;
using Bastion.Audit.Replay.Terminals;

namespace Bastion.Audit.Replay;

/// <summary>One playing of a recording: its time, its screen, and what the viewer's keys do to them.</summary>
internal sealed class ReplayRun : IDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarStep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseOfACommand = TimeSpan.FromSeconds(1);

    private readonly RecordingReader _recording;
    private readonly IReplayTerminal _terminal;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _idleLimit;
    private readonly TimeSpan _startAt;
    private readonly ScreenPainter _painter = new();
    private ReplayTape _tape;
    private double _speed;
    private bool _paused;
    private bool _quit;
    // Time of the session that has passed since the last event
    private TimeSpan _passed;
    private long _stamp;
    private long _painted;

    internal ReplayRun(RecordingReader recording, ReplayOptions options, IReplayTerminal terminal, TimeProvider clock)
    {
        (_recording, _terminal, _clock) = (recording, terminal, clock);
        (_speed, _idleLimit, _startAt) = (options.Speed, options.IdleLimit, options.StartAt);
        _tape = new ReplayTape(recording);
    }

    /// <summary>The session's time of what shows.</summary>
    internal TimeSpan Position => _tape.Position;

    /// <summary>Plays to the end.</summary>
    internal void Play(CancellationToken stop)
    {
        Write(_painter.Enter());
        try
        {
            _stamp = _clock.GetTimestamp();
            Seek(_startAt, stop);
            // Paused at the end, the viewer may still go back
            while (!_quit && (_paused || _tape.Next is not null))
            {
                stop.ThrowIfCancellationRequested();
                TimeSpan gap = Min(_tape.Next?.Time - _tape.Position ?? default, _idleLimit);
                Pass();
                if (_paused || _passed < gap)
                {
                    Paint();
                    Obey(_terminal.Read(_paused ? Step : Min((gap - _passed) / _speed, Step), stop), stop);
                    continue;
                }

                _tape.Play();
                // What the terminal was too slow for is not made up for later.
                _passed = Min(_passed - gap, Frame * _speed);
                if (_clock.GetElapsedTime(_painted) < Frame) continue;
                Paint();
                Obey(_terminal.Read(TimeSpan.Zero, stop), stop);
            }

            Paint();
        }
        finally
        {
            Write(_painter.Leave(_tape.Stage.Screen));
        }
    }

    public void Dispose() => _tape.Dispose();

    private void Obey(ReplayKey key, CancellationToken stop)
    {
        switch (key)
        {
            case ReplayKey.Pause:
                Pass();
                _paused = !_paused;
                break;
            case ReplayKey.Faster:
                SetSpeed(_speed * 2);
                break;
            case ReplayKey.Slower:
                SetSpeed(_speed / 2);
                break;
            case ReplayKey.Back or ReplayKey.FarBack:
                Seek(_tape.Position + _passed - (key == ReplayKey.Back ? Step : FarStep), stop);
                break;
            case ReplayKey.Forward or ReplayKey.FarForward:
                Seek(_tape.Position + _passed + (key == ReplayKey.Forward ? Step : FarStep), stop);
                break;
            case ReplayKey.NextCommand:
                if (NextCommand() is { } time) Seek(time, stop);
                break;
            case ReplayKey.Quit:
                _quit = true;
                break;
        }
    }

    private void SetSpeed(double speed)
    {
        Pass();
        _speed = Math.Clamp(speed, 1.0 / 16, 1024);
    }

    // Lets the session's time pass as the viewer's has.
    private void Pass()
    {
        long now = _clock.GetTimestamp();
        if (!_paused) _passed += _clock.GetElapsedTime(_stamp, now) * _speed;
        _stamp = now;
    }

    private void Seek(TimeSpan time, CancellationToken stop)
    {
        if (time < default(TimeSpan)) time = default;
        if (time < _tape.Position)
        {
            _tape.Dispose();
            _tape = new ReplayTape(_recording);
        }

        _tape.PlayTo(time, stop);
        (_passed, _stamp) = (default, _clock.GetTimestamp());
    }

    // The next marker; in a session without markers, what comes after a pause.
    private TimeSpan? NextCommand()
    {
        TimeSpan? afterPause = null;
        TimeSpan last = _tape.Position;
        foreach (RecordingEvent e in _recording.Events())
        {
            if (e.Time <= _tape.Position) continue;
            if (e.Kind == RecordingEventKind.Marker) return e.Time;
            if (e.Time - last >= PauseOfACommand && e.Kind == RecordingEventKind.Output) afterPause ??= e.Time;
            last = e.Time;
        }

        return afterPause;
    }

    private void Paint()
    {
        _painted = _clock.GetTimestamp();
        (int columns, int rows) = _terminal.Size;
        Write(_painter.Paint(_tape.Stage.Screen, columns, rows, _paused ? Status() : null));
    }

    private string Status()
    {
        TimeSpan at = _tape.Position + _passed;
        return string.Create(CultureInfo.InvariantCulture, $" paused {(int)at.TotalHours}:{at:mm\\:ss}  ×{_speed:0.####}  space plays, ←→ seek, n next command, q quits ");
    }

    private void Write(string text)
    {
        if (text.Length > 0) _terminal.Write(Encoding.UTF8.GetBytes(text));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
