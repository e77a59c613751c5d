using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions.Checked;

/// <summary>What an asset and its programs try, and what none of it brings about.</summary>
public sealed class HostileAssetTests
{
    [Fact]
    public async Task Keys_that_a_command_left_unread_are_never_commands()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        world.Terminal.Press($"echo be''gun; while [ ! -e {world.Path("go")} ]; do sleep 0.05; done\r");
        await world.Terminal.SeeAsync("begun");
        world.Terminal.Press($"touch {world.Path("never")}\r");
        // Its echo: the keys have arrived.
        await world.Terminal.SeeAsync($"touch {world.Path("never")}");
        await File.WriteAllTextAsync(world.Path("go"), "", CancellationToken.None);
        await world.PromptAsync();
        Assert.Equal("done\n", await world.OutputAsync("sleep 0.2; echo done"));
        Assert.Equal($"touch {world.Path("never")}\n", await world.OutputAsync("read -r line; echo $line"));
        Assert.False(File.Exists(world.Path("never")));
        Assert.Equal(3, world.Asked.Count);
    }

    [Fact]
    public async Task Marks_that_a_program_prints_end_nothing()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        string mark = $"\\033]697;{new string('a', 32)}\\007";
        world.Terminal.Press($"printf '{mark}0 / fake\\n[0] root@web-1:~# \\n'; printf '{mark}' >/dev/pts/0 2>/dev/null; read -r line; echo \"read $line\"\r");
        await world.Terminal.SeeAsync("fake");
        long asked = world.Asked.Count;
        world.Terminal.Press($"touch {world.Path("never")}\r");
        await world.Terminal.SeeAsync($"read touch {world.Path("never")}");
        await world.PromptAsync();
        Assert.Equal(asked, world.Asked.Count);
        Assert.False(File.Exists(world.Path("never")));
    }

    [Fact]
    public async Task Nothing_that_is_written_to_the_shells_own_descriptors_is_a_command()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        string never = world.Path("never");
        foreach (string descriptor in (string[])["0", "1", "2", "10", "11", "255"])
        {
            await world.EnterAsync($"printf '\\ntouch {never}\\n' >/proc/$$/fd/{descriptor}");
            await world.EnterAsync($"printf '\\ntouch {never}\\n' >&{descriptor}");
        }

        await world.EnterAsync($"for f in /proc/$$/fd/*; do printf '\\ntouch {never}\\n' >\"$f\"; done");
        await world.EnterAsync("echo touch >/dev/null; exec </dev/tty; exec </dev/null");
        Assert.Equal("still\n", await world.OutputAsync("echo still"));
        Assert.False(File.Exists(never));
    }

    [Fact]
    public async Task Text_that_a_program_has_the_terminal_answer_is_not_typed()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        await world.EnterAsync("printf '\\033[6n\\033[c\\033[21t'");
        // What terminals answer, late; a title that was set before is among it.
        world.Terminal.Press($"\e[5;1R\e[?62;22c\e]ltouch {world.Path("never")}\r\e\\\eP1$r touch {world.Path("never")}\r\e\\");
        Assert.Equal("ok\n", await world.OutputAsync("echo ok"));
        Assert.Equal(2, world.Asked.Count);
        Assert.False(File.Exists(world.Path("never")));
    }

    [Fact]
    public async Task Output_after_the_prompt_stands_above_the_line_as_plain_text()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        await world.EnterAsync($"(while [ ! -e {world.Path("go")} ]; do sleep 0.05; done; printf 'late \\033[2A\\033[31mnews\\033]0;title\\007\\n') & true");
        world.Terminal.Press("echo typ");
        await world.Terminal.SeeAsync("echo typ");
        await File.WriteAllTextAsync(world.Path("go"), "", CancellationToken.None);
        string shown = await world.Terminal.SeeAsync("late news");
        Assert.DoesNotContain("\e[2A", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\e]0;title", shown, StringComparison.Ordinal);
        await world.Terminal.SeeAsync("echo typ", shown.IndexOf("late news", StringComparison.Ordinal));
        await world.PromptAsync();
        Assert.Contains("typed\r\n", await world.EnterAsync("ed"), StringComparison.Ordinal);
        Assert.Contains("late \e[2A", world.Recorded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_and_bytes_of_all_kinds_end_where_the_command_ends()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        await world.EnterAsync("head -c 3000000 /dev/urandom | tr -d '\\016\\017\\033\\233'; printf '\\033]697;\\0\\0'; printf '\\033'");
        await world.EnterAsync("yes | head -c 20000000");
        Assert.Equal("whole\n", await world.OutputAsync("echo whole"));
        Assert.DoesNotMatch("\e]697;[0-9a-f]{32}\a", world.Recorded);
    }

    [Fact]
    public async Task A_program_that_leaves_the_terminal_odd_is_cleaned_up_after()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        string shown = await world.EnterAsync("printf '\\033[?1049h\\033[?1000h\\033[?25l'; stty raw -echo");
        Assert.Contains("\e[?1000l", shown, StringComparison.Ordinal);
        Assert.Contains("\e[?1047l", shown, StringComparison.Ordinal);
        await world.EnterAsync("stty sane; echo a | cat");
    }

    [Fact]
    public async Task Control_C_ends_a_command_and_a_loop_and_the_rest_of_what_was_entered()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        foreach (string line in (string[])["sleep 100", "while true; do :; done", "while true; do sleep 1; done", "yes | cat >/dev/null"])
        {
            int from = world.Terminal.Shown.Length;
            world.Terminal.Press($"echo begin; {line}; touch {world.Path("never")}\r");
            await world.Terminal.SeeAsync("begin\r\n", from);
            world.Terminal.Press("\x03");
            Assert.Contains("[130]", await world.PromptAsync(), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(world.Path("never")));
    }

    [Fact]
    public async Task The_end_of_the_shell_is_the_end_of_the_session()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        world.Terminal.Press("kill -KILL $$\r");
        ShellResult result = await world.Running;
        Assert.Equal((SessionEnd.RemoteExit, "KILL"), (result.End, result.ExitSignal));
        await using CheckedWorld other = await CheckedWorld.StartAsync();
        other.Terminal.Press("exec sh -c 'exit 9'\r");
        Assert.Equal(9, (await other.Running).ExitCode);
    }

    [Theory]
    [InlineData("iuclc", "TOUCH NEVER")]
    [InlineData("istrip", "echo '\u00a7; touch never #'")]
    public async Task A_terminal_that_was_told_to_hand_on_other_letters_changes_no_command(string settings, string text)
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        await world.EnterAsync("cd $HOME");
        await world.EnterAsync($"for f in /proc/$$/fd/*; do t=$(readlink $f); case $t in /dev/pts/*) [ $t = $(tty) ] || stty {settings} <$t ;; esac; done");
        string shown = await world.OutputAsync(text);
        Assert.Contains(settings == "iuclc" ? "TOUCH: command not found" : "\u00a7; touch never #", shown, StringComparison.Ordinal);
        Assert.False(File.Exists(world.Path("never")));
    }
}
