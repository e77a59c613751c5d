using System.Net;
using Bastion.Policies;
using Bastion.Policies.Commands;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies.Commands;

public sealed class CommandControlTests
{
    private static Verdict Decide(CommandControl rule, string? command, ProtocolChannel channel = ProtocolChannel.SshExec) =>
        rule.Decide(new AccessAttempt("root", channel, IPAddress.Loopback, DateTimeOffset.UnixEpoch, command));

    private static bool Allows(CommandControl rule, string command) => Decide(rule, command).Outcome == SectionOutcome.Allowed;

    [Theory]
    [InlineData("rm", "ls -l", true)]
    [InlineData("rm", "rm x", false)]
    [InlineData("rm", "/bin/rm x", false)]
    [InlineData("rm", "/tmp/rm x", false)]
    [InlineData("/usr/bin/rm", "rm x", false)]
    [InlineData("rm", "echo rm; echo 'rm x'", true)]
    [InlineData("rm", "ls && { x=$(sudo rm y); }", false)]
    [InlineData("rm", "rmdir x", true)]
    [InlineData("rm", "rm $x", false)]
    [InlineData("systemctl stop *", "systemctl stop nginx", false)]
    [InlineData("systemctl stop *", "systemctl   'stop'  nginx", false)]
    [InlineData("systemctl stop *", "systemctl status nginx", true)]
    [InlineData("systemctl stop *", "systemctl $x nginx", false)]
    [InlineData("service nginx stop*", "service apache $x", true)]
    [InlineData("service nginx stop*", "service nginx $x", false)]
    [InlineData("systemctl stop *", "echo $x", true)]
    [InlineData("mk*", "mkfs.ext4 /dev/sda", false)]
    [InlineData("/^kill .*-9/", "sudo kill -9 1", false)]
    [InlineData("/^kill .*-9/", "kill -TERM 1", true)]
    [InlineData("/^rm.*-rf/", "rm 'a\nb' -rf", false)]
    [InlineData("rm", "eval ls", false)]
    public void A_deny_list_denies_what_it_names_wherever_it_stands(string pattern, string command, bool allowed) =>
        Assert.Equal(allowed, Allows(CommandControl.Parse(null, [pattern], allowOpaque: false), command));

    [Theory]
    [InlineData("ls", "ls -l /tmp", true)]
    [InlineData("ls", "/bin/ls", true)]
    [InlineData("ls", "/tmp/ls", false)]
    [InlineData("/bin/ls", "/usr/local/bin/ls", false)]
    [InlineData("ls", "ls $x", true)]
    [InlineData("ls", "ls; id", false)]
    [InlineData("ls", "ls $(id)", false)]
    [InlineData("ls", "sudo ls", false)]
    [InlineData("systemctl status *", "systemctl status nginx", true)]
    [InlineData("service nginx *", "service nginx $x", true)]
    [InlineData("systemctl status nginx", "systemctl status $x", false)]
    [InlineData("systemctl status nginx", "systemctl 'status nginx'", false)]
    [InlineData("/ls/", "rm ls", false)]
    [InlineData("/ls( -l)?/", "ls -l", true)]
    [InlineData("/ls|id/", "id x", false)]
    public void An_allow_list_allows_only_what_it_surely_means(string pattern, string command, bool allowed) =>
        Assert.Equal(allowed, Allows(CommandControl.Parse([pattern], null, allowOpaque: false), command));

    [Fact]
    public void Denied_goes_before_allowed()
    {
        var rule = CommandControl.Parse(["systemctl *"], ["systemctl stop *"], allowOpaque: false);
        Assert.True(Allows(rule, "systemctl start x"));
        Assert.False(Allows(rule, "systemctl stop x"));
    }

    [Fact]
    public void Opaque_text_runs_only_where_that_is_allowed_and_never_what_is_seen_to_be_denied()
    {
        var rule = CommandControl.Parse(null, ["rm"], allowOpaque: true);
        Assert.True(Allows(rule, "eval ls"));
        Assert.False(Allows(rule, "eval ls; rm x"));
    }

