using Bastion.Assets.Groups;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Unit.Grants;
using Bastion.Users.Groups;

namespace Bastion.Unit.Policies;

public sealed class PolicyCopyTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public PolicyCopyTests()
    {
        _world.Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "ops", Users = [new("ana")] });
        _world.Engine.AssetGroups.Add(TempStore.Admin, new NewAssetGroup { Name = "web", Rule = new AssetGroupRule { Names = ["web-*"] } });
    }

    public void Dispose() => _world.Dispose();

    private ControlPolicy Copy(string name, string to, bool? enabled = null) => _world.Engine.PolicyCopies.Copy(TempStore.Admin, new PolicyReference(name), to, enabled);

    private ControlPolicy AddFull() => _world.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy
    {
        Name = "full",
        Priority = 7,
        Comment = "all of it",
        Users = [new("bob")],
        UserGroups = [new("ops")],
        Assets = [new("db-1")],
        AssetGroups = [new("web")],
        Accounts = ["root"],
        Rules = [ProtocolControl.Of([ProtocolChannel.SshShell]), TimeWindows.Parse(["Mon-Fri 08:00-18:00 UTC"]), SourceAddresses.Parse(["10.0.0.0/8"], ["10.9.0.0/16"])],
    });

    [Fact]
    public void A_copy_has_the_scope_and_every_section_and_is_a_policy_of_its_own()
    {
        ControlPolicy old = AddFull();
        _world.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        ControlPolicy copy = Copy("FULL", " twin ");
        ControlPolicy read = _world.Engine.Policies.Resolve(new PolicyReference("twin"));
        Assert.Equal((copy.Id, "twin", 7, true, "all of it"), (read.Id, read.Name, read.Priority, read.Enabled, read.Comment));
        Assert.NotEqual(old.Id, read.Id);
        Assert.Equal(old.Scope.ToString(), read.Scope.ToString());
        Assert.Equal(RuleSections.Names.Intersect(old.RuleSet.Sections.Select(s => s.Section)), read.RuleSet.Sections.Select(s => s.Section));
        Assert.Equal(old.Rules, read.Rules);
        Assert.Equal((_world.Now, _world.Now), (read.CreatedAt, read.ChangedAt));
        _world.Engine.Policies.Change(TempStore.Admin, new PolicyReference("twin"), new ControlPolicyChange { UserGroups = new() { Remove = [new("ops")] } });
        Assert.Equal("ops (group), bob", _world.Engine.Policies.Resolve(new PolicyReference("full")).Users);
        Assert.StartsWith("copy of full; priority 7; ", _world.Store.Events("policy.added")[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_can_wait_until_it_is_enabled()
    {
        AddFull();
        Assert.False(Copy("full", "twin", enabled: false).Enabled);
        Assert.False(Copy("twin", "third").Enabled);
    }

    [Fact]
    public void A_name_that_is_taken_or_a_policy_that_is_not_there_makes_nothing()
    {
        AddFull();
        Assert.Throws<NameTakenException>(() => Copy("full", "Full"));
        Assert.Throws<InvalidNameException>(() => Copy("full", "a*"));
        Assert.Throws<PolicyNotFoundException>(() => Copy("ful", "x"));
        Assert.Throws<NotAuthorizedException>(() => _world.Engine.PolicyCopies.Copy(TempStore.Stranger, new PolicyReference("full"), "x"));
        Assert.Single(_world.Engine.Policies.List(new PolicyFilter()));
    }

    [Theory]
    [InlineData("UPDATE control_policies SET rules = '{\"Later\":{}}'")]
    [InlineData("UPDATE policy_assets SET accounts = '7'")]
    public void A_policy_that_cannot_be_read_is_not_copied(string damage)
    {
        AddFull();
        _world.Engine.Context.Database.Write(connection => connection.Execute(damage));
        Assert.Throws<PolicyUnreadableException>(() => Copy("full", "twin"));
        Assert.Single(_world.Engine.Policies.List(new PolicyFilter()));
    }
}
