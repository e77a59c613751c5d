using System.Diagnostics;
using System.Globalization;

namespace Bastion.Unit.Console;

/// <summary>
/// A real terminal: a program in a tmux pane, with its own server and socket in a folder of its own.
/// Keys go in by name or as text, the screen comes out as text. Waits are for what the screen shows, with a deadline.
/// </summary>
internal sealed class Tmux : IAsyncDisposable
{
    private const string Settings = """
        set -g remain-on-exit on
        set -g default-terminal tmux-256color
        set -g history-limit 5000
        set -s escape-time 0
        set -g status off
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo _folder;

    private Tmux(DirectoryInfo folder) => _folder = folder;

    /// <summary>A folder for this terminal's files; it goes with it.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Starts a program in a pane.</summary>
    /// <param name="command">Program and arguments, without a shell between.</param>
    /// <param name="columns">Cells in a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="environment">Variables beside the inherited ones.</param>
    public static async Task<Tmux> StartAsync(IEnumerable<string> command, int columns = 80, int rows = 24, IEnumerable<(string Name, string Value)>? environment = null)
    {
        var tmux = new Tmux(Directory.CreateTempSubdirectory("tmux-"));
        try
        {
            string settings = Path.Combine(tmux.Folder, "tmux.conf");
            await File.WriteAllTextAsync(settings, Settings);
            await tmux.AskAsync([
                "-f", settings, "new-session", "-d", "-x", Text(columns), "-y", Text(rows), "-c", tmux.Folder,
                .. (environment ?? []).SelectMany(v => new[] { "-e", $"{v.Name}={v.Value}" }),
                "--", .. command]);
            return tmux;
        }
        catch
        {
            await tmux.DisposeAsync();
            throw;
        }
    }

    /// <summary>Types text as it is.</summary>
    public Task TypeAsync(string text) => AskAsync(["send-keys", "-l", "--", text]);

    /// <summary>Presses keys by tmux's names: <c>Enter</c>, <c>C-c</c>, <c>M-b</c>, <c>C-Left</c>, <c>BTab</c>.</summary>
    public Task PressAsync(params string[] keys) => AskAsync(["send-keys", "--", .. keys]);

    /// <summary>Types a line and presses Enter.</summary>
    public async Task EnterAsync(string line)
    {
        await TypeAsync(line);
        await PressAsync("Enter");
    }

    /// <summary>Pastes text the way a terminal does: bracketed where the program asked for that.</summary>
    public async Task PasteAsync(string text)
    {
        await AskAsync(["set-buffer", "--", text]);
        await AskAsync(["paste-buffer", "-p"]);
    }

    /// <summary>Gives the pane another size.</summary>
    public Task ResizeAsync(int columns, int rows) => AskAsync(["resize-window", "-x", Text(columns), "-y", Text(rows)]);

    /// <summary>The screen: a line per row, without blanks at the end of lines.</summary>
    /// <param name="isStyled">With the escape sequences of colours.</param>
    /// <param name="isWhole">With what has scrolled off the top.</param>
    /// <param name="isJoined">Lines that wrapped are one line again.</param>
    public async Task<string> ScreenAsync(bool isStyled = false, bool isWhole = false, bool isJoined = false) => await AskAsync([
        "capture-pane", "-p", .. Option(isStyled, "-e"), .. Option(isJoined, "-J"), .. Option(isWhole, "-S", "-")]);

    /// <summary>Where the cursor is, from 0.</summary>
    public async Task<(int Column, int Row)> CursorAsync()
    {
        string[] at = (await FormatAsync("#{cursor_x} #{cursor_y}")).Split(' ');
        return (int.Parse(at[0], CultureInfo.InvariantCulture), int.Parse(at[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A value of tmux's format language about the pane, such as <c>#{pane_current_command}</c>.</summary>
    public async Task<string> FormatAsync(string format) => (await AskAsync(["display-message", "-p", format])).TrimEnd('\n');

    /// <summary>Waits until the screen shows a text, and gives the screen; fails at the deadline.</summary>
    public Task<string> SeesAsync(string text) => SeesAsync(screen => screen.Contains(text, StringComparison.Ordinal), $"'{text}'");

    /// <summary>Waits until the screen is as asked, and gives the screen; fails at the deadline.</summary>
    /// <param name="isThere">What it should be like.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="meanwhile">Done before each further look, a second apart.</param>
    public async Task<string> SeesAsync(Func<string, bool> isThere, string what, Func<Task>? meanwhile = null)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            string screen = await ScreenAsync();
            if (isThere(screen)) return screen;
            if (Stopwatch.GetElapsedTime(started) > Limit) Assert.Fail($"The screen never showed {what}. It shows:\n{screen}");
            if (meanwhile is not null) await meanwhile();
            await Task.Delay(meanwhile is null ? Pause : TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Waits until a line reads exactly so, blanks at both ends aside.</summary>
    public Task<string> SeesLineAsync(string line) =>
        SeesAsync(screen => screen.Split('\n').Any(l => l.Trim() == line), $"the line '{line}'");

    /// <summary>Waits until a value of tmux's format language is as asked.</summary>
    /// <param name="format">What to look at.</param>
    /// <param name="value">What it should be.</param>
    /// <param name="meanwhile">Done before each further look.</param>
    public async Task UntilAsync(string format, string value, Func<Task>? meanwhile = null)
    {
        long started = Stopwatch.GetTimestamp();
        while (await FormatAsync(format) is var now && now != value)
        {
            if (Stopwatch.GetElapsedTime(started) > Limit) Assert.Fail($"{format} never became '{value}', it is '{now}'. The screen shows:\n{await ScreenAsync()}");
            if (meanwhile is not null) await meanwhile();
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits for the program's end and gives its exit code.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await UntilAsync("#{pane_dead}", "1");
        string server = await FormatAsync("#{pid}");
        // tmux now and then sleeps through the signal that tells it of a child's end; another one makes it look
        await UntilAsync("#{?#{!=:#{pane_dead_status}#{pane_dead_signal},},told,}", "told", () => RunAsync(new ProcessStartInfo("kill"), ["-CHLD", server]));
        string signal = await FormatAsync("#{pane_dead_signal}");
        Assert.True(signal.Length == 0, $"The program was ended by signal {signal}.");
        return int.Parse(await FormatAsync("#{pane_dead_status}"), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the program reads key by key: what is typed before, the terminal itself echoes and edits.</summary>
    public async Task ReadsKeysAsync()
    {
        string tty = await FormatAsync("#{pane_tty}");
        long started = Stopwatch.GetTimestamp();
        while (!(await RunAsync(new ProcessStartInfo("stty"), ["-F", tty, "-a"])).Contains("-icanon", StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(started) > Limit) Assert.Fail($"The program never read keys. The screen shows:\n{await ScreenAsync()}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>The program's process id.</summary>
    public async Task<int> ProcessIdAsync() => int.Parse(await FormatAsync("#{pane_pid}"), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await AskAsync(["kill-server"]);
        }
        finally
        {
            _folder.Delete(recursive: true);
        }
    }

    private Task<string> AskAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("tmux");
        start.Environment.Remove("TMUX");
        start.Environment["LC_ALL"] = "C.UTF-8";
        return RunAsync(start, ["-u", "-S", Path.Combine(Folder, "socket"), .. arguments]);
    }

    private static async Task<string> RunAsync(ProcessStartInfo start, IEnumerable<string> arguments)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{start.FileName}: {await errors}");
        return answer;
    }

    private static string[] Option(bool isSet, params string[] option) => isSet ? option : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
