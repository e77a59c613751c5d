using System.Globalization;

namespace Bastion.Unit.Console;

/// <summary>Ctrl-C and signals in a real terminal.</summary>
public sealed class InterruptTests
{
    [Theory]
    [InlineData("'go' + 1; 1..1000 | ForEach-Object { Start-Sleep 100 }", "go1")]
    [InlineData("'go' + 1; while ($true) { }", "go1")]
    [InlineData("while ($true) { 'y' }", "y\ny")]
    public async Task Control_C_gives_the_prompt_back(string endless, string going)
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync(endless);
        await tmux.SeesAsync('\n' + going);
        await tmux.PressAsync("C-c");
        await tmux.SayAsync("'still' + 'here'");
        await tmux.SeesLineAsync("stillhere");
    }

    [Fact]
    public async Task Control_C_ends_a_native_command()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("sh -c 'echo go$((1)); sleep 1000'");
        await tmux.SeesLineAsync("go1");
        // PowerShell loses one that comes while it is still busy starting the command: pressed again as a person would
        await tmux.SeesAsync(screen => screen.TrimEnd().EndsWith('\n' + Bastions.Prompt, StringComparison.Ordinal), "the prompt", () => tmux.PressAsync("C-c"));
        await tmux.SayAsync("'still' + 'here'");
        await tmux.SeesLineAsync("stillhere");
    }

    [Fact]
    public async Task Control_C_cancels_a_question_for_a_password()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("$c = Get-Credential; 'not reached'");
        await tmux.SeesLineAsync("User:");
        await tmux.ReadsKeysAsync();
        await tmux.EnterAsync("ana");
        await tmux.SeesLineAsync("Password for user ana:");
        await tmux.TypeAsync("hunter2");
        await tmux.SeesLineAsync("Password for user ana: *******");
        await tmux.PressAsync("C-c");
        string screen = await tmux.ReadyAsync();
        Assert.DoesNotContain("\nnot reached", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_C_drops_the_line_and_runs_nothing()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.TypeAsync("'dropped' + 1");
        await tmux.PressAsync("C-c");
        await tmux.SayAsync("'kept' + 2");
        string screen = await tmux.SeesAsync("kept2");
        Assert.DoesNotContain("dropped1", screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM", 143, "")]
    [InlineData("HUP", 129, "")]
    [InlineData("TERM", 143, "'go' + 1; while ($true) { }")]
    [InlineData("TERM", 143, "'go' + 1; Read-Host -AsSecureString")]
    public async Task A_signal_ends_it_with_the_terminal_as_it_was(string signal, int code, string running)
    {
        const string Around = "HOME=$PWD XDG_DATA_HOME=$PWD/data; export HOME XDG_DATA_HOME; stty -a >before; \"$@\" & echo $! >pid; fg; echo code $?; stty -a | cmp - before && echo same; cat";
        await using Tmux tmux = await Tmux.StartAsync(["sh", "-mc", Around, "sh", .. Bastions.Command()]);
        await tmux.ReadyAsync();
        if (running.Length > 0)
        {
            await tmux.SayAsync(running);
            await tmux.SeesLineAsync("go1");
        }

        string pid = (await File.ReadAllTextAsync(Path.Combine(tmux.Folder, "pid"))).Trim();
        using (var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", pid])) await kill.WaitForExitAsync();
        await tmux.SeesLineAsync(string.Create(CultureInfo.InvariantCulture, $"code {code}"));
        await tmux.SeesLineAsync("same");
    }

    [Fact]
    public async Task It_ends_when_its_terminal_is_gone()
    {
        int process;
        await using (Tmux tmux = await Bastions.AtPromptAsync()) process = await tmux.ProcessIdAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Directory.Exists($"/proc/{process}")) await Task.Delay(20, limit.Token);
    }
}
