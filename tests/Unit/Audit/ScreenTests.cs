using System.Diagnostics;
using System.Text;
using Bastion.Audit.Replay.Screens;

namespace Bastion.Unit.Audit;

/// <summary>The screen in memory beside a terminal that people use.</summary>
public class ScreenTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_shows_what_tmux_shows(int seed)
    {
        if (OperatingSystem.IsWindows()) return;
        var random = new RandomOutput(new Random(seed), regions: seed % 2 == 0);
        string output = string.Concat(Enumerable.Range(0, 30 * seed).Select(_ => random.Piece()));
        var screen = new Screen(80, 24);
        new VtParser(screen).Feed(output);
        // tmux tells lines and corners as the letters they came as
        Assert.Equal(InTmux(output), FakeReplayTerminal.Rows(screen).Replace('┌', 'l').Replace('─', 'q').Replace('┐', 'k'));
    }

    private static string InTmux(string output)
    {
        string folder = Directory.CreateTempSubdirectory("bastion-tmux-").FullName, file = Path.Combine(folder, "output"), socket = Path.Combine(folder, "socket");
        File.WriteAllText(file, output);
        try
        {
            Tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", $"stty -opost; cat '{file}'; tmux -S '{socket}' wait-for -S shown; sleep 1000");
            Tmux("wait-for", "shown");
            return string.Join('\n', Tmux("capture-pane", "-p").Split('\n').Select(row => row.TrimEnd())).TrimEnd('\n');
        }
        finally
        {
            Tmux("kill-server");
            Directory.Delete(folder, recursive: true);
        }

        string Tmux(params string[] arguments)
        {
            var start = new ProcessStartInfo("tmux", ["-u", "-S", socket, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
            start.Environment["LC_ALL"] = "C.UTF-8";
            using Process tmux = Process.Start(start)!;
            string said = tmux.StandardOutput.ReadToEnd();
            tmux.WaitForExit();
            return said;
        }
    }
}
