using Bastion.Assets;
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
    public async Task A_shell_is_refused_where_commands_are_restricted()
    {
        using var terminal = new TestTerminal();
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => _store.Engine.Sessions.ShellAsync(TempStore.Admin, Request, terminal, CancellationToken.None));
        Assert.Contains("Invoke-BhCommand", error.Message, StringComparison.Ordinal);
        Assert.Equal(SessionState.Denied, _store.Newest.State);
    }
}
