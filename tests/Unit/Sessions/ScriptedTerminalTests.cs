using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;

namespace Bastion.Unit.Sessions;

public sealed class ScriptedTerminalTests : IAsyncLifetime, IDisposable
{
    private readonly MemoryRecorder _recorder = new();
    private readonly StringWriter _log = new();
    private SshServer _server = default!;
    private SshConnection _connection = default!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync();
        _connection = await _server.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Lines_are_typed_each_at_a_prompt_and_the_session_ends_after_the_last()
    {
        ShellResult result = await TypeAsync("echo one", "sleep 1; echo two", "false");
        Assert.Equal((SessionEnd.RemoteExit, 1), (result.End, result.ExitCode));
        Assert.Equal("here> echo one\none\nhere> sleep 1; echo two\ntwo\nhere> false\nhere> logout\n", Normal());
    }

    [Fact]
    public async Task Colours_do_not_reach_the_log()
    {
        await TypeAsync("printf '\\033[31mred\\033[0m\\n'");
        Assert.Contains("\nred\n", Normal(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _log.ToString());
    }

    [Fact]
    public async Task A_program_that_asks_and_one_that_only_reads_are_answered()
    {
        await TypeAsync("read -p 'Name? ' n", "ana", "cat", "to cat", "more");
        Assert.Contains("Name? ana\n", Normal(), StringComparison.Ordinal);
        Assert.Contains("to cat\nto cat\nmore\nmore\n", Normal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_within_the_shell_is_left_as_well()
    {
        ShellResult result = await TypeAsync("PS1='inner% ' sh -i", "echo deep");
        Assert.Equal(SessionEnd.RemoteExit, result.End);
        Assert.Contains("\ndeep\n", Normal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_lines_the_session_ends_at_the_first_prompt() =>
        Assert.Equal(SessionEnd.RemoteExit, (await TypeAsync()).End);

    [Fact]
    public async Task A_program_that_never_ends_is_left_after_a_time_without_a_sign()
    {
        ScriptedTerminal terminal = Terminal(TimeSpan.FromMilliseconds(500), "stty eof undef; exec sleep 1000");
        ShellResult result = await new InteractiveShell(_connection).RunAsync(terminal, _recorder, CancellationToken.None);
        Assert.Equal(SessionEnd.OperatorDisconnect, result.End);
    }

    [Fact]
    public async Task A_line_longer_than_one_read_is_typed_whole()
    {
        string text = new('x', 6000);
        await TypeAsync("stty -icanon; cat > long & wait", $"echo {text} | wc -c");
        Assert.Contains("\n6001\n", Normal(), StringComparison.Ordinal);
    }

    private Task<ShellResult> TypeAsync(params string[] lines) => new InteractiveShell(_connection).RunAsync(Terminal(TimeSpan.FromMinutes(1), lines), _recorder, CancellationToken.None);

    private ScriptedTerminal Terminal(TimeSpan giveUpAfter, params string[] lines) => ScriptedTerminal.Typing(lines, _log, giveUpAfter);

    private string Normal() => _log.ToString().ReplaceLineEndings("\n");
}
