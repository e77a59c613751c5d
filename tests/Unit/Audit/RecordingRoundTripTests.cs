using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bastion.Audit.Recording;
using Microsoft.Extensions.Time.Testing;

namespace Bastion.Unit.Audit;

public class RecordingRoundTripTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Bytes_in_any_chunks_come_back_as_the_text_they_are(int seed)
    {
        using var bench = new RecordingBench();
        var random = new Random(seed);
        byte[] output = Bytes(random), input = Bytes(random);
        RecordingSummary summary;
        using (SessionRecorder recorder = bench.Start())
        {
            int shown = 0, typed = 0, resizes = 0;
            while (shown < output.Length || typed < input.Length)
            {
                int length = random.Next(4) switch { 0 => 1, 1 => random.Next(1, 8), 2 => random.Next(1, 3000), _ => random.Next(1, 100_000) };
                if (random.Next(3) > 0) recorder.Output(Next(output, ref shown, length));
                else recorder.Input(Next(input, ref typed, length));
                if (random.Next(3) == 0) recorder.Resize(++resizes, 24);
            }

            summary = recorder.Seal("done");
            Assert.Equal(Enumerable.Range(1, resizes), bench.Events().Where(e => e.Kind == RecordingEventKind.Resize).Select(e => e.Size!.Value.Columns));
        }

        Assert.Equal(Encoding.UTF8.GetString(output), bench.Text());
        Assert.Equal(Encoding.UTF8.GetString(input), bench.Text(RecordingEventKind.Input));
        Assert.Equal((output.Length, input.Length, true), ((int)summary.OutputBytes, (int)summary.InputBytes, summary.Complete));
        RecordingCheck check = RecordingCheck.Of(bench.Recording, RecordingBench.Session, summary.Head);
        Assert.Empty(check.Problems);
        Assert.Equal(summary, check.Summary);
        Assert.False(File.Exists(bench.Journal));
    }

    [Theory]
    [InlineData("€")]
    [InlineData("é")]
    [InlineData("😀")]
    [InlineData("日本語 – ana@web-1:~$ ")]
    public void A_character_that_chunks_cut_through_stays_whole(string text)
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            recorder.Output([b]);
            // Something in between must not break it either
            recorder.Resize(80, 24);
            recorder.Input([b]);
        }

        recorder.Seal("done");
        Assert.Equal(text, bench.Text());
        Assert.Equal(text, bench.Text(RecordingEventKind.Input));
        Assert.DoesNotContain(bench.Events(), e => e.Text.Contains('\uFFFD', StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced_as_Unicode_advises()
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        recorder.Output([.. "a"u8, 0xFF, .. "b"u8, 0xE2, 0x82, .. "c"u8, 0xC0, 0x80, 0xF0, 0x9F]);
        recorder.Seal("done");
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFD\uFFFD\uFFFD", bench.Text());
    }

    [Fact]
    public void Events_keep_their_order_time_and_kind()
    {
        using var bench = new RecordingBench();
        var clock = new FakeTimeProvider();
        using SessionRecorder recorder = bench.Start(clock);
        At(0.5, () => recorder.Output("$ "u8));
        At(1.25, () => recorder.Input("ls\r"u8));
        At(1.2515, () => recorder.Output("ls\r\n"u8));
        At(1.2525, () => recorder.Output("a  b\r\n"u8));
        At(1.3, () => recorder.Resize(120, 50));
        At(2, () => recorder.Marker("ls \"a\"\n"));
        recorder.Seal("Disconnected by the user.");

        Assert.Equal(
            [
                (500, RecordingEventKind.Output, "$ "), (1250, RecordingEventKind.Input, "ls\r"), (1251, RecordingEventKind.Output, "ls\r\na  b\r\n"),
                (1300, RecordingEventKind.Resize, "120x50"), (2000, RecordingEventKind.Marker, "ls \"a\"\n"), (2000, RecordingEventKind.End, "complete: Disconnected by the user."),
            ],
            bench.Events().Select(e => ((int)e.Time.TotalMilliseconds, e.Kind, e.Text)));

        void At(double seconds, Action record)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds) - (clock.GetUtcNow() - clock.Start));
            record();
        }
    }

    [Fact]
    public void The_header_tells_what_the_session_is()
    {
        using var bench = new RecordingBench();
        using (SessionRecorder recorder = bench.Start()) recorder.Seal("done");
        RecordingHeader header = RecordingReader.Open(bench.Recording).Header;
        Assert.Equal(RecordingBench.Header with { Details = header.Details }, header);
        Assert.Equal(RecordingBench.Header.Details, header.Details);
    }

    [Fact]
    public void Any_zstd_and_any_asciicast_reader_can_read_it()
    {
        using var bench = new RecordingBench();
        using (SessionRecorder recorder = bench.Start())
        {
            for (int i = 0; i < 3000; i++) recorder.Output(Encoding.UTF8.GetBytes($"\u001b[1mline\u001b[0m {i} \u0085 é\r\n"));
            recorder.Seal("done");
        }

        string[] lines = Zstd("-dc", bench.Recording).TrimEnd('\n').Split('\n');
        using (JsonDocument header = JsonDocument.Parse(lines[0]))
        {
            Assert.Equal((2, 80, 24, "ana → root@web-1"), (header.RootElement.GetProperty("version").GetInt32(), header.RootElement.GetProperty("width").GetInt32(),
                header.RootElement.GetProperty("height").GetInt32(), header.RootElement.GetProperty("title").GetString()));
        }

        var shown = new StringBuilder();
        foreach (string line in lines[1..])
        {
            Assert.DoesNotContain(line, c => char.IsControl(c));
            using JsonDocument json = JsonDocument.Parse(line);
            Assert.Equal((3, JsonValueKind.Number), (json.RootElement.GetArrayLength(), json.RootElement[0].ValueKind));
            if (json.RootElement[1].GetString() == "o") shown.Append(json.RootElement[2].GetString());
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 3000).Select(i => $"\u001b[1mline\u001b[0m {i} \u0085 é\r\n")), shown.ToString());
        Zstd("-t", bench.Recording);
    }

    [Fact]
    public void Only_the_owner_may_read_recordings()
    {
        if (OperatingSystem.IsWindows()) return;
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.Recording));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.Journal));
        for (string folder = Path.GetDirectoryName(bench.Recording)!; folder.Length >= bench.Folder.Root.Length; folder = Path.GetDirectoryName(folder)!)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void Each_day_in_UTC_has_a_folder()
    {
        var folder = new RecordingFolder("/var/lib/bastion/recordings");
        string path = folder.PathOf("abc", new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(8)));
        Assert.Equal(Path.Combine("2025", "12", "31", "abc.cast.zst"), Path.GetRelativePath(folder.Root, path));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("ä")]
    public void An_id_that_is_no_file_name_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => new RecordingFolder("/tmp/x").PathOf(id, RecordingBench.StartedAt));

    [Fact]
    public void What_was_flushed_can_be_read_while_the_session_runs()
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        recorder.Output("first\r\n"u8);
        Assert.True(SpinWait.SpinUntil(() => bench.Text() == "first\r\n", TimeSpan.FromSeconds(30)));
        recorder.Output("second\r\n"u8);
        Assert.True(SpinWait.SpinUntil(() => bench.Text() == "first\r\nsecond\r\n", TimeSpan.FromSeconds(30)));
        Assert.Equal([RecordingFault.Unsealed], bench.Check().Problems.Select(p => p.Fault));
    }

    [Fact]
    public void A_second_seal_tells_the_same_and_nothing_more_is_taken()
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        recorder.Output("a"u8);
        RecordingSummary first = recorder.Seal("done");
        Assert.Same(first, recorder.Seal("again"));
        Assert.Throws<ObjectDisposedException>(() => recorder.Output("b"u8));
        Assert.Equal("a", bench.Text());
    }

    [Fact]
    public void A_session_is_recorded_once()
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        Assert.Throws<IOException>(() => bench.Start());
        recorder.Output("a"u8);
        recorder.Seal("done");
        Assert.Throws<IOException>(() => bench.Start());
        Assert.Equal("a", bench.Text());
        Assert.Empty(bench.Check().Problems);
    }

    private static ReadOnlySpan<byte> Next(byte[] bytes, ref int at, int length)
    {
        ReadOnlySpan<byte> next = bytes.AsSpan(at, Math.Min(length, bytes.Length - at));
        at += next.Length;
        return next;
    }

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(1, random.Next(4) == 0 ? 2_000_000 : 20_000)];
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(bytes);
                return bytes;
            case 1:
                for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)random.Next(0x80);
                return bytes;
            default:
                ReadOnlySpan<char> alphabet = "abc \r\n\e[\u009b\u0007\0\"\\éß€語\u00a0\u2028";
                var text = new StringBuilder();
                while (text.Length < bytes.Length / 2) text.Append(random.Next(20) == 0 ? "😀" : alphabet[random.Next(alphabet.Length)].ToString());
                byte[] whole = Encoding.UTF8.GetBytes(text.ToString());
                // Cut characters through, here and there
                if (random.Next(2) == 0)
                {
                    for (int i = 0; i < whole.Length / 100; i++) whole[random.Next(whole.Length)] = (byte)random.Next(256);
                }

                return whole;
        }
    }

    private static string Zstd(params string[] arguments)
    {
        using Process zstd = Process.Start(new ProcessStartInfo("zstd", arguments) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        string text = zstd.StandardOutput.ReadToEnd();
        zstd.WaitForExit();
        Assert.Equal(0, zstd.ExitCode);
        return text;
    }
}
