using Bastion.Assets;
using Bastion.Audit.Commands;
using Bastion.Audit.Sessions;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Sessions;
using Bastion.Users;

namespace Bastion.Unit.Sessions;

#pragma warning disable CA1001 // IAsyncLifetime disposes
/// <summary>Command control in front of a real sshd.</summary>
public sealed class CommandControlSessionTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly SessionRequest Request = new() { Asset = new AssetReference("web-1"), User = new UserReference("ana") };
    private SshServer _server = null!;
    private SessionStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync();
        _store = new SessionStore(_server);
        _store.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "no touch", Rules = [CommandControl.Parse(null, ["touch"], allowOpaque: false)] });
    }

    public async Task DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
    }

    private Task<CommandResult> RunAsync(string command) => _store.Engine.Sessions.ExecAsync(TempStore.Admin, Request, new CommandRequest { Command = command }, CancellationToken.None);

    [Fact]
    public async Task A_denied_command_never_reaches_the_host_and_is_in_the_audit()
    {
        string never = Path.Combine(_store.Folder, "never");
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => RunAsync($"echo a; true && touch {never}"));
        Assert.Equal("DeniedByPolicy", error.Id);
        Assert.Contains("'no touch'", error.Message, StringComparison.Ordinal);
        Assert.Contains("deny-list (touch)", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(never));
        Assert.Equal((SessionState.Denied, $"echo a; true && touch {never}"), (_store.Newest.State, _store.Newest.Command));
        Assert.Contains("CommandControl", _store.Newest.Decision, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo a | tr a b", "b")]
    [InlineData("echo 'it'\\''s'", "it's")]
    [InlineData("echo \"a!b\" 'c\\d'", "a!b c\\d")]
    [InlineData("cat <<EOF\n$(echo x)\nEOF", "x")]
    [InlineData("[[ abc == a* ]] && echo bash", "bash")]
    [InlineData("printf '%s' \"$0\"; exit 3", "/bin/sh")]
    [InlineData("printf %s é云", "é云")]
    public async Task An_allowed_command_runs_as_it_was_written(string command, string output)
    {
        CommandResult result = await RunAsync(command);
        Assert.Equal([output], result.Output);
        Assert.Equal(command.EndsWith("exit 3", StringComparison.Ordinal) ? 3 : 0, result.ExitCode);
        Assert.Equal(command, _store.Newest.Command);
    }

    [Fact]
    public async Task A_shell_is_a_checked_one_where_commands_are_restricted()
    {
        string never = Path.Combine(_store.Folder, "never");
        using var terminal = new TestTerminal();
        Task<SessionAudit> running = _store.Engine.Sessions.ShellAsync(TempStore.Admin, Request, terminal, CancellationToken.None);
        terminal.Press($"touch {never}\r");
        await terminal.SeeAsync("Policy 'no touch' (priority 1) denies it: the command 'touch");
        terminal.Press("x='a[0]'\recho $((x))\r");
        await terminal.SeeAsync("arithmetic evaluates the values of variables");
        terminal.Press("false\rexit\r");
        SessionAudit session = await running;
        Assert.Equal((SessionState.Ended, 1), (session.State, session.ExitCode));
        Assert.False(File.Exists(never));
        Assert.Equal(
            [("false", CommandDecision.Allowed, 1), ("echo $((x))", CommandDecision.Denied, null), ("x='a[0]'", CommandDecision.Allowed, 0), ($"touch {never}", CommandDecision.Denied, (int?)null)],
            _store.Engine.SessionCommands.List(new SessionCommandFilter()).Select(c => (c.Command, c.Decision, c.ExitCode)));
        Assert.All(_store.Engine.SessionCommands.List(new SessionCommandFilter()), c => Assert.Equal("no touch", c.Policy));
    }

    [Fact]
    public async Task A_policy_that_comes_meanwhile_decides_the_next_command_and_ends_a_raw_shell()
    {
        using var terminal = new TestTerminal();
        Task<SessionAudit> running = _store.Engine.Sessions.ShellAsync(TempStore.Admin, Request, terminal, CancellationToken.None);
        terminal.Press("echo one''1\r");
        await terminal.SeeAsync("one1");
        _store.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "no echo", Rules = [CommandControl.Parse(null, ["echo"], allowOpaque: false)] });
        terminal.Press("echo two''2\r");
        await terminal.SeeAsync("Policy 'no echo'");
        terminal.Press("exit\r");
        await running;
        Assert.DoesNotContain("\r\ntwo2", terminal.Shown, StringComparison.Ordinal);

        foreach (string name in (string[])["no echo", "no touch"]) _store.Engine.Policies.Remove(TempStore.Admin, new PolicyReference(name));
        using var raw = new TestTerminal();
        running = _store.Engine.Sessions.ShellAsync(TempStore.Admin, Request, raw, CancellationToken.None);
        await raw.SeeAsync("here>");
        _store.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "no echo", Rules = [CommandControl.Parse(null, ["echo"], allowOpaque: false)] });
        Assert.Contains("decided one by one from now on", (await Assert.ThrowsAsync<SessionDeniedException>(() => running)).Message, StringComparison.Ordinal);
    }
}
