using System.Text;
using System.Text.RegularExpressions;
using Bastion.Audit.Recording;
using Bastion.Audit.Replay;
using Bastion.Audit.Replay.Screens;
using Bastion.Audit.Replay.Terminals;
using Microsoft.Extensions.Time.Testing;

namespace Bastion.Unit.Audit;

public sealed partial class ReplayPlayerTests : IDisposable
{
    private readonly RecordingBench _bench = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Fact]
    public async Task It_shows_each_event_at_its_time_and_cuts_pauses()
    {
        Record((0.5, "a"), (1.5, "b"), (100, "c"));
        using var terminal = new FakeReplayTerminal();
        await Play(terminal, new ReplayOptions { Speed = 2, IdleLimit = TimeSpan.FromSeconds(2) });
        Assert.Equal([("a", 0.25), ("ab", 0.75), ("abc", 1.75)], Changes(terminal));
    }

    [Fact]
    public async Task Then_the_terminal_is_as_it_was_with_the_last_screen_below()
    {
        Record((0, "\e[?1049h\e[?25l\e[2;5r\e[?6h\e[4h\e(0\e[41;5mqqq"));
        using var terminal = new FakeReplayTerminal();
        await Play(terminal, new ReplayOptions());
        Assert.False(terminal.Seen.IsAlternate);
        Assert.True(terminal.Seen.ShowsCursor);
        Assert.Equal(Style.Plain, terminal.Seen.Cursor.Style);
        Assert.Equal((0, 29), terminal.Seen.Region);
        Assert.Equal("\n───", FakeReplayTerminal.Rows(terminal.Seen));
        Assert.True(terminal.IsGivenBack);
        Assert.EndsWith("\e[0m\r\n", terminal.Written);
    }

    [Theory]
    [InlineData("\e]52;c;aGVsbG8=\a")]
    [InlineData("\e]0;title\e\\\e]2;title\a\u009d0;t\u009c")]
    [InlineData("\e[c\e[>c\e[=c\e[0c\eZ\e[5n\e[6n\e[?6n\e[?26n\u0005")]
    [InlineData("\eP$qm\e\\\eP+q544e\e\\\u0090+q\u009c")]
    [InlineData("\e[21t\e[18t\e[8;50;200t\e[3;0;0t\e[2t")]
    [InlineData("\e]10;?\a\e]11;?\a\e]4;1;?\a\e]1337;File=:aGk=\a\e]777;notify;a;b\a")]
    [InlineData("\e_Ga=T;aGk=\e\\\e^pm\e\\\eXsos\e\\")]
    [InlineData("\e[?1000h\e[?1006h\e[?2004h\e[?1004h\e[?1h\e=\e[>4;2m\e[>1u\e[?u\e[?2026$p\e[!p\ec\e[5i\e[?5i")]
    [InlineData("\0\0\u0001\u0007\u007f\u0080\u0084\u0098\u009b6n\u202E\u2066\uFEFF\e")]
    [InlineData("\e[1;2;3;4;5;6;7;8;9m\e[38;2;255;0m\e[48:2::1:2:3m\e[999999999999m\e[\u0018\e[4\u001a3m\e[3J")]
    public async Task Output_that_would_act_on_the_terminal_does_not_reach_it(string hostile)
    {
        Record((0, "before " + hostile + " after"), (1, hostile + "\e\\\a\r\n" + hostile), (2, "\e\\\a\u0018end"));
        using var terminal = new FakeReplayTerminal();
        await Play(terminal, new ReplayOptions { IdleLimit = TimeSpan.FromSeconds(1) });
        Assert.Matches(Harmless(), terminal.Written);
        Assert.Contains("end", FakeReplayTerminal.Rows(terminal.Seen));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_output_whatsoever_brings_anything_else_to_the_terminal(int seed)
    {
        var random = new Random(seed);
        byte[] noise = new byte[50_000];
        random.NextBytes(noise);
        for (int i = 0; i < 5000; i++) noise[random.Next(noise.Length)] = random.Next(3) switch { 0 => 0x1B, 1 => (byte)"[]P_^X(#?"[random.Next(9)], _ => (byte)";0123456789hlmJKHLMSTrnctqu"[random.Next(27)] };
        Record(noise.Chunk(1000).Select((chunk, i) => (i * 0.1, chunk)));
        using var terminal = new FakeReplayTerminal();
        await Play(terminal, new ReplayOptions());
        Assert.Matches(Harmless(), terminal.Written);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_any_seek_the_terminal_shows_what_the_session_showed_then(int seed)
    {
        var random = new Random(seed);
        var output = new RandomOutput(random, regions: seed % 2 == 0);
        Record(Enumerable.Range(0, 300).Select(i => (i * 0.25, Encoding.UTF8.GetBytes(output.Piece()))));
        double at = 0.1;
        (double, ReplayKey)[] keys = [(at, ReplayKey.Pause), .. Enumerable.Range(0, 40).Select(_ => (at += 1, (ReplayKey)random.Next((int)ReplayKey.Back, (int)ReplayKey.FarForward + 1))), (at += 1, ReplayKey.Quit)];
        int looks = 0;
        ReplayRun run = null!;
        FakeReplayTerminal terminal = null!;
        using FakeReplayTerminal viewer = terminal = new FakeReplayTerminal(80, 24, keys)
        {
            OnRead = now =>
            {
                if (now < TimeSpan.FromSeconds(0.2)) return;
                looks++;
                // The lowest row has the status line
                Assert.Equal(Cells(ScreenAt(run.Position), 23), Cells(terminal.Seen, 23));
            },
        };
        using ReplayRun playing = run = new ReplayRun(RecordingReader.Open(_bench.Recording), new ReplayOptions { StartAt = TimeSpan.FromSeconds(random.Next(70)) }, viewer, viewer.Clock);
        run.Play(CancellationToken.None);
        Assert.InRange(looks, 40, 100);
    }

    [Fact]
    public async Task Keys_pause_and_change_the_speed()
    {
        Record((1, "a"), (2, "b"), (4, "c"), (8, "d"));
        using var terminal = new FakeReplayTerminal(100, 30, (0.5, ReplayKey.Pause), (10.5, ReplayKey.Pause), (11.5, ReplayKey.Faster), (12, ReplayKey.Slower));
        await Play(terminal, new ReplayOptions { IdleLimit = TimeSpan.FromMinutes(1) });
        // Half a second, ten of pause, one to 1.5; then half a second at double speed to 2.5, and on as before
        Assert.Equal([("a", 11), ("ab", 11.75), ("abc", 13.5), ("abcd", 17.5)], Changes(terminal).Where(c => !c.Rows.Contains("paused", StringComparison.Ordinal) && c.Rows.Length > 0).DistinctBy(c => c.Rows));
    }

    [Fact]
    public async Task A_key_goes_to_the_next_command()
    {
        var clock = new FakeTimeProvider();
        using (SessionRecorder recorder = _bench.Start(clock))
        {
            foreach (string command in new[] { "ls", "df" })
            {
                clock.Advance(TimeSpan.FromMinutes(10));
                recorder.Marker(command);
                recorder.Output(Encoding.UTF8.GetBytes($"{command}\r\n"));
            }

            recorder.Seal("done");
        }

        using var terminal = new FakeReplayTerminal(100, 30, (1, ReplayKey.NextCommand), (2, ReplayKey.NextCommand), (3, ReplayKey.NextCommand));
        await Play(terminal, new ReplayOptions { IdleLimit = TimeSpan.FromHours(1) });
        Assert.Equal([("ls", 1), ("ls\ndf", 2)], Changes(terminal));
    }

    [Fact]
    public async Task Without_markers_it_goes_to_what_comes_after_a_pause()
    {
        Record((0.1, "$ "), (0.2, "ls"), (300, "a"), (300.1, "b"), (600, "c"));
        using var terminal = new FakeReplayTerminal(100, 30, (5, ReplayKey.NextCommand), (6, ReplayKey.Quit));
        await Play(terminal, new ReplayOptions { IdleLimit = TimeSpan.FromHours(1) });
        Assert.Contains(("$ lsa", 5), Changes(terminal));
    }

    [Fact]
    public async Task In_a_smaller_terminal_the_part_around_the_cursor_shows()
    {
        Record((0, string.Join("\r\n", Enumerable.Range(1, 24).Select(i => $"line {i} {new string('x', 60)}"))));
        using var terminal = new FakeReplayTerminal(20, 5, (1, ReplayKey.Quit));
        await Play(terminal, new ReplayOptions { StartAt = TimeSpan.FromSeconds(1) });
        string last = terminal.Frames[^2].Rows;
        Assert.Equal(5, last.Split('\n').Length);
        Assert.All(last.Split('\n'), row => Assert.Equal(19, row.Length));
    }

    [Fact]
    public async Task A_stop_gives_the_terminal_back()
    {
        Record((0, "a"), (1000, "b"));
        using var stop = new CancellationTokenSource();
        using var terminal = new FakeReplayTerminal { OnRead = now => { if (now > TimeSpan.FromSeconds(20)) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReplayPlayer.PlayAsync(_bench.Recording, new ReplayOptions { IdleLimit = TimeSpan.FromHours(1) }, () => terminal, terminal.Clock, stop.Token));
        Assert.True(terminal.IsGivenBack);
        Assert.False(terminal.Seen.IsAlternate);
    }

    [Fact]
    public async Task What_can_not_be_read_is_said()
    {
        await Assert.ThrowsAsync<RecordingDamagedException>(() => ReplayPlayer.PlayAsync(_bench.Recording, new ReplayOptions(), () => new FakeReplayTerminal(), TimeProvider.System, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReplayPlayer.PlayAsync(_bench.Recording, new ReplayOptions { Speed = 0 }, CancellationToken.None));
    }

    [Theory]
    [InlineData(" +-=nq", new[] { ReplayKey.Pause, ReplayKey.Faster, ReplayKey.Slower, ReplayKey.Faster, ReplayKey.NextCommand, ReplayKey.Quit })]
    [InlineData("\e[C\e[D\eOA\eOB\e[1;5Cx", new[] { ReplayKey.Forward, ReplayKey.Back, ReplayKey.FarForward, ReplayKey.FarBack, ReplayKey.Forward, ReplayKey.None })]
    [InlineData("\e\u0003é", new[] { ReplayKey.None, ReplayKey.Quit, ReplayKey.None, ReplayKey.None })]
    public void Keys_are_what_terminals_send_for_them(string bytes, object keys)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(bytes);
        List<ReplayKey> found = [];
        while (!rest.IsEmpty)
        {
            (ReplayKey key, int length) = KeyBytes.First(rest);
            found.Add(key);
            rest = rest[length..];
        }

        Assert.Equal((ReplayKey[])keys, found);
    }

    public void Dispose() => _bench.Dispose();

    // Positions, colours and looks, clearing, cursor, second screen, wrapping: and characters that show.
    [GeneratedRegex(@"^(\e\[\d+;\d+H|\e\[[\d;]+m|\e\[2J|\e\[\?(25|7|1049)[hl]|[^\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF]|\r\n)*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();

    private Task Play(FakeReplayTerminal terminal, ReplayOptions options) =>
        ReplayPlayer.PlayAsync(_bench.Recording, options, () => terminal, terminal.Clock, CancellationToken.None);

    private void Record(params (double At, string Text)[] events) => Record(events.Select(e => (e.At, Encoding.UTF8.GetBytes(e.Text))));

    private void Record(IEnumerable<(double At, byte[] Bytes)> events)
    {
        var clock = new FakeTimeProvider();
        using SessionRecorder recorder = _bench.Start(clock);
        foreach ((double at, byte[] bytes) in events)
        {
            clock.Advance(TimeSpan.FromSeconds(at) - (clock.GetUtcNow() - clock.Start));
            recorder.Output(bytes);
        }

        recorder.Seal("done");
    }

    private Screen ScreenAt(TimeSpan time)
    {
        var screen = new Screen(80, 24);
        var parser = new VtParser(screen);
        foreach (RecordingEvent e in RecordingReader.Open(_bench.Recording).Events().TakeWhile(e => e.Time <= time))
        {
            if (e.Kind == RecordingEventKind.Output) parser.Feed(e.Text);
        }

        return screen;
    }

    private static List<string> Cells(Screen screen, int rows) =>
        [.. Enumerable.Range(0, rows).Select(row => string.Join(null, screen.Grid[row].Cells.ToArray().Select(c => $"{c.Text ?? " "}{c.Style.Sequence()}")))];

    // What the viewer saw, and after how many seconds, while the second screen was on.
    private static List<(string Rows, double Seconds)> Changes(FakeReplayTerminal terminal) =>
        [.. terminal.Frames.SkipLast(1).Select(f => (f.Rows, Math.Round(f.At.TotalSeconds, 3))).Where(f => f.Rows.Length > 0).DistinctBy(f => f.Rows)];
}
