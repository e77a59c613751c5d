using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Unit.Grants;

namespace Bastion.Unit.Policies;

public sealed class PolicyTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public void Dispose() => _world.Dispose();

    private PolicyService Policies => _world.Engine.Policies;

    private ControlPolicy Add(string name, int priority = 1, params PolicyRule[] rules) =>
        Policies.Add(TempStore.Admin, new NewControlPolicy { Name = name, Priority = priority, Rules = rules });

    private ControlPolicy Change(string name, ControlPolicyChange update) => Policies.Change(TempStore.Admin, new PolicyReference(name), update);

    [Fact]
    public void A_policy_is_made_with_all_that_is_said_and_read_back_the_same()
    {
        ControlPolicy made = Policies.Add(TempStore.Admin, new NewControlPolicy
        {
            Name = " office hours ",
            Priority = 7,
            Enabled = false,
            Comment = "no nights",
            Users = [new("ana"), new("bob"), new("ANA")],
            Assets = [new("web-1"), new("db-1")],
            Accounts = ["root"],
            Rules = [TimeWindows.Parse(["Mon-Fri 08:00-18:00 Europe/Madrid"]), SourceAddresses.Parse(["10.0.0.0/8"], null)],
        });
        foreach (ControlPolicy read in new[] { made, Policies.Resolve(new PolicyReference("Office Hours")), Policies.Resolve(new PolicyReference(made.Id)), Policies.List(new PolicyFilter()).Single() })
        {
            Assert.Equal((made.Id, "office hours", 7, false, "no nights"), (read.Id, read.Name, read.Priority, read.Enabled, read.Comment));
            Assert.Equal("ana, bob", read.Users);
            Assert.Equal(["db-1 (root)", "web-1 (root)"], read.Scope.Assets.Select(a => a.ToString()).Order(StringComparer.Ordinal));
            Assert.Equal("Mon-Fri 08:00-18:00 Europe/Madrid; from 10.0.0.0/8", read.Rules);
            Assert.Equal((_world.Now, _world.Now), (read.CreatedAt, read.ChangedAt));
        }

        Assert.Equal("priority 7, disabled; users +ana, +bob; assets +db-1 (root), +web-1 (root); rules Mon-Fri 08:00-18:00 Europe/Madrid; from 10.0.0.0/8", Assert.Single(_world.Store.Events("policy.added")).Detail);
    }

    [Fact]
    public void A_policy_without_a_scope_covers_everything_and_decides_first()
    {
        ControlPolicy policy = Add("all");
        Assert.Equal((1, true, "(all)", "(all)", "(none)"), (policy.Priority, policy.Enabled, policy.Users, policy.Assets, policy.Rules));
    }

    [Fact]
    public void Policies_are_listed_in_the_order_in_which_they_decide()
    {
        Add("c", 2);
        Add("a", 1);
        Add("b", 1);
        Policies.Change(TempStore.Admin, new PolicyReference("c"), new ControlPolicyChange { Enabled = false });
        Assert.Equal(["b", "a", "c"], Policies.List(new PolicyFilter()).Select(p => p.Name));
        Assert.Equal(["b", "a"], Policies.List(new PolicyFilter { Enabled = true }).Select(p => p.Name));
        Assert.Equal(["c"], Policies.List(new PolicyFilter { Names = [new NamePattern("C*")] }).Select(p => p.Name));
    }

    [Fact]
    public void Names_are_unique_and_priorities_go_from_1_to_100()
    {
        Add("a", 100);
        Assert.Equal("NameTaken", Assert.Throws<NameTakenException>(() => Add("A")).Id);
        Assert.Equal("InvalidName", Assert.Throws<InvalidNameException>(() => Add("a*")).Id);
        Assert.Equal("InvalidPriority", Assert.Throws<InvalidPriorityException>(() => Add("b", 0)).Id);
        Assert.Throws<InvalidPriorityException>(() => Add("b", 101));
        Assert.Throws<InvalidPriorityException>(() => Change("a", new ControlPolicyChange { Priority = 101 }));
        Assert.Single(Policies.List(new PolicyFilter()));
    }

    [Fact]
    public void A_name_that_is_not_there_offers_the_nearest()
    {
        Add("office hours");
        var e = Assert.Throws<PolicyNotFoundException>(() => Policies.Resolve(new PolicyReference("ofice hours")));
        Assert.Equal("PolicyNotFound", e.Id);
        Assert.Contains("'office hours'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_sets_what_it_mentions_and_leaves_the_rest()
    {
        ControlPolicy made = Add("a", 5, ProtocolControl.Of([ProtocolChannel.SshShell]));
        _world.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        ControlPolicy changed = Change("a", new ControlPolicyChange { Name = "b", Priority = 6, Comment = "x", Enabled = false, Rules = rules => rules.With(TimeWindows.Parse(["Mon 08:00-18:00 UTC"])) });
        Assert.Equal((made.Id, "b", 6, "x", false, "SshShell; Mon 08:00-18:00 UTC"), (changed.Id, changed.Name, changed.Priority, changed.Comment, changed.Enabled, changed.Rules));
        Assert.Equal(made.CreatedAt.AddMinutes(1), changed.ChangedAt);
        Assert.Equal("was called a; priority 5 → 6; disabled; comment; rules SshShell → SshShell; Mon 08:00-18:00 UTC", Assert.Single(_world.Store.Events("policy.changed")).Detail);
        Assert.Equal("Mon 08:00-18:00 UTC", Change("b", new ControlPolicyChange { Rules = rules => rules.Without("ProtocolControl") }).Rules);
    }

    [Fact]
    public void A_change_that_changes_nothing_is_no_event()
    {
        Add("a", 5, ProtocolControl.Of([ProtocolChannel.SshShell]));
        Change("a", new ControlPolicyChange { Priority = 5, Enabled = true, Users = new() { All = true }, Rules = rules => rules.With(ProtocolControl.Of([ProtocolChannel.SshShell])) });
        Assert.Empty(_world.Store.Events("policy.changed"));
    }

    [Fact]
    public void A_rename_to_a_taken_name_changes_nothing()
    {
        Add("a");
        Add("b");
        Assert.Throws<NameTakenException>(() => Change("a", new ControlPolicyChange { Name = "B", Priority = 9 }));
        Assert.Equal(1, Policies.Resolve(new PolicyReference("a")).Priority);
    }

    [Fact]
    public void A_removed_policy_is_gone_and_its_id_with_it()
    {
        ControlPolicy gone = Add("a");
        Policies.Remove(TempStore.Admin, new PolicyReference(gone));
        Assert.Empty(Policies.List(new PolicyFilter()));
        Assert.Single(_world.Store.Events("policy.removed"));
        Assert.True(Add("b").Id > gone.Id);
        Assert.Throws<PolicyNotFoundException>(() => Policies.Remove(TempStore.Admin, new PolicyReference(gone)));
    }

    [Fact]
    public void Who_is_no_administrator_changes_nothing()
    {
        Add("a");
        Assert.Throws<NotAuthorizedException>(() => Policies.Add(TempStore.Stranger, new NewControlPolicy { Name = "b" }));
        Assert.Throws<NotAuthorizedException>(() => Policies.Change(TempStore.Stranger, new PolicyReference("a"), new ControlPolicyChange { Enabled = false }));
        Assert.Throws<NotAuthorizedException>(() => Policies.Remove(TempStore.Stranger, new PolicyReference("a")));
        Assert.True(Policies.List(new PolicyFilter()).Single().Enabled);
    }

    [Fact]
    public async Task Administrators_who_write_at_once_lose_nothing()
    {
        Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "a", Users = [new("ana")], Assets = [new("web-1")] });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            using Engine engine = Engine.Open(_world.Store.Location, _world.Store.Clock);
            for (int i = 0; i < 5; i++)
            {
                string user = $"u{worker}{i}";
                engine.Users.Add(TempStore.Admin, new() { Name = user });
                engine.Policies.Change(TempStore.Admin, new PolicyReference("a"), new ControlPolicyChange { Users = new() { Add = [new(user)] } });
            }
        })));
        Assert.Equal(21, Policies.Resolve(new PolicyReference("a")).Scope.Users.Count);
    }
}
