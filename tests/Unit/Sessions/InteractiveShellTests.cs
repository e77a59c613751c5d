using System.Diagnostics;
using System.Text;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions;

public sealed class InteractiveShellTests : IAsyncLifetime, IDisposable
{
    private readonly MemoryRecorder _recorder = new();
    private readonly TestTerminal _terminal = new();
    private readonly CancellationTokenSource _stop = new();
    private SshServer _server = default!;
    private SshConnection _connection = default!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync("RekeyLimit 8M");
        _connection = await _server.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _recorder.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Keys_are_echoed_recorded_and_the_exit_code_is_told()
    {
        Task<ShellResult> running = await StartAsync();
        Assert.True(_terminal.IsRaw);
        _terminal.Press("echo A''B; exit 5\r");
        ShellResult result = await running;
        Assert.Equal((SessionEnd.RemoteExit, 5, null), (result.End, result.ExitCode, result.ExitSignal));
        Assert.Contains("\nAB\r\n", _terminal.Shown, StringComparison.Ordinal);
        Assert.Equal(_terminal.Bytes, _recorder.Bytes);
        Assert.False(_terminal.IsRaw);
    }

    [Fact]
    public async Task A_shell_ended_by_a_signal_tells_which()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press("kill -KILL $$\r");
        Assert.Equal((SessionEnd.RemoteExit, null, "KILL"), await EndOf(running));
    }

    [Fact]
    public async Task A_password_typed_blind_is_not_recorded()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press("read -s -p 'Secret''? ' x; echo \" got ${#x}\"; exit\r");
        await _terminal.SeeAsync("Secret? ");
        _terminal.Press("hunter2\r");
        await running;
        Assert.Contains("got 7", _terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(_recorder.Bytes), StringComparison.Ordinal);
        Assert.Equal(0, _recorder.InputBytes);
    }

    [Fact]
    public async Task A_new_size_reaches_the_asset_and_the_recording()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press("stty size\r");
        await _terminal.SeeAsync("24 80\r\n");
        _terminal.Resize(132, 43);
        _terminal.Press("stty size\r");
        await _terminal.SeeAsync("43 132\r\n");
        Assert.Equal((132, 43), Assert.Single(_recorder.Sizes));
        _terminal.Press("exit\r");
        await running;
    }

    [Fact]
    public async Task Characters_cut_by_packets_arrive_whole_both_ways()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press("echo g''o; cat\r");
        await _terminal.SeeAsync("\ngo\r\n");
        byte[] line = "ñandú 日本語 🙂\r"u8.ToArray();
        foreach (byte b in line) _terminal.Press([b]);
        await _terminal.SeeAsync("ñandú 日本語 🙂\r\nñandú 日本語 🙂\r\n");
        _terminal.Press("\u0004exit\r");
        await running;
    }

    [Fact]
    public async Task Thirty_megabytes_arrive_byte_for_byte_over_several_key_exchanges()
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 600_000).Select(i => $"line {i} of a long text that fills a terminal\n")));
        File.WriteAllBytes(Path.Combine(_server.Home, "text"), text);
        Task<ShellResult> running = await StartAsync();
        _terminal.Press($"stty -onlcr; printf '<'; cat {_server.Home}/text; printf '>'; exit\r");
        await running;
        byte[] shown = _terminal.Bytes;
        int from = shown.AsSpan().IndexOf("<line 0 "u8) + 1;
        Assert.True(shown.AsSpan(from, text.Length).SequenceEqual(text));
        Assert.Equal((byte)'>', shown[from + text.Length]);
        Assert.Equal(shown, _recorder.Bytes);
    }

    [Fact]
    public async Task Vim_edits_a_file()
    {
        string file = Path.Combine(_server.Home, "notes.txt");
        Task<ShellResult> running = await StartAsync();
        _terminal.Press($"vim -u NONE {file}\r");
        string shown = await _terminal.SeeAsync("[New");
        _terminal.Press("iwritten in vim\u001b:wq\r");
        await _terminal.SeeAsync("here> ", shown.Length);
        _terminal.Press("exit\r");
        await running;
        Assert.Equal("written in vim\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task Top_draws_its_screen_and_ends_by_key()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press("top -d 0.2\r");
        await _terminal.SeeAsync("load average");
        string shown = await _terminal.SeeAsync("PID");
        _terminal.Press("q");
        await _terminal.SeeAsync("here> ", shown.Length);
        _terminal.Press("exit\r");
        Assert.Equal(SessionEnd.RemoteExit, (await running).End);
    }

    [Fact]
    public async Task Tilde_dot_at_the_start_of_a_line_disconnects()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press("echo ~.\r");
        await _terminal.SeeAsync("\n~.\r\n");
        _terminal.Press("~.");
        Assert.Equal(SessionEnd.OperatorDisconnect, (await running).End);
        Assert.Contains("[bastion] Disconnected.", _terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_input_disconnects()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.EndInput();
        Assert.Equal(SessionEnd.OperatorDisconnect, (await running).End);
    }

    [Fact]
    public async Task After_Ctrl_C_into_a_flood_the_rest_is_recorded_and_not_drawn()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Speed = 10_000_000;
        _terminal.Press("yes 0123456789abcdefghijklmnopqrstuvwxyz\r");
        await FlowAsync(4_000_000);
        long before = Stopwatch.GetTimestamp();
        _terminal.Press("\u0003");
        string shown = await _terminal.SeeAsync("not shown after Ctrl-C");
        await _terminal.SeeAsync("here> ", shown.LastIndexOf("not shown", StringComparison.Ordinal));
        // No limit on time here, but the bench has one; this is what a person would call broken.
        Assert.InRange(Stopwatch.GetElapsedTime(before), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        _terminal.Press("echo still''here; exit\r");
        await running;
        Assert.Contains("stillhere", _terminal.Shown, StringComparison.Ordinal);
        Assert.True(_recorder.Bytes.Length > _terminal.Bytes.Length);
        Assert.Contains("were not shown", Assert.Single(_recorder.Markers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_ignores_Ctrl_C_is_drawn_again()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press("trap '' INT; yes 0123456789abcdefghijklmnopqrstuvwxyz\r");
        await FlowAsync(4_000_000);
        _terminal.Press("\u0003");
        string shown = await _terminal.SeeAsync("not shown after Ctrl-C");
        await FlowAsync(shown.Length + 1_000_000);
        await _stop.CancelAsync();
        Assert.Equal(SessionEnd.Stopped, (await running).End);
    }

    [Fact]
    public async Task A_terminal_that_takes_no_more_holds_the_asset_back_and_a_stop_still_ends_it()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Press($"yes | tee {_server.Home}/sent\r");
        await FlowAsync(100_000);
        _terminal.Stop();
        long sent = await StandstillAsync($"{_server.Home}/sent");
        // The window, what one read of the host takes, and the buffers of the sockets between.
        Assert.InRange(sent, 0, _recorder.Bytes.Length + SshChannel.Window + (8 << 20));
        await _stop.CancelAsync();
        Assert.Equal(SessionEnd.Stopped, (await running.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None)).End);
        Assert.False(_terminal.IsRaw);
    }

    [Fact]
    public async Task Stopping_ends_it_and_says_so()
    {
        Task<ShellResult> running = await StartAsync();
        await _stop.CancelAsync();
        Assert.Equal(SessionEnd.Stopped, (await running).End);
        Assert.Contains("\u001b[?1047l", _terminal.Shown, StringComparison.Ordinal);
        Assert.False(_terminal.IsRaw);
    }

    [Fact]
    public async Task A_killed_sshd_is_a_lost_connection()
    {
        Task<ShellResult> running = await StartAsync();
        _server.KillConnections();
        Assert.Equal((SessionEnd.ConnectionLost, null, null), await EndOf(running));
        Assert.Contains("was lost", _terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_that_is_gone_ends_it()
    {
        Task<ShellResult> running = await StartAsync();
        _terminal.Gone = true;
        _terminal.Press("echo x\r");
        Assert.Equal(SessionEnd.TerminalLost, (await running).End);
    }

    [Fact]
    public async Task A_recording_that_fails_ends_it()
    {
        Task<ShellResult> running = await StartAsync();
        _recorder.Fail();
        Assert.Equal(SessionEnd.RecorderFailed, (await running).End);
    }

    [Fact]
    public async Task A_host_without_terminals_refuses()
    {
        await using SshServer server = await SshServer.StartAsync("PermitTTY no");
        using SshConnection connection = await server.ConnectAsync();
        SshRequestRefusedException e = await Assert.ThrowsAsync<SshRequestRefusedException>(() => new InteractiveShell(connection).RunAsync(_terminal, _recorder, _stop.Token));
        Assert.Contains("a terminal", e.Message, StringComparison.Ordinal);
        Assert.False(_terminal.IsRaw);
    }

    private async Task<Task<ShellResult>> StartAsync()
    {
        Task<ShellResult> running = new InteractiveShell(_connection).RunAsync(_terminal, _recorder, _stop.Token);
        await _terminal.SeeAsync("here> ");
        return running;
    }

    private static async Task<(SessionEnd, int?, string?)> EndOf(Task<ShellResult> running)
    {
        ShellResult result = await running;
        return (result.End, result.ExitCode, result.ExitSignal);
    }

    private async Task FlowAsync(long bytes)
    {
        while (_terminal.Count < bytes) await Task.Delay(20, CancellationToken.None);
    }

    private static async Task<long> StandstillAsync(string file)
    {
        for (long last = -1; ;)
        {
            long now = new FileInfo(file).Length;
            if (now == last) return now;
            last = now;
            await Task.Delay(500, CancellationToken.None);
        }
    }
}
