using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions.Checked;

public sealed class CheckedShellTests
{
    [Fact]
    public async Task A_command_runs_and_its_exit_code_is_in_the_next_prompt()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        Assert.Equal("hello\n", await world.OutputAsync("echo hello"));
        string prompt = await world.EnterAsync("(exit 3)");
        Assert.Contains("[3] root@web-1:", prompt, StringComparison.Ordinal);
        Assert.Equal("3\n", await world.OutputAsync("echo $?"));
        Assert.Equal([("echo hello", 0), ("(exit 3)", 3), ("echo $?", 0)], world.Ran);
    }

    [Fact]
    public async Task Folder_variables_and_functions_last()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        Assert.Contains("web-1:/usr/share", await world.EnterAsync("cd /usr/share; x='a  b'"), StringComparison.Ordinal);
        Assert.Equal("a  b /usr/share\n", await world.OutputAsync("echo \"$x\" \"$PWD\""));
        await world.EnterAsync("f() { echo \"f $1\"; }");
        Assert.Equal("f 1\n", await world.OutputAsync("f 1"));
    }

    [Fact]
    public async Task A_denied_command_is_explained_and_nothing_of_it_is_sent()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync();
        world.Allows = text => !text.Contains("touch", StringComparison.Ordinal);
        long sent = world.Shell.Sent;
        string shown = await world.OutputAsync($"touch {world.Path("never")}");
        Assert.Equal("[bastion] Not run. Policy 'test' denies it.\n", shown);
        Assert.Equal(sent, world.Shell.Sent);
        Assert.False(File.Exists(world.Path("never")));
        Assert.Equal([$"touch {world.Path("never")}"], world.WasDenied);
        Assert.Empty(world.Ran);
    }

    [Fact]
    public async Task The_shell_is_bash_without_start_up_files_history_and_the_users_PATH()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync(prepare: w =>
        {
            File.WriteAllText(w.Path(".bash_profile"), "touch $HOME/ran\nexport PATH=/tmp:$PATH\n");
            File.WriteAllText(w.Path(".profile"), "touch $HOME/ran\n");
        });
        Assert.True(world.Shell.IsBash);
        Assert.Equal("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n", await world.OutputAsync("echo $PATH"));
        Assert.Equal("himBs\n", await world.OutputAsync("echo $-"));
        Assert.Equal("0\n", await world.OutputAsync("history | wc -l"));
        Assert.Equal("a!!b\n", await world.OutputAsync("echo a!!b"));
        Assert.False(File.Exists(world.Path("ran")));
    }

    [Fact]
    public async Task Exit_and_Control_D_leave()
    {
        await using (CheckedWorld world = await CheckedWorld.StartAsync())
        {
            world.Terminal.Press("exit 7\r");
            Assert.Equal(7, (await world.Running).ExitCode);
        }

        await using CheckedWorld other = await CheckedWorld.StartAsync();
        await other.EnterAsync("false");
        other.Terminal.Press("\x04");
        ShellResult result = await other.Running;
        Assert.Equal((SessionEnd.RemoteExit, 1), (result.End, result.ExitCode));
        Assert.False(other.Terminal.IsRaw);
    }
}
