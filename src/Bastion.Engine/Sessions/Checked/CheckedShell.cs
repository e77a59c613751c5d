using Bastion.Audit.Recording;
using Bastion.Prompt;
using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>An interactive session in which every command is decided before anything of it reaches the asset.</summary>
/// <param name="connection">To the asset.</param>
/// <param name="account">Account on it, for the prompt.</param>
/// <param name="gate">Decides.</param>
/// <param name="log">Takes the commands down.</param>
/// <param name="history">Commands of before, oldest first.</param>
internal sealed class CheckedShell(SshConnection connection, string account, ICommandGate gate, ICommandLog log, IReadOnlyList<string> history)
{
    /// <summary>Called with the shell once it runs.</summary>
    internal Action<RemoteShell> OnStarted { get; init; } = static _ => { };

    /// <summary>Runs until the operator leaves, the shell ends, something is lost, or <paramref name="stop"/> is cancelled. The terminal is then as it was before.</summary>
    /// <exception cref="BastionException">There can be no such session on the asset, or the connection broke before it had begun.</exception>
    internal async Task<ShellResult> RunAsync(ITerminal terminal, ISessionRecorder recorder, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var end = new TaskCompletionSource<SessionEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pump = new OutputPump(terminal, recorder, why => end.TrySetResult(why));
        var output = new ShellOutput(pump, recorder, why => end.TrySetResult(why));
        using var over = new CancellationTokenSource();
        using IDisposable raw = terminal.EnterRawMode();
        using CancellationTokenRegistration onStop = stop.Register(() => end.TrySetResult(recorder.Failed.IsCancellationRequested ? SessionEnd.RecorderFailed : SessionEnd.Stopped));
        using CancellationTokenRegistration onFailure = recorder.Failed.Register(() => end.TrySetResult(SessionEnd.RecorderFailed));
        using RemoteShell shell = await RemoteShell.StartAsync(connection, terminal, output, stop);
        OnStarted(shell);
        var screen = new TerminalScreen(terminal, recorder);
        var prompt = new ShellPrompt(account, connection.AssetName, shell.IsRoot, shell.Home, shell.Folder);
        var syntax = new ShellSyntax(new RemoteNames(connection, prompt, shell.Home, gate.MayList).Complete);
        using ILineReader lines = terminal.IsInteractive
            ? new EditedLines(terminal, screen, prompt, output, syntax, new History(history), over.Token)
            : new PlainLines(terminal, screen, prompt, syntax, over.Token);
        var session = new CheckedSession(gate, log, terminal, screen, pump, output);
        EventHandler resized = (_, _) =>
        {
            InteractiveShell.Resize(shell.Terminal, terminal, recorder);
            (lines as EditedLines)?.Wake();
        };
        terminal.Resized += resized;
        Task<ShellResult?> talking = Start(() => new Dialogue(session, shell, lines).Run(over.Token));
        try
        {
            await Task.WhenAny(talking, shell.Terminal.Ended, end.Task);
            if (talking.IsCompleted && await talking is { } left) return left;
            return await InteractiveShell.FinishAsync(end.Task, shell.Terminal.Ended.IsCompleted ? await shell.Terminal.Ended : null, pump, connection.AssetName);
        }
        finally
        {
            terminal.Resized -= resized;
            pump.Dispose();
            await over.CancelAsync();
            // Whoever reads keys must have let go before the caller does: the next key is the caller's.
            await Task.WhenAny(talking, Task.Delay(InteractiveShell.Grace, CancellationToken.None));
        }
    }

    // A thread of its own: it waits for keys in the kernel.
    private static Task<ShellResult?> Start(Func<ShellResult?> run)
    {
        var done = new TaskCompletionSource<ShellResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(run());
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                done.SetResult(new ShellResult { End = SessionEnd.TerminalLost });
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }) { IsBackground = true, Name = "Bastion dialogue" }.Start();
        return done.Task;
    }
}
