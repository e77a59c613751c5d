using System.Net;
using Bastion.Policies;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies;

public class ApprovalRuleTests
{
    private static readonly ApprovalTerms Bob = new() { Approvers = ["bob"] };

    private static AccessAttempt Attempt(string? command, ProtocolChannel channel = ProtocolChannel.SshExec) => new("root", channel, IPAddress.Loopback, DateTimeOffset.UnixEpoch, command);

    // As one policy that sets both sections decides.
    private static string Decide(string[]? allow, string[]? deny, string[] approve, string command, bool allowOpaque = false)
    {
        PolicyRule[] rules = [.. allow is null && deny is null ? [] : new PolicyRule[] { CommandControl.Parse(allow, deny, allowOpaque) }, CommandApproval.Parse(approve, Bob)];
        SectionOutcome[] outcomes = [.. rules.Select(rule => rule.Decide(Attempt(command), rules).Outcome)];
        return outcomes.Contains(SectionOutcome.Denied) ? "reject" : outcomes.Contains(SectionOutcome.NeedsApproval) ? "approve" : "allow";
    }

    [Theory]
    [InlineData("ls", "allow")]
    [InlineData("rm x", "approve")]
    [InlineData("ls; sudo rm x", "approve")]
    [InlineData("reboot", "reject")]
    [InlineData("rm x && reboot", "reject")] // reject goes before approval
    [InlineData("mkfs /dev/sda", "reject")] // on both lists
    [InlineData("eval $x", "reject")] // could hide what is denied
    public void With_a_deny_list_what_is_listed_is_rejected_else_what_is_to_be_approved_is_asked_about(string command, string expected) =>
        Assert.Equal(expected, Decide(null, ["reboot", "mkfs"], ["rm", "mkfs"], command));

    [Theory]
    [InlineData("ls", "allow")]
    [InlineData("df -h", "allow")] // on both lists: allow goes before approval
    [InlineData("rm x", "approve")]
    [InlineData("ls && rm x", "approve")]
    [InlineData("touch x", "reject")]
    [InlineData("rm x; touch x", "reject")]
    [InlineData("rm \"$x\"", "approve")] // rm, whatever of
    [InlineData("/tmp/rm x", "reject")] // another program of that name
    [InlineData("sh x.sh", "reject")]
    public void With_an_allow_list_what_is_listed_is_allowed_else_what_is_to_be_approved_is_asked_about_else_rejected(string command, string expected) =>
        Assert.Equal(expected, Decide(["ls", "df"], null, ["rm", "df"], command));

    [Theory]
    [InlineData("ls", "allow")]
    [InlineData("rm x", "approve")]
    [InlineData("rm x; ls", "approve")]
    [InlineData("r\\m x", "approve")]
    [InlineData("sh x.sh", "approve")] // could hide it
    [InlineData("kill $x", "approve")] // could be kill -9
    [InlineData("kill 1", "allow")]
    public void Alone_it_asks_about_what_is_listed_or_could_be(string command, string expected) => Assert.Equal(expected, Decide(null, null, ["rm", "kill -9*"], command));

    [Fact]
    public void Opaque_commands_that_the_same_policy_allows_need_no_approval() => Assert.Equal("allow", Decide(null, ["reboot"], ["rm"], "sh x.sh", allowOpaque: true));

    [Fact]
    public void An_empty_list_asks_about_nothing_and_one_that_is_not_asks_in_a_shell_command_by_command()
    {
        Assert.Equal(SectionOutcome.Allowed, CommandApproval.Parse([], null).Decide(Attempt(null, ProtocolChannel.SshShell)).Outcome);
        CommandApproval rule = CommandApproval.Parse(["rm"], Bob);
        Assert.Equal(SectionOutcome.Allowed, rule.Decide(Attempt(null, ProtocolChannel.SshShell)).Outcome);
        Assert.Equal(SectionOutcome.NeedsApproval, rule.Decide(Attempt("rm x", ProtocolChannel.SshShell)).Outcome);
        Assert.Equal(SectionOutcome.Denied, rule.Decide(Attempt(null)).Outcome);
        Assert.Equal(SectionOutcome.Allowed, rule.Decide(Attempt(null, ProtocolChannel.SftpChannel)).Outcome);
    }

