using Bastion.Audit.Recording;
using Bastion.Audit.Replay.Terminals;

namespace Bastion.Audit.Replay;

/// <summary>
/// Plays a recording into the terminal. The recorded bytes never reach it: they are played onto a screen in memory, and that is drawn with
/// nothing but characters, colours and cursor positions. So a recording can't make the viewer's terminal answer, change its title or its
/// clipboard, or do anything else.
/// Keys: space pauses, + and - change the speed, left and right seek by 5 s, up and down by a minute, n goes to the next command, q quits.
/// </summary>
public static class ReplayPlayer
{
    /// <summary>Plays until the recording's end, or until the user quits. Then the terminal is as it was, with the last screen below.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="options">How.</param>
    /// <param name="stop">Ends the playing.</param>
    /// <exception cref="BastionException">It can't be read.</exception>
    public static Task PlayAsync(string path, ReplayOptions options, CancellationToken stop) =>
        PlayAsync(path, options, static () => new ConsoleTerminal(), TimeProvider.System, stop);

    internal static async Task PlayAsync(string path, ReplayOptions options, Func<IReplayTerminal> terminal, TimeProvider clock, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Speed, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IdleLimit, TimeSpan.Zero, nameof(options));
        RecordingReader recording = RecordingReader.Open(path);
        await Task.Run(() =>
        {
            using IReplayTerminal shown = terminal();
            using var run = new ReplayRun(recording, options, shown, clock);
            run.Play(stop);
        }, stop);
    }
}
