using Bastion.Audit.Recording;

namespace Bastion.Audit.Replay;

/// <summary>A recording that runs forward onto a screen.</summary>
internal sealed class ReplayTape : IDisposable
{
    // So many events without a look at whether somebody wants to stop
    private const int Turn = 1000;

    private readonly IEnumerator<RecordingEvent> _events;

    internal ReplayTape(RecordingReader recording)
    {
        _events = recording.Events().GetEnumerator();
        Stage = new ReplayStage(recording.Header);
        Advance();
    }

    internal ReplayStage Stage { get; }

    /// <summary>The session's time up to which was played.</summary>
    internal TimeSpan Position { get; private set; }

    /// <summary>The event that comes next; <see langword="null"/> at the end.</summary>
    internal RecordingEvent? Next { get; private set; }

    /// <summary>Plays the next event.</summary>
    internal void Play()
    {
        if (Next is null) return;
        Stage.Play(Next);
        Position = Next.Time;
        Advance();
    }

    /// <summary>Plays all up to a time.</summary>
    internal void PlayTo(TimeSpan time, CancellationToken stop)
    {
        for (int i = 1; Next is { } next && next.Time <= time; i++)
        {
            if (i % Turn == 0) stop.ThrowIfCancellationRequested();
            Play();
        }

        if (Next is not null && time > Position) Position = time;
    }

    public void Dispose() => _events.Dispose();

    private void Advance() => Next = _events.MoveNext() ? _events.Current : null;
}
