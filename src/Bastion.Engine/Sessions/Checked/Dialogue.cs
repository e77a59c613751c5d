using Bastion.Prompt;
using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>The operator's side of a checked session: line, decision, command, and again.</summary>
internal sealed class Dialogue(CheckedSession session, RemoteShell shell, ILineReader lines)
{
    // Keys that come while a command has only just begun are mostly the next command: a short one ends before anybody answers it.
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(100);
    private readonly ShellPrompt _prompt = lines.Prompt;

    /// <summary>Runs until the operator leaves.</summary>
    /// <returns>How it ended; <see langword="null"/>: it was stopped.</returns>
    internal ShellResult? Run(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (lines.Read() is not { } entered) return Left(over);
            string[] texts = [.. CommandLines.Of(entered)];
            for (int i = 0; i < texts.Length; i++)
            {
                if (i > 0) lines.Show(texts[i]);
                if (Leaves(texts[i], out ShellResult? result)) return result;
                if (Do(texts[i], over, out result)) continue;
                if (result is not null || over.IsCancellationRequested) return result;
                int left = texts.Length - i - 1;
                if (left > 0) session.Notice($"{left} more {(left == 1 ? "command that was" : "commands that were")} entered with it {(left == 1 ? "was" : "were")} not run.");
                break;
            }
        }

        return null;
    }

    private static ShellResult? Left(CancellationToken over) => over.IsCancellationRequested ? null : new ShellResult { End = SessionEnd.OperatorDisconnect };

    // The bastion's own business: the shell would end as well, but a list of allowed commands need not name it.
    private bool Leaves(string text, out ShellResult? result)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int code = _prompt.Status;
        bool leaves = words is ["exit" or "logout"] || (words is ["exit" or "logout", var number] && int.TryParse(number, out code));
        result = leaves ? new ShellResult { End = SessionEnd.RemoteExit, ExitCode = code & 0xFF }
            : words is ["~."] ? new ShellResult { End = SessionEnd.OperatorDisconnect } : null;
        return result is not null;
    }

    /// <returns>Whether what was entered with it may follow.</returns>
    private bool Do(string text, CancellationToken over, out ShellResult? result)
    {
        result = null;
        CommandVerdict verdict = Decide(text, over);
        if (!verdict.Allowed)
        {
            session.Log.Denied(text, verdict);
            session.Notice($"Not run. {verdict.Reason}");
            return false;
        }

        Action<int?> ended = session.Log.Begin(text, verdict);
        int? status = null;
        try
        {
            session.Gate.Sent(text);
            using var done = CancellationTokenSource.CreateLinkedTokenSource(over);
            Task<CommandEnd> running = shell.RunAsync(text, _prompt.Status, lines.IsInteractive, over);
            _ = running.ContinueWith(_ => Cancel(done), TaskScheduler.Default);
            if (lines.IsInteractive && !Wait(running, Hold) && session.Keys(shell.Terminal).Run(done.Token) is { } why)
            {
                result = new ShellResult { End = why };
                return false;
            }

            CommandEnd end = running.GetAwaiter().GetResult();
            (status, _prompt.Status, _prompt.Folder) = (end.ExitCode, end.ExitCode, end.Folder);
            session.CommandDrawn();
            return end.ExitCode != 130;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            ended(status);
        }
    }

    private CommandVerdict Decide(string text, CancellationToken over)
    {
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return new CommandVerdict(false, "It holds control characters.", null);
        if (!shell.IsBash && Policies.Commands.CommandText.Parse(text).NeedsBash) return new CommandVerdict(false, "It means another thing to a plain sh than to bash, and this asset has no bash.", null);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(over);
        Task<CommandVerdict> decision = session.Gate.DecideAsync(text, session.Notice, waiting.Token);
        if (!decision.IsCompleted) session.WaitFor(decision, waiting);
        try
        {
            return decision.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            return new CommandVerdict(false, "You no longer waited for it.", null);
        }
    }

    private static bool Wait(Task task, TimeSpan time) => Task.WaitAny([task], time) == 0;

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The operator has left meanwhile.
        }
    }
}
