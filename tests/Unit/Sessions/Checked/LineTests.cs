using Bastion.Sessions.Checked;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions.Checked;

/// <summary>The operator's line: editing, history, paste, completion.</summary>
public sealed class LineTests
{
    [Fact]
    public async Task Completion_finds_programs_and_paths_and_quotes_them()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        Directory.CreateDirectory(world.Path("it's a folder"));
        await File.WriteAllTextAsync(world.Path("it's a folder/$(touch never)"), "inside", CancellationToken.None);
        await world.EnterAsync("cd $HOME");
        world.Terminal.Press("hostna\t");
        await world.LineAsync("hostname");
        world.Terminal.Press("\x15" + "cat it\t");
        await world.LineAsync("cat it\\'s\\ a\\ folder/");
        world.Terminal.Press("\t");
        await world.LineAsync("cat it\\'s\\ a\\ folder/\\$\\(touch\\ never\\) ");
        Assert.Equal("inside", await world.OutputAsync(""));
        world.Terminal.Press("cat ~/it\t\t");
        await world.LineAsync("cat ~/it\\'s\\ a\\ folder/\\$\\(touch\\ never\\) ");
        Assert.Equal("inside", await world.OutputAsync(""));
        Assert.False(File.Exists(world.Path("never")));
    }

    [Theory]
    [InlineData("x';touch never;'")]
    [InlineData("$(touch never)")]
    [InlineData("`touch never`")]
    [InlineData("\";touch never;\"")]
    [InlineData("x\n touch never\n")]
    [InlineData("../$(touch never)")]
    public async Task What_is_typed_is_not_run_by_completion(string typed)
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        await world.EnterAsync("cd $HOME");
        int asked = world.Asked.Count;
        world.Terminal.Press($"\e[200~ls {typed}\e[201~\t\t\x03");
        await world.PromptAsync();
        Assert.False(File.Exists(world.Path("never")));
        Assert.Equal(asked, world.Asked.Count);
    }

    [Fact]
    public async Task Names_of_files_are_shown_only_to_whom_ls_would_show_them()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        world.Allows = text => text != "ls";
        await File.WriteAllTextAsync(world.Path("secret-name"), "", CancellationToken.None);
        await world.EnterAsync("cd $HOME");
        world.Terminal.Press("cat secr\t");
        await world.Terminal.SeeAsync("\a", 0);
        Assert.DoesNotContain("secret-name", world.Terminal.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ls", "ls", true)]
    [InlineData("ls | gr", "gr", true)]
    [InlineData("sudo ls", "ls", true)]
    [InlineData("A=1 ls", "ls", true)]
    [InlineData("ls a", "a", false)]
    [InlineData("ls 'a b", "a b", false)]
    [InlineData("ls a\\ b", "a b", false)]
    [InlineData("ls; /bin/l", "/bin/l", false)]
    [InlineData("echo a > x", "x", false)]
    [InlineData("if true; then l", "l", true)]
    public void The_word_before_the_cursor_is_found(string text, string value, bool program)
    {
        CompletedWord? word = CompletedWord.Find(text, text.Length);
        Assert.Equal((value, program), (word?.Value, word?.IsProgram));
    }

    [Fact]
    public async Task Pasted_lines_wait_for_Enter_and_are_decided_one_by_one()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        world.Allows = text => !text.Contains("touch", StringComparison.Ordinal);
        world.Terminal.Press($"\e[200~echo o''ne\nfor x in 1 2; do\n echo loop $x\ndone\ntouch {world.Path("never")}\necho be''hind\e[201~");
        await world.LineAsync("echo o''ne");
        Assert.Empty(world.Asked);
        string shown = await world.EnterAsync("");
        while (!shown.Contains("not run.", StringComparison.Ordinal)) shown += await world.PromptAsync();
        Assert.Contains("one\r\n", shown, StringComparison.Ordinal);
        Assert.Contains("loop 1\r\nloop 2\r\n", shown, StringComparison.Ordinal);
        Assert.Contains("1 more command that was entered with it was not run.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("behind", shown, StringComparison.Ordinal);
        Assert.Equal(["echo o''ne", "for x in 1 2; do\n echo loop $x\ndone", $"touch {world.Path("never")}"], world.Asked);
        Assert.False(File.Exists(world.Path("never")));
    }

    [Fact]
    public async Task Commands_of_before_come_back_and_are_decided_again()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync(history: ["echo first", "echo second", "mysql -p secret-password"]);
        Assert.Equal("second\n", await world.OutputAsync("\e[A"));
        Assert.Equal("first\n", await world.OutputAsync("\x12" + "irs"));
        Assert.Equal("first2\n", await world.OutputAsync("\e[A2"));
        Assert.Equal(["echo second", "echo first", "echo first2"], world.Asked);
    }

    [Fact]
    public async Task Control_C_clears_the_line_and_constructs_go_on_in_the_next()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        await world.EnterAsync("echo never\x03");
        Assert.Empty(world.Asked);
        world.Terminal.Press("if true\rthen\recho ye''s\rfi\r");
        Assert.Contains("yes\r\n", await world.PromptAsync(), StringComparison.Ordinal);
        world.Terminal.Press("cat <<'EOF'\r$(echo) 'x\rEOF\r");
        Assert.Contains("$(echo) 'x\r\n", await world.PromptAsync(), StringComparison.Ordinal);
        Assert.Equal(["if true\nthen\necho ye''s\nfi", "cat <<'EOF'\n$(echo) 'x\nEOF"], world.Asked);
    }

    [Fact]
    public async Task A_new_size_reaches_the_commands_and_the_recording()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        Assert.Equal("24 80\n", await world.OutputAsync("stty size"));
        int shown = world.Terminal.Shown.Length;
        world.Terminal.Resize(100, 30);
        await world.Terminal.SeeAsync("\e[?25h", shown);
        Assert.Contains("30 100\r\n", await world.EnterAsync("stty size"), StringComparison.Ordinal);
        Assert.Equal([(100, 30)], world.Recorder.Sizes);
    }

    [Fact]
    public async Task A_script_types_line_by_line()
    {
        var terminal = new TestTerminal { IsInteractive = false };
        await using CheckedWorld world = await CheckedWorld.StartAsync(terminal: terminal);
        terminal.Press("cd /usr\rfor i in 1 2; do\recho $i\rdone\rcat\rpwd\r\x04");
        ShellResult result = await world.Running;
        Assert.Equal(SessionEnd.OperatorDisconnect, result.End);
        Assert.Equal(["cd /usr", "for i in 1 2; do\necho $i\ndone", "cat", "pwd"], world.Asked);
        Assert.Contains("1\r\n2\r\n", terminal.Shown, StringComparison.Ordinal);
        Assert.Contains(":/usr# pwd\r\n/usr\r\n", terminal.Shown, StringComparison.Ordinal);
    }
}
