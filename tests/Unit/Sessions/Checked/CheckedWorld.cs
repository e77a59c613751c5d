using System.Text;
using Bastion.Sessions.Checked;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions.Checked;

/// <summary>A checked shell on a real sshd, with a terminal in memory and a gate that the test holds.</summary>
internal sealed class CheckedWorld : IAsyncDisposable, ICommandGate, ICommandLog
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<RemoteShell> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SshConnection _connection = null!;
    private int _seen;

    private CheckedWorld(SshServer server) => Server = server;

    internal SshServer Server { get; }

    internal TestTerminal Terminal { get; init; } = new();

    internal MemoryRecorder Recorder { get; } = new();

    internal List<string> Asked { get; } = [];

    internal List<(string Text, int? ExitCode)> Ran { get; } = [];

    internal List<string> WasDenied { get; } = [];

    /// <summary>Decides; all is allowed, if the test does not say otherwise.</summary>
    internal Func<string, bool> Allows { get; set; } = static _ => true;

    /// <summary>Called with each text before it is decided.</summary>
    internal Action<string> OnAsked { get; set; } = static _ => { };

    /// <summary>Called with each text that goes to the shell.</summary>
    internal Action<string> OnSent { get; set; } = static _ => { };

    /// <summary>Called when a command has ended.</summary>
    internal Action OnEnded { get; set; } = static () => { };

    internal Task<ShellResult> Running { get; private set; } = null!;

    internal RemoteShell Shell => _started.Task.Result;

    /// <summary>What is on the screen: the whole of a prompt's row as the editor draws it.</summary>
    internal async Task<string> LineAsync(string text)
    {
        string shown = await Terminal.SeeAsync($"\e[J{text}\r", _seen);
        return shown[_seen..];
    }

    internal static async Task<CheckedWorld> StartAsync(string settings = "", string[]? history = null, TestTerminal? terminal = null, Action<CheckedWorld>? prepare = null, string? logOnShell = null, bool hasBash = true)
    {
        var world = new CheckedWorld(await SshServer.StartAsync(settings, logOnShell is null ? null : "password", logOnShell: logOnShell ?? "/bin/sh", hasBash: hasBash)) { Terminal = terminal ?? new TestTerminal() };
        try
        {
            prepare?.Invoke(world);
            world._connection = await world.Server.ConnectAsync(login: logOnShell is null ? null : SshServer.PasswordUser);
            var shell = new CheckedShell(world._connection, "root", world, world, history ?? []) { OnStarted = world._started.SetResult };
            world.Running = shell.RunAsync(world.Terminal, world.Recorder, world._stop.Token);
            if (await Task.WhenAny(world.Running, world._started.Task) == world.Running) await world.Running;
            if (world.Terminal.IsInteractive) await world.PromptAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a new prompt.</summary>
    internal async Task<string> PromptAsync()
    {
        // The line editor draws its empty line behind the prompt.
        string shown = await Terminal.SeeAsync("$ \e[?25l", _seen, "# \e[?25l");
        string news = shown[_seen..];
        _seen = shown.Length;
        return news;
    }

    /// <summary>Types a line, waits for the next prompt, and gives what was shown between.</summary>
    internal async Task<string> EnterAsync(string line)
    {
        Terminal.Press(line + "\r");
        return await PromptAsync();
    }

    /// <summary>The output of a command, without prompts and what the editor draws.</summary>
    internal async Task<string> OutputAsync(string line)
    {
        string shown = await EnterAsync(line);
        int begin = shown.LastIndexOf("\e[?2004l", StringComparison.Ordinal) + "\e[?2004l".Length, end = shown.LastIndexOf("\e[0m   ", StringComparison.Ordinal);
        return shown[begin..end].Replace("\e[?2004h", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    public Task<CommandVerdict> DecideAsync(string text, Action<string> notice, CancellationToken stop)
    {
        Asked.Add(text);
        OnAsked(text);
        return Task.FromResult(Allows(text) ? new CommandVerdict(true, "", null) : new CommandVerdict(false, "Policy 'test' denies it.", "test"));
    }

    public bool MayList() => Allows("ls");

    public void Sent(string text) => OnSent(text);

    public void Denied(string text, CommandVerdict verdict) => WasDenied.Add(text);

    public Action<int?> Begin(string text, CommandVerdict verdict) => exitCode =>
    {
        Ran.Add((text, exitCode));
        OnEnded();
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (Running is not null) await Task.WhenAny(Running);
        _connection?.Dispose();
        await Server.DisposeAsync();
        Terminal.Dispose();
        Recorder.Dispose();
        _stop.Dispose();
    }

    internal string Path(string name) => System.IO.Path.Combine(Server.Home, name);

    internal string Recorded => Encoding.UTF8.GetString(Recorder.Bytes);
}
