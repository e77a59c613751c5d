using Bastion.Audit.Sessions;
using Bastion.Unit.Console;

namespace Bastion.Unit.Sessions;

#pragma warning disable CA1001 // IAsyncLifetime disposes
/// <summary>Enter-BhSession as a person meets it: a real terminal, the console, a real sshd.</summary>
public sealed class TerminalSessionTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Enter = "Enter-BhSession web-1 -User ana; \"back with $LASTEXITCODE\"; Read-Host 'done'";
    private SshServer _server = null!;
    private SessionStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync();
        _store = new SessionStore(_server);
    }

    public async Task DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<Tmux> InShellAsync(int columns = 80, int rows = 24)
    {
        Tmux tmux = await _store.StartAsync(Enter, columns, rows);
        await tmux.SeesAsync("here>");
        await tmux.EnterAsync("PS1='ready> '; clear");
        await tmux.SeesLineAsync("ready>");
        return tmux;
    }

    [Fact]
    public async Task The_size_of_the_terminal_and_its_changes_reach_the_host()
    {
        await using Tmux tmux = await InShellAsync(91, 27);
        await tmux.EnterAsync("stty size");
        await tmux.SeesLineAsync("27 91");
        await tmux.ResizeAsync(70, 20);
        await tmux.EnterAsync("trap 'echo now $(stty size)' WINCH; echo now $(stty size)");
        await tmux.SeesAsync("now 20 70");
        await tmux.EnterAsync("exit 3");
        await tmux.SeesAsync("done:");
        Assert.Equal((SessionState.Ended, 3), (_store.Newest.State, _store.Newest.ExitCode));
    }

    [Fact]
    public async Task Text_of_all_scripts_is_typed_and_shown_whole()
    {
        await using Tmux tmux = await InShellAsync();
        await tmux.EnterAsync("echo 'é 云 🚀 ö' | rev | rev");
        await tmux.SeesLineAsync("é 云 🚀 ö");
    }

    [Fact]
    public async Task An_editor_runs_full_screen_and_the_terminal_is_as_before()
    {
        await using Tmux tmux = await InShellAsync();
        string file = Path.Combine(_store.Folder, "text.txt");
        await tmux.EnterAsync($"vim -u NONE -N {file}");
        await tmux.SeesAsync("~\n~\n~");
        await tmux.TypeAsync("iworld");
        await tmux.PressAsync("Escape", "0", "i");
        await tmux.TypeAsync("hello ");
        await tmux.PressAsync("Escape");
        await tmux.EnterAsync(":wq");
        await tmux.SeesAsync(screen => screen.TrimEnd().EndsWith("ready>", StringComparison.Ordinal), "the prompt");
        Assert.Equal("hello world\n", await File.ReadAllTextAsync(file));
        await tmux.EnterAsync("exit");
        await tmux.SeesAsync("done:");
        await tmux.EnterAsync("typed at the console again");
        Assert.Equal(0, await tmux.ExitCodeAsync());
    }

    [Fact]
    public async Task A_program_that_draws_again_and_again_runs_until_it_is_left()
    {
        await using Tmux tmux = await InShellAsync();
        await tmux.EnterAsync("top -d 0.2");
        await tmux.SeesAsync("load average");
        await tmux.PressAsync("q");
        // It throws away what was typed until it has ended.
        await tmux.SeesAsync("ready>");
        await tmux.EnterAsync("echo out of $((40 + 2))");
        await tmux.SeesAsync("out of 42");
    }

    [Fact]
    public async Task Control_C_ends_endless_output_and_the_recording_has_what_was_not_shown()
    {
        await using Tmux tmux = await InShellAsync();
        await tmux.EnterAsync("yes endless");
        await tmux.SeesAsync("endless\nendless\nendless\nendless\nendless\nendless");
        await tmux.PressAsync("C-c");
        await tmux.SeesAsync(screen => screen.TrimEnd().EndsWith("ready>", StringComparison.Ordinal), "the prompt");
        await tmux.EnterAsync("echo still $((20 + 3))");
        await tmux.SeesAsync("still 23");
    }

    [Fact]
    public async Task Big_output_is_shown_and_recorded_whole()
    {
        await using Tmux tmux = await InShellAsync();
        await tmux.EnterAsync("seq 1 60000; echo the end");
        await tmux.SeesAsync("60000\nthe end");
        await tmux.EnterAsync("exit");
        await tmux.SeesAsync("done:");
        string[] recorded = _store.Recorded().Split('\n');
        int first = Array.IndexOf(recorded, "1");
        Assert.Equal(Enumerable.Range(1, 60000).Select(n => $"{n}"), recorded[first..(first + 60000)]);
    }

    [Fact]
    public async Task Tilde_dot_leaves_from_this_side()
    {
        await using Tmux tmux = await InShellAsync();
        await tmux.EnterAsync("sleep 500");
        await tmux.PressAsync("Enter");
        await tmux.TypeAsync("~.");
        await tmux.SeesAsync("done:");
        Assert.Equal((SessionState.Ended, "Disconnected by the user."), (_store.Newest.State, _store.Newest.EndReason));
    }

    [Fact]
    public async Task A_password_typed_where_nothing_echoes_is_in_no_file()
    {
        await using Tmux tmux = await InShellAsync();
        await tmux.EnterAsync("read -rsp 'secret? ' s; echo \"got ${#s}\"");
        await tmux.SeesAsync("secret?");
        await tmux.EnterAsync("xyzzy-plugh-7");
        await tmux.SeesAsync("got 13");
        await tmux.EnterAsync("exit");
        await tmux.SeesAsync("done:");
        Assert.Contains("got 13", _store.Recorded(), StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy", _store.Recorded(), StringComparison.Ordinal);
        Assert.False(_store.HoldsInClear("xyzzy-plugh-7"));
        Assert.False(_store.HoldsInClear("OPENSSH PRIVATE KEY"));
    }

    [Fact]
    public async Task A_lost_connection_is_told_and_the_terminal_works_on()
    {
        await using Tmux tmux = await InShellAsync();
        _server.KillConnections();
        await tmux.SeesAsync("done:");
        Assert.Equal(SessionState.Broken, _store.Newest.State);
        await tmux.EnterAsync("typed");
        Assert.Equal(0, await tmux.ExitCodeAsync());
    }

    [Fact]
    public async Task Ending_the_console_from_outside_ends_the_session_in_the_audit()
    {
        await using Tmux tmux = await InShellAsync();
        System.Diagnostics.Process.Start("kill", ["-TERM", $"{await tmux.ProcessIdAsync()}"]).Dispose();
        await tmux.UntilAsync("#{pane_dead}", "1");
        Assert.Contains(_store.Newest.State, (SessionState[])[SessionState.Ended, SessionState.Broken]);
        Assert.Contains("ready>", _store.Recorded(), StringComparison.Ordinal);
    }
}
