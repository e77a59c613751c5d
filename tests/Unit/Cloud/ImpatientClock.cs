namespace Bastion.Unit.Cloud;

/// <summary>A clock on which every pause is over at once: it moves on by what was asked for, and remembers it.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _pauses = [];
    private DateTimeOffset _now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Pauses { get { lock (_gate) return [.. _pauses]; } }

    public override DateTimeOffset GetUtcNow() { lock (_gate) return _now; }

    public void Advance(TimeSpan by) { lock (_gate) _now += by; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Over(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Over(ImpatientClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero) return true;
            lock (clock._gate)
            {
                clock._now += dueTime;
                clock._pauses.Add(dueTime);
            }
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return true;
        }

        public void Dispose()
        {
            // It is over
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
