using Bastion.Audit.Recording;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Ssh;

/// <summary>An interactive shell between an asset and the operator's terminal.</summary>
/// <param name="connection">To the asset.</param>
public sealed class InteractiveShell(SshConnection connection)
{
    // Long enough for whoever still reads keys or draws; nobody who waits for the end notices.
    internal static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Locale = ["LANG", "LC_ALL", "LC_CTYPE"];

    /// <summary>Runs a shell until it ends, the operator leaves, something is lost, or <paramref name="stop"/> is cancelled. The terminal is then as it was before.</summary>
    /// <param name="terminal">The operator's side.</param>
    /// <param name="recorder">Takes down all output before it is shown. Keys are not recorded: which of them are typed blind, such as passwords, can't be told over SSH.</param>
    /// <param name="stop">Ends the session at once.</param>
    /// <exception cref="SshRequestRefusedException">The host gives no terminal or no shell.</exception>
    /// <exception cref="SshConnectionLostException">The connection broke before the shell had started.</exception>
    public async Task<ShellResult> RunAsync(ITerminal terminal, ISessionRecorder recorder, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        ArgumentNullException.ThrowIfNull(recorder);
        stop.ThrowIfCancellationRequested();
        var end = new TaskCompletionSource<SessionEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pump = new OutputPump(terminal, recorder, why => end.TrySetResult(why));
        using SshChannel channel = await connection.OpenChannelAsync(pump, stop);
        using var over = new CancellationTokenSource();
        using IDisposable raw = terminal.EnterRawMode();
        // The caller may stop us because the recorder failed: that is then the reason.
        using CancellationTokenRegistration onStop = stop.Register(() => end.TrySetResult(recorder.Failed.IsCancellationRequested ? SessionEnd.RecorderFailed : SessionEnd.Stopped));
        using CancellationTokenRegistration onFailure = recorder.Failed.Register(() => end.TrySetResult(SessionEnd.RecorderFailed));
        EventHandler resized = (_, _) => Resize(channel, terminal, recorder);
        Task typing = Task.CompletedTask;
        try
        {
            Task starting = StartAsync(channel, terminal, over.Token);
            if (await Task.WhenAny(starting, end.Task) == starting)
            {
                await starting;
                // A host that waits for its window to be widened is silent for one round trip and goes on.
                pump.Pause = TimeSpan.FromTicks(Math.Clamp(channel.RoundTrip.Ticks + pump.Pause.Ticks / 2, pump.Pause.Ticks, LongestPause.Ticks));
                terminal.Resized += resized;
                typing = Start(() => new KeyPump(terminal, channel, pump).Run(over.Token), why => end.TrySetResult(why));
                await Task.WhenAny(end.Task, channel.Ended);
            }

            ChannelEnd? closed = channel.Ended.IsCompleted ? await channel.Ended : null;
            return await FinishAsync(end.Task, closed, pump, connection.AssetName);
        }
        finally
        {
            terminal.Resized -= resized;
            pump.Dispose();
            await over.CancelAsync();
            // Whoever reads keys must have let go before the caller does: the next key is the caller's.
            await Task.WhenAny(typing, Task.Delay(Grace, CancellationToken.None));
        }
    }

    private async Task StartAsync(SshChannel channel, ITerminal terminal, CancellationToken stop)
    {
        foreach (string name in Locale)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) channel.Tell(ChannelRequest.Environment(name, value));
        }

        if (!await channel.AskAsync(ChannelRequest.Terminal(terminal.Type, terminal.Columns, terminal.Rows), stop)) throw new SshRequestRefusedException(connection.AssetName, "a terminal");
        if (!await channel.AskAsync(ChannelRequest.Shell(), stop)) throw new SshRequestRefusedException(connection.AssetName, "a shell");
    }

    /// <summary>Draws what is left, says why it is over where the shell did not end by itself, and tells both.</summary>
    /// <param name="end">What ended it, if something did.</param>
    /// <param name="closed">How the shell ended; <see langword="null"/>: it did not.</param>
    /// <param name="pump">Draws.</param>
    /// <param name="asset">Name of the asset.</param>
    internal static async Task<ShellResult> FinishAsync(Task<SessionEnd> end, ChannelEnd? closed, OutputPump pump, string asset)
    {
        if (closed is { Closed: true })
        {
            pump.Finish();
            // The last lines were not drawn or not recorded: that counts more than a shell that ended.
            if (!end.IsCompleted) return new ShellResult { End = SessionEnd.RemoteExit, ExitCode = closed.ExitCode, ExitSignal = closed.ExitSignal };
        }

        SessionEnd why = end.IsCompleted ? await end : SessionEnd.ConnectionLost;
        if (why != SessionEnd.TerminalLost) await Task.WhenAny(Task.Run(() => pump.Notice(OutputPump.ResetModes, Describe(why, asset))), Task.Delay(Grace, CancellationToken.None));
        return new ShellResult { End = why };
    }

    /// <summary>What the operator is told at the end.</summary>
    private static string Describe(SessionEnd why, string asset) => why switch
    {
        SessionEnd.OperatorDisconnect => "Disconnected.",
        SessionEnd.ConnectionLost => $"The connection to {asset} was lost.",
        SessionEnd.RecorderFailed => "The recording can no longer be written, so the session was ended.",
        _ => "The session was ended.",
    };

    /// <summary>Tells the recording and the asset of a window's new size.</summary>
    internal static void Resize(SshChannel channel, ITerminal terminal, ISessionRecorder recorder)
    {
        (int columns, int rows) = (terminal.Columns, terminal.Rows);
        recorder.Resize(columns, rows);
        channel.Tell(ChannelRequest.Resize(columns, rows));
    }

    // A thread of its own: it waits for keys in the kernel.
    private static Task Start(Func<SessionEnd?> run, Action<SessionEnd> ended)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            if (run() is { } why) ended(why);
            done.SetResult();
        }) { IsBackground = true, Name = "Bastion keys" }.Start();
        return done.Task;
    }
}