    [Fact]
    public void Everyday_lines_are_not_denied_by_a_list_that_does_not_name_them()
    {
        var rule = CommandControl.Parse(null, ["mkfs*", "init", "systemctl isolate *", "halt", "poweroff"], allowOpaque: false);
        Assert.Empty(EverydayLines.All.Select(line => (line, Decide(rule, line))).Where(p => p.Item2.Outcome != SectionOutcome.Allowed).Select(p => $"{p.line} → {p.Item2.Why}"));
    }

    [Fact]
    public void A_shell_is_checked_where_commands_are_restricted_and_other_channels_are_not_its_business()
    {
        var rule = CommandControl.Parse(null, ["rm"], allowOpaque: true);
        Verdict shell = Decide(rule, null, ProtocolChannel.SshShell);
        Assert.Equal(SectionOutcome.Allowed, shell.Outcome);
        Assert.Contains("every command is decided", shell.Why, StringComparison.Ordinal);
        Assert.Equal(SectionOutcome.Denied, Decide(rule, "rm x", ProtocolChannel.SshShell).Outcome);
        Assert.Equal(SectionOutcome.Allowed, Decide(rule, "ls", ProtocolChannel.SshShell).Outcome);
        Assert.Equal(SectionOutcome.Denied, Decide(rule, null).Outcome);
        Assert.Equal(SectionOutcome.Allowed, Decide(rule, null, ProtocolChannel.SftpChannel).Outcome);
        Assert.Equal(SectionOutcome.Allowed, Decide(CommandControl.Parse(null, [], allowOpaque: false), null, ProtocolChannel.SshShell).Outcome);
    }

    [Fact]
    public void A_value_from_an_earlier_command_makes_arithmetic_opaque()
    {
        var rule = CommandControl.Parse(null, ["rm"], allowOpaque: false);
        AccessAttempt Attempt(bool valuesUnknown) => new("root", ProtocolChannel.SshShell, IPAddress.Loopback, DateTimeOffset.UnixEpoch, "echo $((x + 1))", valuesUnknown);
        Assert.Equal(SectionOutcome.Allowed, rule.Decide(Attempt(valuesUnknown: false)).Outcome);
        Assert.Equal(SectionOutcome.Denied, rule.Decide(Attempt(valuesUnknown: true)).Outcome);
        Assert.True(CommandText.Parse("x='a[$(rm y)]'").LeavesUnknown);
        Assert.False(CommandText.Parse("x=1; ls").LeavesUnknown);
    }

    [Fact]
    public void A_no_says_which_command_and_which_pattern() => Assert.Equal("the command 'rm -f x' is on the deny-list (rm).", Decide(CommandControl.Parse(null, ["rm"], false), "ls | xargs; rm -f x").Why);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("/")]
    [InlineData("/(/")]
    [InlineData("/(?=a)b/")]
    [InlineData("/(a)\\1/")]
    [InlineData("a\nb")]
    public void A_pattern_that_can_not_be_read_is_refused(string pattern) =>
        Assert.Equal("InvalidCommandPattern", Assert.Throws<InvalidCommandPatternException>(() => CommandPattern.Parse(pattern)).Id);

    [Fact]
    public void Rules_are_read_back_as_they_were_written()
    {
        string written = PolicyRules.None.With(CommandControl.Parse(["ls", "a *"], ["/b/"], allowOpaque: true)).Write();
        Assert.Equal("""{"CommandControl":{"allow":["ls","a *"],"deny":["/b/"],"allowOpaque":true}}""", written);
        Assert.Equal(written, PolicyRules.Read(written).Write());
        Assert.NotNull(PolicyRules.Read("""{"CommandControl":{"deny":[]}}""").Fault);
        Assert.NotNull(PolicyRules.Read("""{"CommandControl":{"deny":["/(/"],"allowOpaque":false}}""").Fault);
    }
}
