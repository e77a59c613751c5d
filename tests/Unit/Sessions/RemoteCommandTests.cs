using System.Security.Cryptography;
using System.Text;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions;

public sealed class RemoteCommandTests : IAsyncLifetime, IDisposable
{
    private readonly MemoryRecorder _recorder = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private SshServer _server = default!;
    private SshConnection _connection = default!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync("RekeyLimit 4M");
        _connection = await _server.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public async Task Output_errors_and_exit_code_arrive_each_in_its_place()
    {
        RemoteCommandResult result = await RunAsync("echo out; echo err >&2; exit 7");
        Assert.Equal((7, null), (result.ExitCode, result.ExitSignal));
        Assert.Equal(("out\n", "err\n"), (_output.ToString(), _errors.ToString()));
        string recorded = Encoding.UTF8.GetString(_recorder.Bytes);
        Assert.Contains("out\n", recorded, StringComparison.Ordinal);
        Assert.Contains("err\n", recorded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_is_told_instead_of_an_exit_code()
    {
        RemoteCommandResult result = await RunAsync("kill -KILL $$");
        Assert.Equal((null, "KILL"), (result.ExitCode, result.ExitSignal));
    }

    [Fact]
    public async Task A_command_without_input_reads_the_end_at_once() =>
        Assert.Equal(0, (await RunAsync("cat")).ExitCode);

    [Fact]
    public async Task Input_reaches_the_command_and_then_its_end()
    {
        using var input = new MemoryStream("añb\nc"u8.ToArray());
        await RunAsync("cat; echo .", input);
        Assert.Equal("añb\nc.\n", _output.ToString());
    }

    [Fact]
    public async Task Twenty_megabytes_come_back_byte_for_byte_over_several_key_exchanges()
    {
        byte[] sent = RandomNumberGenerator.GetBytes(20 << 20);
        using var input = new MemoryStream(sent);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var request = new RemoteCommandRequest("cat") { Input = input, Output = hash.AppendData };
        RemoteCommandResult result = await new RemoteCommand(_connection).RunAsync(request, _recorder, CancellationToken.None);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(SHA256.HashData(sent), hash.GetHashAndReset());
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(_recorder.Bytes));
    }

    [Fact]
    public async Task A_command_that_does_not_read_its_input_ends_all_the_same()
    {
        using var input = new MemoryStream(new byte[16 << 20]);
        RemoteCommandResult result = await RunAsync("echo done; exit 3", input);
        Assert.Equal((3, "done\n"), (result.ExitCode, _output.ToString()));
    }

    [Fact]
    public async Task A_command_that_writes_much_before_it_reads_does_not_hang()
    {
        using var input = new MemoryStream(new byte[8 << 20]);
        long bytes = 0;
        var request = new RemoteCommandRequest("head -c 8388608 /dev/zero; wc -c") { Input = input, Output = piece => bytes += piece.Length };
        Assert.Equal(0, (await new RemoteCommand(_connection).RunAsync(request, _recorder, CancellationToken.None)).ExitCode);
        Assert.Equal((8 << 20) + "8388608\n".Length, bytes);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended_even_if_it_ignores_TERM()
    {
        string mark = Path.Combine(_server.Home, "alive");
        var request = new RemoteCommandRequest($"trap '' TERM; echo $$ > {mark}; while :; do sleep 0.05; done") { Timeout = TimeSpan.FromSeconds(1) };
        CommandTimeoutException e = await Assert.ThrowsAsync<CommandTimeoutException>(() => new RemoteCommand(_connection).RunAsync(request, _recorder, CancellationToken.None));
        Assert.Equal(("CommandTimeout", ErrorKind.Timeout), (e.Id, e.Kind));
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(mark).Trim()}"));
    }

    [Fact]
    public async Task Stopping_tells_the_command_to_end()
    {
        using var stop = new CancellationTokenSource();
        string mark = Path.Combine(_server.Home, "told");
        var request = new RemoteCommandRequest($"trap 'echo told > {mark}.new; mv {mark}.new {mark}; exit' TERM; echo ready; while :; do sleep 0.05; done") { Output = _ => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RemoteCommand(_connection).RunAsync(request, _recorder, stop.Token));
        for (int i = 0; i < 500 && !File.Exists(mark); i++) await Task.Delay(20, CancellationToken.None);
        Assert.True(File.Exists(mark));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_not_an_exit()
    {
        var request = new RemoteCommandRequest("echo ready; sleep 100") { Output = _ => _server.KillConnections() };
        SshConnectionLostException e = await Assert.ThrowsAsync<SshConnectionLostException>(() => new RemoteCommand(_connection).RunAsync(request, _recorder, CancellationToken.None));
        Assert.Equal("SshConnectionLost", e.Id);
    }

    [Fact]
    public async Task What_the_one_who_takes_the_output_throws_ends_the_command()
    {
        var request = new RemoteCommandRequest("yes") { Output = _ => throw new InvalidDataException("enough") };
        await Assert.ThrowsAsync<InvalidDataException>(() => new RemoteCommand(_connection).RunAsync(request, _recorder, CancellationToken.None));
    }

    [Fact]
    public async Task A_recording_that_fails_ends_the_command()
    {
        var request = new RemoteCommandRequest("echo ready; sleep 100") { Output = _ => _recorder.Fail() };
        RecordingLostException e = await Assert.ThrowsAsync<RecordingLostException>(() => new RemoteCommand(_connection).RunAsync(request, _recorder, CancellationToken.None));
        Assert.Contains("No space left", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_commands_run_over_one_connection()
    {
        RemoteCommandResult[] results = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => RunAsync($"sleep 0.1; exit {i}")));
        Assert.Equal([1, 2, 3, 4, 5], results.Select(r => r.ExitCode!.Value));
    }

    [Fact]
    public async Task A_dead_link_is_noticed()
    {
        await using var relay = new Relay(_server.Port);
        var connector = new SshConnector { KeepAliveEvery = TimeSpan.FromMilliseconds(100) };
        using SshConnection connection = await connector.ConnectAsync(_server.Target(port: relay.Port), new TrustKey(_server.HostKey), CancellationToken.None);
        var request = new RemoteCommandRequest("echo ready; sleep 100") { Output = _ => relay.GoSilent() };
        SshConnectionLostException e = await Assert.ThrowsAsync<SshConnectionLostException>(() => new RemoteCommand(connection).RunAsync(request, _recorder, CancellationToken.None));
        Assert.Contains("has not answered", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_has_nothing_to_say_is_not_taken_for_dead()
    {
        var connector = new SshConnector { KeepAliveEvery = TimeSpan.FromMilliseconds(50) };
        using SshConnection connection = await connector.ConnectAsync(_server.Target(), new TrustKey(_server.HostKey), CancellationToken.None);
        Assert.Equal(4, (await new RemoteCommand(connection).RunAsync(new RemoteCommandRequest("sleep 1; exit 4"), _recorder, CancellationToken.None)).ExitCode);
    }

    private Task<RemoteCommandResult> RunAsync(string command, Stream? input = null)
    {
        var request = new RemoteCommandRequest(command) { Input = input, Output = b => _output.Append(Encoding.UTF8.GetString(b)), Error = b => _errors.Append(Encoding.UTF8.GetString(b)) };
        return new RemoteCommand(_connection).RunAsync(request, _recorder, CancellationToken.None);
    }
}
