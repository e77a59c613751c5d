namespace Bastion.Audit.Replay;

/// <summary>How a recording is played.</summary>
public sealed record ReplayOptions
{
    /// <summary>How many times as fast; more than 0.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Longer pauses of the session are cut to this. Zero: no pauses at all.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where to begin, counted from the session's start.</summary>
    public TimeSpan StartAt { get; init; }
}
