using System.Text;
using System.Text.RegularExpressions;
using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>
/// A shell on the asset that was started by us and reads what it runs from nowhere but a second terminal of its own, whose other end we hold:
/// neither keys nor anything that a program writes on the asset can become a command. It lasts, and with it folder, variables and jobs.
/// </summary>
internal sealed partial class RemoteShell : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SshChannel _control;
    private readonly ShellControl _said;
    private readonly ShellOutput _output;
    private readonly string _asset;

    private RemoteShell(string asset, SshChannel control, ShellControl said, SshChannel terminal, ShellOutput output)
    {
        (_asset, _control, _said, Terminal, _output) = (asset, control, said, terminal, output);
    }

    /// <summary>The terminal on which its programs run.</summary>
    internal SshChannel Terminal { get; }

    /// <summary>Whether it is bash; otherwise the host's <c>sh</c>.</summary>
    internal bool IsBash { get; private set; }

    /// <summary>Whether it runs as root.</summary>
    internal bool IsRoot { get; private set; }

    /// <summary>What <c>~</c> means. Text of unknown origin.</summary>
    internal string Home { get; private set; } = "";

    /// <summary>Where it began. Text of unknown origin.</summary>
    internal string Folder { get; private set; } = "";

    /// <summary>Bytes sent to either of its terminals: keys and commands.</summary>
    internal long Sent => _control.Sent + Terminal.Sent;

    /// <summary>Starts one.</summary>
    /// <exception cref="SshRequestRefusedException">The host gives no terminal, or no shell that could be one of ours.</exception>
    internal static async Task<RemoteShell> StartAsync(SshConnection connection, ITerminal terminal, ShellOutput output, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var said = new ShellControl();
        SshChannel? control = null, shown = null;
        try
        {
            control = await connection.OpenChannelAsync(said, patience.Token);
            string mark = ShellScripts.Mark();
            Task<string> named = said.Expect(mark);
            await AskAsync(connection, control, ChannelRequest.RawTerminal(), ShellScripts.Hold(mark), patience.Token);
            string name = (await Answer(connection, named, control, () => said.Said, patience.Token)).Trim(' ');
            if (!Terminals().IsMatch(name)) throw NoShell(connection, $"its second terminal is called '{name}'");

            shown = await connection.OpenChannelAsync(output, patience.Token);
            mark = ShellScripts.Mark();
            Task<string> ready = said.Expect(mark);
            await AskAsync(connection, shown, ChannelRequest.Terminal(terminal.Type, terminal.Columns, terminal.Rows), ShellScripts.Start(name), patience.Token);
            var shell = new RemoteShell(connection.AssetName, control, said, shown, output);
            shell.Say(ShellScripts.Begin(mark), patience.Token);
            string[] facts = (await Answer(connection, ready, shown, () => output.TakeNews() ?? "", patience.Token)).Trim(' ').Split(' ', 3);
            if (facts.Length < 3) throw NoShell(connection, "it did not say which it is");
            output.TakeNews();
            string[] folders = facts[2].Split('\n', 2);
            (shell.IsBash, shell.IsRoot, shell.Home, shell.Folder) = (facts[0] == "bash.", facts[1] == "0", folders[0], folders[^1]);
            (control, shown) = (null, null);
            return shell;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw NoShell(connection, $"it said nothing for {Patience.TotalSeconds} s");
        }
        finally
        {
            shown?.Dispose();
            control?.Dispose();
        }
    }

    /// <summary>Has it run a text that was allowed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="status">Exit code of the command before.</param>
    /// <param name="fromTerminal">Whether it may read keys; otherwise it reads nothing.</param>
    /// <param name="stop">Nobody waits any longer.</param>
    /// <returns>How it ended, when it has; all its output was drawn by then.</returns>
    /// <exception cref="ShellDisturbedException">It got another text, and was not let run it.</exception>
    internal async Task<CommandEnd> RunAsync(string text, int status, bool fromTerminal, CancellationToken stop)
    {
        string given = ShellScripts.Mark(), begun = ShellScripts.Mark(), ended = ShellScripts.Mark(), drawn = ShellScripts.Mark();
        Task allDrawn = _output.Run(ShellScripts.End(drawn));
        Task<string> got = _said.Expect(given);
        Say(ShellScripts.HandOver(text, given), stop);
        if (!await IsAsync(got, text, stop)) throw new ShellDisturbedException(_asset);
        Task<string> read = _said.Expect(begun);
        Say(ShellScripts.Run(begun, status, fromTerminal ? "/dev/tty" : "/dev/null"), stop);
        await read.WaitAsync(stop);
        // Only now: a shell that is interrupted forgets what it has read ahead.
        Task<string> told = _said.Expect(ended);
        Say(ShellScripts.Report(ended, drawn), stop);
        string[] state = (await told.WaitAsync(stop)).Trim(' ').Split(' ', 2);
        await allDrawn.WaitAsync(stop);
        return new CommandEnd(int.TryParse(state[0], out int code) ? code : 1, state.Length > 1 ? state[1] : "");
    }

    public void Dispose()
    {
        Terminal.Dispose();
        _control.Dispose();
    }

    private static async Task<bool> IsAsync(Task<string> got, string text, CancellationToken stop)
    {
        try
        {
            return await got.WaitAsync(Patience, stop) == text;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Say(string line, CancellationToken stop)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        _control.Send(bytes, bytes.Length, stop);
    }

    private static async Task AskAsync(SshConnection connection, SshChannel channel, ChannelRequest terminal, string script, CancellationToken stop)
    {
        // Both at once: each question takes the way there and back.
        Task<bool> given = channel.AskAsync(terminal, stop), run = channel.AskAsync(ChannelRequest.Exec(Policies.Commands.KnownShell.Script(script)), stop);
        if (!await given) throw new SshRequestRefusedException(connection.AssetName, "a terminal");
        if (!await run) throw new SshRequestRefusedException(connection.AssetName, "to run a command");
    }

    private static async Task<string> Answer(SshConnection connection, Task<string> answer, SshChannel channel, Func<string> said, CancellationToken stop)
    {
        if (await Task.WhenAny(answer, channel.Ended).WaitAsync(stop) == answer) return await answer;
        ChannelEnd end = await channel.Ended;
        if (!end.Closed) throw new SshConnectionLostException(connection.AssetName, end.Cause);
        throw NoShell(connection, said().Trim() is { Length: > 0 } text ? $"it says: {(text.Length > 200 ? text[..200] : text)}" : $"it ended with exit code {end.ExitCode}");
    }

    private static SshRequestRefusedException NoShell(SshConnection connection, string why) =>
        new(connection.AssetName, "a shell in which commands can be checked, which takes sh, env, tty, base64 and a log-on shell that runs commands", why);

    [GeneratedRegex("^/dev/[A-Za-z0-9/_-]{1,60}$", RegexOptions.NonBacktracking)]
    private static partial Regex Terminals();
}

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Folder">The shell's folder afterwards. Text of unknown origin.</param>
internal sealed record CommandEnd(int ExitCode, string Folder);
