using System.Net;
using System.Text.Json;
using Bastion.Assets;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Store;
using Bastion.Unit.Grants;

namespace Bastion.Unit.Policies;

public sealed class DecisionTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public void Dispose() => _world.Dispose();

    private void Add(string name, int priority, params PolicyRule[] rules) => Add(new NewControlPolicy { Name = name, Priority = priority, Rules = rules });

    private void Add(NewControlPolicy policy) => _world.Engine.Policies.Add(TempStore.Admin, policy);

    private PolicyDecision Decide(ProtocolChannel channel = ProtocolChannel.SshShell, string source = "10.0.0.1", string account = "root", string user = "ana", string asset = "web-1") =>
        _world.Engine.Policies.Test(new(user), new(asset), account, channel, IPAddress.Parse(source));

    private void Break(string policy, string column, string value) => _world.Engine.Context.Database.Write(connection =>
        connection.Execute($"UPDATE control_policies SET {column} = $value WHERE name = $name", ("$value", value), ("$name", policy)));

    private static ProtocolControl Open(params ProtocolChannel[] channels) => ProtocolControl.Of(channels);

    [Fact]
    public void Without_policies_everything_is_allowed_and_every_section_says_so()
    {
        PolicyDecision decision = Decide();
        Assert.True(decision.Allowed);
        Assert.Equal("No policy restricts it.", decision.Summary);
        Assert.Equal(RuleSections.Names, decision.Sections.Select(s => s.Section));
        Assert.All(decision.Sections, s => Assert.Equal((SectionOutcome.NotSet, null), (s.Outcome, s.Policy)));
    }

    [Theory]
    [InlineData("Windows", false)]
    [InlineData("windows server 2022", false)]
    [InlineData("Linux", true)]
    public void Commands_for_Windows_cannot_be_read_and_are_denied_where_commands_are_restricted(string system, bool allowed)
    {
        _world.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "host", OwnerAccountId = GrantWorld.Dev, PrivateAddress = "10.0.0.9", OperatingSystem = system });
        _world.AddAccount("host", "root");
        PolicyDecision Run() => _world.Engine.Policies.Test(new("ana"), new("host"), "root", ProtocolChannel.SshExec, IPAddress.Loopback, command: "dir");
        Assert.True(Run().Allowed);
        Add("no rm", 5, CommandControl.Parse(null, ["rm"], allowOpaque: true));
        Assert.Equal(allowed, Run().Allowed);
        Assert.Equal(!allowed, Run().Summary.Contains("commands for Windows can't be read yet", StringComparison.Ordinal));
    }

    [Fact]
    public void For_each_section_the_first_policy_that_sets_it_decides()
    {
        Add("addresses", 1, SourceAddresses.Parse(["10.0.0.0/8"], null));
        Add("shells", 2, Open(ProtocolChannel.SshShell), SourceAddresses.Parse(["192.0.2.0/24"], null));
        Add("files", 3, Open(ProtocolChannel.SftpChannel), TimeWindows.Parse(["Tue 08:00-18:00 UTC"]));
        PolicyDecision decision = Decide();
        Assert.True(decision.Allowed);
        Assert.Equal([("ProtocolControl", "shells", 2), ("TimeWindow", "files", 3), ("SourceAddress", "addresses", 1)], decision.Sections.Where(s => s.Policy is not null).Select(s => (s.Section, s.Policy!, s.Priority!.Value)));
        Assert.Equal("Allowed: ProtocolControl by 'shells', TimeWindow by 'files', SourceAddress by 'addresses'.", decision.Summary);
    }

    [Fact]
    public void Among_equal_priorities_the_newest_policy_decides_whatever_the_clock_did()
    {
        Add("old", 1, Open(ProtocolChannel.SshExec));
        Add("new", 1, Open(ProtocolChannel.SshShell));
        Break("new", "created_at", "0");
        Assert.True(Decide().Allowed);
        Assert.Equal("new", Decide().Sections[0].Policy);
    }

    [Fact]
    public void A_refusal_names_the_policy_and_the_reason()
    {
        Add("no shells for now", 4, Open(ProtocolChannel.SshExec));
        Add("here only", 5, SourceAddresses.Parse(["192.0.2.0/24"], null), TimeWindows.Parse(["Sat 10:00-12:00 Europe/Madrid"]));
        PolicyDecision decision = Decide();
        Assert.False(decision.Allowed);
        Assert.Equal("Policy 'no shells for now' (priority 4) denies it: SshShell is closed; open is SshExec. "
            + "Policy 'here only' (priority 5) denies it: it is Tue 10:00 in Europe/Madrid, outside Sat 10:00-12:00 Europe/Madrid. "
            + "Policy 'here only' (priority 5) denies it: the source address 10.0.0.1 is not on the allow-list (192.0.2.0/24). Ask an administrator of the bastion.", decision.Summary);
    }

    [Theory]
    [InlineData("ana", "web-1", "root", false)]
    [InlineData("bob", "web-1", "root", true)]
    [InlineData("ana", "web-2", "root", true)]
    [InlineData("ana", "web-1", "deploy", true)]
    public void A_policy_decides_only_on_what_it_covers(string user, string asset, string account, bool allowed)
    {
        Add(new NewControlPolicy { Name = "p", Users = [new("ana")], Assets = [new("web-1")], Accounts = ["root"], Rules = [Open()] });
        Assert.Equal(allowed, Decide(user: user, asset: asset, account: account).Allowed);
    }

    [Fact]
    public void A_policy_on_an_account_of_all_assets_covers_those_that_come_later()
    {
        Add(new NewControlPolicy { Name = "no root", Accounts = ["root"], Rules = [Open()] });
        _world.Engine.Assets.Add(TempStore.Admin, new() { Name = "web-9", OwnerAccountId = GrantWorld.Dev, PrivateAddress = "10.0.0.9" });
        _world.AddAccount("web-9", "root");
        _world.AddAccount("web-9", "deploy");
        Assert.False(Decide(asset: "web-9").Allowed);
        Assert.True(Decide(asset: "web-9", account: "deploy").Allowed);
    }

    [Fact]
    public void A_disabled_policy_decides_nothing()
    {
        Add(new NewControlPolicy { Name = "p", Enabled = false, Rules = [Open()] });
        Assert.True(Decide().Allowed);
        _world.Engine.Policies.Change(TempStore.Admin, new PolicyReference("p"), new ControlPolicyChange { Enabled = true });
        Assert.False(Decide().Allowed);
    }

    [Theory]
    [InlineData("rules", "no JSON")]
    [InlineData("rules", """{"CommandControl":{"deny":["rm"]}}""")]
    [InlineData("rules", """{"ProtocolControl":{"allow":["SshShell","Telepathy"]}}""")]
    [InlineData("rules", """{"TimeWindow":{"windows":["Mon-Sun 00:00-24:00 Mars/Olympus"]}}""")]
    [InlineData("accounts", "no JSON")]
    [InlineData("accounts", "\"root\"")]
    [InlineData("accounts", "[1]")]
    public void A_policy_in_doubt_denies_all_in_its_scope_even_behind_others(string column, string value)
    {
        Add("fine", 1, Open(ProtocolChannel.SshShell), TimeWindows.Parse(["Mon-Sun 00:00-24:00 UTC"]));
        Add(new NewControlPolicy { Name = "broken", Priority = 90, Users = [new("ana")] });
        Break("broken", column, value);
        PolicyDecision decision = Decide();
        Assert.False(decision.Allowed);
        Assert.Contains("'broken'", decision.Summary, StringComparison.Ordinal);
        Assert.Contains(decision.Sections, s => s is { Section: "Rules", Outcome: SectionOutcome.Denied, Policy: "broken" });
        Assert.True(Decide(user: "bob").Allowed);
    }

    [Fact]
    public void A_policy_in_doubt_is_listed_and_can_be_disabled_but_its_rules_are_not_guessed()
    {
        Add("broken", 1);
        Break("broken", "rules", "no JSON");
        Assert.StartsWith("(unreadable", _world.Engine.Policies.List(new PolicyFilter()).Single().Rules, StringComparison.Ordinal);
        Assert.Equal("PolicyUnreadable", Assert.Throws<PolicyUnreadableException>(() =>
            _world.Engine.Policies.Change(TempStore.Admin, new PolicyReference("broken"), new ControlPolicyChange { Rules = rules => rules })).Id);
        _world.Engine.Policies.Change(TempStore.Admin, new PolicyReference("broken"), new ControlPolicyChange { Enabled = false });
        Assert.Equal("no JSON", _world.Engine.Context.Database.Read(connection => connection.Scalar<string>("SELECT rules FROM control_policies")));
        Assert.True(Decide().Allowed);
    }

    [Fact]
    public void A_channel_that_does_not_exist_is_denied()
    {
        Assert.False(Decide((ProtocolChannel)0).Allowed);
        Assert.False(Decide((ProtocolChannel)999).Allowed);
    }

    [Fact]
    public void A_decision_is_kept_as_JSON_with_words()
    {
        Add("shells", 2, Open(ProtocolChannel.SshShell));
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Decide()));
        JsonElement first = json.RootElement.GetProperty("Sections")[0];
        Assert.Equal(("SshShell", "10.0.0.1"), (json.RootElement.GetProperty("Channel").GetString(), json.RootElement.GetProperty("SourceAddress").GetString()));
        Assert.Equal(("ProtocolControl", "Allowed", "shells", 2), (first.GetProperty("Section").GetString(), first.GetProperty("Outcome").GetString(), first.GetProperty("Policy").GetString(), first.GetProperty("Priority").GetInt32()));
        Assert.Equal(JsonSerializer.Serialize(Decide()), JsonSerializer.Serialize(JsonSerializer.Deserialize<PolicyDecision>(JsonSerializer.Serialize(Decide()))));
    }

    [Fact]
    public void A_decision_that_asks_for_approval_says_whose_and_is_kept_as_JSON_too()
    {
        Add("asks", 2, SessionApproval.By(new ApprovalTerms { Approvers = ["ana", "bob"], Lifetime = TimeSpan.FromHours(2) }));
        PolicyDecision decision = Decide();
        Assert.Equal((false, true, "Policy 'asks' (priority 2) wants approval: the session needs approval by ana or bob."), (decision.Allowed, decision.NeedsApproval, decision.Summary));
        Assert.Equal("bob", Assert.Single(Assert.Single(decision.Sections, s => s.Demand is not null).Demand!.Eligible).Name);
        string json = JsonSerializer.Serialize(decision);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<PolicyDecision>(json)));
    }

    [Fact]
    public void What_is_denied_needs_no_approval()
    {
        Add("asks", 2, SessionApproval.By(new ApprovalTerms { Approvers = ["bob"] }));
        Add("elsewhere", 3, SourceAddresses.Parse(["192.0.2.0/24"], null));
        PolicyDecision decision = Decide();
        Assert.False(decision.Allowed || decision.NeedsApproval);
        Assert.DoesNotContain("approval", decision.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ls", "rm", "rm x", "no")] // another policy's approval list opens no allow-list
    [InlineData("rm", "rm", "rm x", "ask")] // another policy's allow-list saves no approval
    [InlineData("ls", "rm", "ls", "yes")]
    public void Command_control_and_approval_of_different_policies_are_each_asked_on_their_own(string allow, string approve, string command, string said)
    {
        Add("control", 1, CommandControl.Parse([allow], null, allowOpaque: false));
        Add("approval", 2, CommandApproval.Parse([approve], new ApprovalTerms { Approvers = ["bob"] }));
        PolicyDecision decision = _world.Engine.Policies.Test(new("ana"), new("web-1"), "root", ProtocolChannel.SshExec, IPAddress.Loopback, null, command);
        Assert.Equal(said, decision.Allowed ? "yes" : decision.NeedsApproval ? "ask" : "no");
    }

    [Fact]
    public void A_dry_run_can_ask_about_another_time()
    {
        Add("tuesdays", 1, TimeWindows.Parse(["Tue 00:00-24:00 UTC"]));
        Assert.True(Decide().Allowed);
        Assert.False(_world.Engine.Policies.Test(new("ana"), new("web-1"), "root", ProtocolChannel.SshShell, IPAddress.Loopback, _world.Now.AddDays(1)).Allowed);
    }
}
