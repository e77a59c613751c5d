using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Replay;

namespace Bastion.Unit.Audit;

public class ReplayTextTests
{
    [Theory]
    [InlineData("one\r\ntwo\r\n", "one⏎two")]
    [InlineData("one\r\n\r\ntwo", "one⏎⏎two")]
    [InlineData("wrong\b\b\b\b\bright\r\n", "right")]
    [InlineData("50 %\r100 %\r\ndone", "100 %⏎done")]
    [InlineData("abc\e[2Dx\e[Ky\r\n", "axy")]
    [InlineData("\e[31mred\e[0m \e[38;2;1;2;3;4mtext\e[m\r\n", "red text")]
    [InlineData("first\e[3;1Hthird\e[2;1Hsecond", "first⏎second⏎third")]
    [InlineData("a\tb\r\n", "a       b")]
    [InlineData("\e(0lqk\e(B box\r\n", "┌─┐ box")]
    [InlineData("$ vim\r\n\e[?1049h\e[2J\e[Htext in vim\e[?1049l$ next\r\n", "$ vim⏎⏎text in vim⏎$ next")]
    [InlineData("before\r\n\e[H\e[2J\e[3Jafter\r\n", "before⏎after")]
    [InlineData("\e]0;title\aa\e]52;c;aGk=\e\\b\eP1$qm\e\\c\e_x\e\\d\e^y\e\\e\eXz\e\\f\r\n", "abcdef")]
    [InlineData("\u009b31mred\u009d0;t\u009c \u0090q\u009cend\u0085next", "red end⏎next")]
    [InlineData("a\0b\u0001c\u007fd\ae\r\n", "abcde")]
    [InlineData("e\u0301\u0302 \u202Eevil\u202C \uFEFFx\r\n", "e\u0301\u0302 evil x")]
    [InlineData("日本\e[1;4Hx\r\n", "日 x")]
    [InlineData("abc\e[1G\e[4hx\e[4l\r\n", "xabc")]
    [InlineData("abc\e[1G\e[2Pd\e[@z\r\n", "dz")]
    [InlineData("x\e[3b\r\n", "xxxx")]
    [InlineData("broken \e[12;", "broken")]
    [InlineData("a\e[1\e[2mb\u0018c", "abc")]
    [InlineData("top\e[2;4r\e[4;1H1\n2\n3\n4", "1⏎top⏎ 2⏎  3⏎   4")]
    public void Lines_are_what_the_terminal_showed(string output, string lines) => Assert.Equal(lines.Split('⏎'), Lines(output));

    [Fact]
    public void A_line_that_the_terminal_broke_at_its_edge_is_one()
    {
        string line = string.Concat(Enumerable.Range(0, 100).Select(i => $"word{i} "));
        Assert.Equal([line.TrimEnd(), "next"], Lines($"{line}\r\nnext\r\n"));
    }

    [Fact]
    public void Lines_that_scrolled_away_come_first()
    {
        string[] lines = [.. Enumerable.Range(1, 500).Select(i => $"line {i}")];
        Assert.Equal(lines, Lines(string.Join("\r\n", lines)));
    }

    [Fact]
    public void A_command_without_a_terminal_ends_its_lines_with_a_line_feed() =>
        Assert.Equal(["a", "b", "c"], Lines("a\nb\nc\n", "SshExec"));

    [Fact]
    public void A_terminal_that_got_smaller_loses_nothing()
    {
        using var bench = new RecordingBench();
        using (SessionRecorder recorder = bench.Start())
        {
            recorder.Output(Encoding.UTF8.GetBytes($"{new string('x', 70)}end\r\n1\r\n2\r\n3\r\n"));
            recorder.Resize(20, 3);
            recorder.Output("4\r\n5\r\n"u8);
            recorder.Seal("done");
        }

        Assert.Equal([new string('x', 70) + "end", "1", "2", "3", "4", "5"], ReplayText.Lines(bench.Recording));
    }

    [Fact]
    public void No_output_brings_a_control_character_into_a_line()
    {
        var random = new Random(7);
        for (int round = 0; round < 50; round++)
        {
            byte[] hostile = new byte[20_000];
            random.NextBytes(hostile);
            // Enough escapes that sequences happen
            for (int i = 0; i < 2000; i++) hostile[random.Next(hostile.Length)] = random.Next(3) switch { 0 => 0x1B, 1 => (byte)'[', _ => (byte)";0123456789hlmJKHLMSTr"[random.Next(22)] };
            Assert.All(Lines(hostile, "SshShell"), line => Assert.DoesNotContain(line, char.IsControl));
        }
    }

    [Fact]
    public void A_line_without_an_end_is_told_in_pieces()
    {
        string[] lines = Lines(new string('x', 1_000_000));
        Assert.All(lines, line => Assert.True(line.Length < 70_000));
        Assert.Equal(1_000_000, lines.Sum(line => line.Length));
    }

    [Fact]
    public void A_recording_that_is_none_says_so()
    {
        using var bench = new RecordingBench();
        Directory.CreateDirectory(bench.Folder.Root);
        string path = Path.Combine(bench.Folder.Root, "x.cast.zst");
        File.WriteAllText(path, "not a recording");
        Assert.Equal("RecordingForeign", Assert.Throws<RecordingDamagedException>(() => ReplayText.Lines(path)).Id);
        Assert.Equal("RecordingUnreadable", Assert.Throws<RecordingDamagedException>(() => ReplayText.Lines(path + "x")).Id);
    }

    private static string[] Lines(string output, string channel = "SshShell") => Lines(Encoding.UTF8.GetBytes(output), channel);

    private static string[] Lines(byte[] output, string channel)
    {
        using var bench = new RecordingBench();
        RecordingHeader header = RecordingBench.Header with { Details = new Dictionary<string, string> { ["channel"] = channel } };
        using (ISessionRecorder recorder = SessionRecorder.Start(bench.Folder, header, TimeProvider.System))
        {
            recorder.Output(output);
            recorder.Seal("done");
        }

        return [.. ReplayText.Lines(bench.Recording)];
    }
}
