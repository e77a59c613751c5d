namespace Bastion.Unit.Console;

/// <summary>Programs that take the terminal over, started from the prompt of a real terminal.</summary>
public sealed class ChildTests
{
    [Fact]
    public async Task An_editor_has_the_terminal_and_gives_it_back()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("vim -u NONE -N new.txt");
        await tmux.SeesAsync("~\n~\n~");
        await tmux.TypeAsync("ihello");
        await tmux.PressAsync("Left", "Left", "Left", "Left", "Left");
        await tmux.TypeAsync("oh ");
        await tmux.PressAsync("Escape");
        await tmux.EnterAsync(":wq");
        await tmux.ReadyAsync();
        Assert.Equal("oh hello\n", await File.ReadAllTextAsync(Path.Combine(tmux.Folder, "new.txt")));
        await tmux.TypeAsync("'ba'");
        await tmux.PressAsync("Left");
        await tmux.TypeAsync("ck");
        await tmux.PressAsync("Enter");
        await tmux.SeesLineAsync("back");
    }

    [Fact]
    public async Task A_program_sees_the_terminal_as_it_was_found()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("stty -a | Select-String -Pattern '\\bicanon\\b' -Quiet");
        await tmux.SeesLineAsync("True");
    }

    /// <summary>What an interactive session does: raw mode, bytes of descriptor 0, here in the same process.</summary>
    [Fact]
    public async Task Bytes_of_a_raw_session_in_the_same_process_arrive_untouched()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await File.WriteAllTextAsync(Path.Combine(tmux.Folder, "raw.ps1"), """
            Add-Type -Namespace Libc -Name Terminal -MemberDefinition @'
                [DllImport("libc")] public static extern int tcgetattr(int descriptor, byte[] settings);
                [DllImport("libc")] public static extern int tcsetattr(int descriptor, int when, byte[] settings);
                [DllImport("libc")] public static extern void cfmakeraw(byte[] settings);
            '@
            $before = [byte[]]::new(256)
            $null = [Libc.Terminal]::tcgetattr(0, $before)
            $raw = $before.Clone()
            [Libc.Terminal]::cfmakeraw($raw)
            $null = [Libc.Terminal]::tcsetattr(0, 0, $raw)
            $in = [IO.FileStream]::new([Microsoft.Win32.SafeHandles.SafeFileHandle]::new(0, $false), 'Read', 1)
            [Console]::Out.Write("ready`r`n")
            $bytes = foreach ($i in 1..5) { $in.ReadByte() }
            $null = [Libc.Terminal]::tcsetattr(0, 0, $before)
            "got $bytes"
            """);
        await tmux.SayAsync("./raw.ps1");
        await tmux.SeesLineAsync("ready");
        await tmux.PressAsync("C-c", "C-d", "C-z", "Escape");
        await tmux.TypeAsync("q");
        await tmux.SeesLineAsync("got 3 4 26 27 113");
        await tmux.ReadyAsync();
        await tmux.TypeAsync("'ba'");
        await tmux.PressAsync("Left");
        await tmux.TypeAsync("ck");
        await tmux.PressAsync("Enter");
        await tmux.SeesLineAsync("back");
    }
}
