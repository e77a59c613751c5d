using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions.Checked;

/// <summary>Accounts whose log-on shell is another one, and assets that have no bash.</summary>
public sealed class LogOnShellTests
{
    [Theory]
    [InlineData("/usr/bin/fish")]
    [InlineData("/bin/tcsh")]
    [InlineData("/bin/dash")]
    public async Task Whatever_the_log_on_shell_is_commands_are_run_by_bash(string shell)
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync(logOnShell: shell);
        Assert.True(world.Shell.IsBash);
        Assert.False(world.Shell.IsRoot);
        Assert.Equal("a$b 'c\\d' !x\n", await world.OutputAsync("[[ ab == a* ]] && echo 'a$b' \"'c\\d'\" '!x'"));
        Assert.Contains("[4] ", await world.EnterAsync("(exit 4)"), StringComparison.Ordinal);
        Assert.Equal("4\n", await world.OutputAsync("echo $?"));
    }

    [Fact]
    public async Task Without_bash_the_hosts_sh_runs_them()
    {
        await using CheckedWorld world = await CheckedWorld.StartAsync(logOnShell: "/bin/sh", hasBash: false);
        Assert.False(world.Shell.IsBash);
        await world.EnterAsync("cd /usr; x='a b'");
        Assert.Equal("a b /usr\n", await world.OutputAsync("echo \"$x\" \"$PWD\""));
        Assert.Contains("[3] ", await world.EnterAsync("(exit 3)"), StringComparison.Ordinal);
        Assert.Equal("3\n", await world.OutputAsync("echo $?"));
        Assert.Contains("has no bash", await world.OutputAsync("[[ ab == a* ]]"), StringComparison.Ordinal);
        foreach (string line in (string[])["sleep 100", "while true; do :; done"])
        {
            int from = world.Terminal.Shown.Length;
            world.Terminal.Press($"echo be''gun; {line}\r");
            await world.Terminal.SeeAsync("begun", from);
            world.Terminal.Press("\x03");
            Assert.Contains("[130]", await world.PromptAsync(), StringComparison.Ordinal);
        }

        await world.EnterAsync("for d in 0 1 2 3 10 11; do echo \"touch $HOME/never\" >/proc/$$/fd/$d; done; exec </dev/tty");
        Assert.Equal("still\n", await world.OutputAsync("echo still"));
        Assert.False(File.Exists(world.Path("never")));
        world.Terminal.Press("exit 6\r");
        Assert.Equal(6, (await world.Running).ExitCode);
    }

    [Theory]
    [InlineData("/usr/sbin/nologin", "not available")]
    [InlineData("/bin/false", "exit code 1")]
    public async Task An_account_that_runs_nothing_is_refused(string shell, string why)
    {
        SshRequestRefusedException refused = await Assert.ThrowsAsync<SshRequestRefusedException>(() => CheckedWorld.StartAsync(logOnShell: shell));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_runs_another_command_instead_is_refused()
    {
        SshRequestRefusedException refused = await Assert.ThrowsAsync<SshRequestRefusedException>(() => CheckedWorld.StartAsync("ForceCommand echo only this"));
        Assert.Contains("only this", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SshRequestRefusedException>(() => CheckedWorld.StartAsync("PermitTTY no"));
    }
}
