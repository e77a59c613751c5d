namespace Bastion.Audit.Replay.Terminals;

/// <summary>What the viewer wants.</summary>
internal enum ReplayKey
{
    /// <summary>Nothing.</summary>
    None,
    Pause,
    Faster,
    Slower,
    Back,
    Forward,
    FarBack,
    FarForward,
    NextCommand,
    Quit,
}

/// <summary>The viewer's terminal. Disposing it gives it back as it was.</summary>
internal interface IReplayTerminal : IDisposable
{
    /// <summary>Width and height in characters, now.</summary>
    (int Columns, int Rows) Size { get; }

    /// <summary>Shows bytes; returns when they are taken.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Waits for a key.</summary>
    /// <returns><see cref="ReplayKey.None"/> when none came within the time, or it means nothing.</returns>
    ReplayKey Read(TimeSpan limit, CancellationToken stop);
}