    [Fact]
    public void Rules_are_read_back_as_they_were_written()
    {
        PolicyRules rules = PolicyRules.None
            .With(CommandApproval.Parse(["rm", "/^kill/"], new ApprovalTerms { ApproverGroups = ["ops"], Needed = 2, Timeout = TimeSpan.FromMinutes(5) }))
            .With(SessionApproval.By(new ApprovalTerms { Approvers = ["bob", "BOB", "kim"], RequireReason = true, BreakGlass = ["ana"], Lifetime = TimeSpan.FromHours(2) }));
        string written = rules.Write();
        Assert.Equal("""{"SessionApproval":{"required":true,"approvers":["bob","kim"],"approverGroups":[],"needed":1,"timeoutMinutes":30,"lifetimeMinutes":120,"reason":true,"breakGlass":["ana"]},"CommandApproval":{"commands":["rm","/^kill/"],"approvers":[],"approverGroups":["ops"],"needed":2,"timeoutMinutes":5,"lifetimeMinutes":60}}""", written);
        PolicyRules read = PolicyRules.Read(written);
        Assert.Null(read.Fault);
        Assert.Equal(written, read.Write());
        Assert.Equal("sessions approved by bob or kim; the commands rm, /^kill/ approved by 2 of ops (group)", read.ToString());
        const string Off = """{"SessionApproval":{"required":false},"CommandApproval":{"commands":[]}}""";
        Assert.Equal(Off, PolicyRules.Read(Off).Write());
    }

    [Theory]
    [InlineData("""{"SessionApproval":{}}""")]
    [InlineData("""{"SessionApproval":{"required":false,"needed":1}}""")]
    [InlineData("""{"SessionApproval":{"required":true}}""")]
    [InlineData("""{"SessionApproval":{"required":true,"approvers":[],"approverGroups":[],"needed":1,"timeoutMinutes":30,"lifetimeMinutes":60,"reason":false,"breakGlass":[]}}""")]
    [InlineData("""{"SessionApproval":{"required":true,"approvers":["bob"],"approverGroups":[],"needed":0,"timeoutMinutes":30,"lifetimeMinutes":60,"reason":false,"breakGlass":[]}}""")]
    [InlineData("""{"SessionApproval":{"required":true,"approvers":["bob"],"approverGroups":[],"needed":2,"timeoutMinutes":30,"lifetimeMinutes":60,"reason":false,"breakGlass":[]}}""")]
    [InlineData("""{"SessionApproval":{"required":true,"approvers":["bob"],"approverGroups":[],"needed":1,"timeoutMinutes":0.5,"lifetimeMinutes":60,"reason":false,"breakGlass":[]}}""")]
    [InlineData("""{"SessionApproval":{"required":true,"approvers":["bob"],"approverGroups":[],"needed":1,"timeoutMinutes":30,"lifetimeMinutes":99999999,"reason":false,"breakGlass":[]}}""")]
    [InlineData("""{"CommandApproval":{"commands":["rm"]}}""")]
    [InlineData("""{"CommandApproval":{"commands":[],"needed":1}}""")]
    [InlineData("""{"CommandApproval":{"commands":["/(/"],"approvers":["bob"],"approverGroups":[],"needed":1,"timeoutMinutes":30,"lifetimeMinutes":60}}""")]
    [InlineData("""{"CommandApproval":{"commands":["rm"],"approvers":["bob"],"approverGroups":[],"needed":1,"timeoutMinutes":30,"lifetimeMinutes":60,"breakGlass":[]}}""")]
    public void Rules_in_doubt_have_a_fault_and_no_sections(string stored)
    {
        PolicyRules rules = PolicyRules.Read(stored);
        Assert.NotNull(rules.Fault);
        Assert.Empty(rules.Sections);
    }
}
