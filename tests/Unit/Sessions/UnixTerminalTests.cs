using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Bastion.Sessions.Terminals;

namespace Bastion.Unit.Sessions;

[UnsupportedOSPlatform("windows")]
public sealed class UnixTerminalTests : IDisposable
{
    private readonly Pty _pty = new();
    private readonly UnixTerminal _terminal;

    public UnixTerminalTests() => _terminal = UnixTerminal.Open(_pty.Slave, _pty.Slave);

    public void Dispose()
    {
        _terminal.Dispose();
        _pty.Dispose();
    }

    [Fact]
    public void Every_key_comes_as_it_is_and_the_settings_are_put_back()
    {
        string before = _pty.Settings;
        using (_terminal.EnterRawMode())
        {
            Assert.NotEqual(before, _pty.Settings);
            _pty.Type("\u0003\r\u001b[A\u00f1");
            byte[] keys = new byte[100];
            int count = _terminal.Read(keys, CancellationToken.None);
            Assert.Equal("\u0003\r\u001b[A\u00f1", Encoding.UTF8.GetString(keys, 0, count));
        }

        Assert.Equal(before, _pty.Settings);
    }

    [Fact]
    public void What_is_written_is_shown_byte_for_byte()
    {
        using IDisposable raw = _terminal.EnterRawMode();
        _terminal.Write("a\nb\u001b[0m"u8);
        Assert.Equal("a\nb\u001b[0m"u8.ToArray(), _pty.Take());
    }

    [Fact]
    public async Task Writing_much_waits_until_it_is_taken()
    {
        using IDisposable raw = _terminal.EnterRawMode();
        byte[] much = new byte[1 << 20];
        Random.Shared.NextBytes(much);
        var writing = Task.Run(() => _terminal.Write(much));
        using var taken = new MemoryStream();
        while (taken.Length < much.Length) taken.Write(_pty.Take());
        await writing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(much, taken.ToArray());
    }

    [Fact]
    public async Task Stopping_ends_the_wait_for_a_key_and_the_next_key_is_not_lost()
    {
        using IDisposable raw = _terminal.EnterRawMode();
        using var stop = new CancellationTokenSource();
        Task<int> reading = Task.Run(() => _terminal.Read(new byte[10], stop.Token), CancellationToken.None);
        await stop.CancelAsync();
        Assert.Equal(0, await reading.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None));
        _pty.Type("x");
        Assert.Equal(1, _terminal.Read(new byte[10], CancellationToken.None));
    }

    [Fact]
    public async Task Giving_the_terminal_back_ends_a_write_that_waits()
    {
        IDisposable raw = _terminal.EnterRawMode();
        Task writing = Task.Run(() => _terminal.Write(new byte[10 << 20]));
        _pty.Take();
        raw.Dispose();
        await Assert.ThrowsAsync<IOException>(() => writing.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_closed_terminal_is_told_to_reader_and_writer()
    {
        using IDisposable raw = _terminal.EnterRawMode();
        _pty.Close();
        Assert.Throws<IOException>(() => _terminal.Read(new byte[10], CancellationToken.None));
        Assert.Throws<IOException>(() => _terminal.Write("x"u8));
    }

    [Fact]
    public async Task A_new_size_is_told()
    {
        using IDisposable raw = _terminal.EnterRawMode();
        var resized = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _terminal.Resized += (_, _) => resized.TrySetResult();
        _pty.Resize(132, 43);
        SshServer.Signal(Environment.ProcessId, "WINCH");
        await resized.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((132, 43), (_terminal.Columns, _terminal.Rows));
    }

    [Fact]
    public void A_child_that_changes_the_settings_does_not_end_raw_mode()
    {
        using IDisposable raw = _terminal.EnterRawMode();
        string rawSettings = _pty.Settings;
        using (Process child = Process.Start("stty", ["-F", $"/proc/{Environment.ProcessId}/fd/{_pty.Slave}", "sane"])) child.WaitForExit();
        SpinWait.SpinUntil(() => _pty.Settings == rawSettings, TimeSpan.FromSeconds(30));
        Assert.Equal(rawSettings, _pty.Settings);
    }

    [Fact]
    public void Settings_that_something_else_has_changed_are_made_raw_again()
    {
        string before = _pty.Settings;
        using IDisposable raw = _terminal.EnterRawMode();
        string rawSettings = _pty.Settings;
        _pty.Apply(before);
        SpinWait.SpinUntil(() => _pty.Settings == rawSettings, TimeSpan.FromSeconds(30));
        Assert.Equal(rawSettings, _pty.Settings);
    }

    [Fact]
    public void A_file_is_no_terminal()
    {
        using FileStream file = File.OpenRead(typeof(UnixTerminalTests).Assembly.Location);
        NoTerminalException e = Assert.Throws<NoTerminalException>(() => UnixTerminal.Open((int)file.SafeFileHandle.DangerousGetHandle(), _pty.Slave));
        Assert.Equal("NoTerminal", e.Id);
        Assert.Contains("Invoke-BhCommand", e.Message, StringComparison.Ordinal);
        Assert.Contains("-InputLine", e.Message, StringComparison.Ordinal);
    }
}
