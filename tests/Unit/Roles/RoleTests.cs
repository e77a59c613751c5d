using Bastion.Accounts.Projects;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Audit.Events;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Roles;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Unit.Roles;

public sealed class RoleTests(RoleTemplate template) : IClassFixture<RoleTemplate>, IDisposable
{
    private readonly RoleWorld _world = template.Copy();

    private Engine Admin => _world.Engine;

    public void Dispose() => _world.Dispose();

    private static void Denied(Action work) => Assert.Equal("NotAuthorized", Assert.Throws<NotAuthorizedException>(work).Id);

    private static RoleHolder Holder(string user) => new(new UserReference(user));

    [Fact]
    public void A_new_user_is_an_operator_of_everything_and_nothing_else()
    {
        Admin.Users.Add(TempStore.Admin, new NewUser { Name = "new" });
        RoleHolding held = Assert.Single(Admin.Roles.List(new RoleFilter { User = new UserReference("new") }));
        Assert.Equal((Role.Operator, (string?)null), (held.Role, held.Project));
    }

    [Fact]
    public void Giving_a_role_twice_changes_nothing()
    {
        RoleHolding once = Admin.Roles.Add(TempStore.Admin, Holder("guest"), Role.Auditor, new ProjectReference("own"));
        Assert.Equal(once, Admin.Roles.Add(TempStore.Admin, Holder("guest"), Role.Auditor, new ProjectReference("own")));
        Assert.Single(_world.Store.Events("role.granted"), e => e.Subject.StartsWith("guest", StringComparison.Ordinal));
    }

    [Fact]
    public void A_role_that_is_not_held_can_not_be_taken() =>
        Assert.Equal("RoleNotHeld", Assert.Throws<RoleNotHeldException>(() => Admin.Roles.Remove(TempStore.Admin, Holder("auditor"), Role.Auditor, new ProjectReference("own"))).Id);

    [Fact]
    public void A_group_gives_its_role_to_its_members_as_they_are_at_each_moment()
    {
        Admin.Roles.Add(TempStore.Admin, new RoleHolder(new UserGroupReference("staff")), Role.Auditor, new ProjectReference("own"));
        Engine guest = _world.For("guest");
        Assert.Equal("web-own", Assert.Single(guest.Assets.List(new AssetFilter())).Name);
        Admin.UserGroups.Change(TempStore.Admin, new UserGroupReference("staff"), new UserGroupChange { Remove = [new("guest")] });
        Assert.Empty(guest.Assets.List(new AssetFilter()));
    }

    [Fact]
    public void A_role_that_is_taken_away_is_gone_at_once()
    {
        Engine view = _world.For("administrator");
        Caller caller = _world.As("administrator");
        view.Assets.Change(caller, new AssetReference("web-own"), new AssetChange { Comment = "may" });
        _world.Take("administrator", Role.Administrator, null);
        Denied(() => view.Assets.Change(caller, new AssetReference("web-own"), new AssetChange { Comment = "may not" }));
        Assert.Empty(view.Assets.List(new AssetFilter()));
    }

    [Fact]
    public void Who_is_not_valid_has_no_role()
    {
        Engine view = _world.For("administrator");
        Admin.Users.Change(TempStore.Admin, new UserReference("administrator"), new UserChange { ValidUntil = _world.Store.Clock.GetUtcNow() });
        Assert.Empty(view.Assets.List(new AssetFilter()));
        Denied(() => view.Users.Add(_world.As("administrator"), new NewUser { Name = "x" }));
    }

    [Fact]
    public void An_account_that_moves_to_another_project_moves_with_all_that_it_owns()
    {
        Admin.Projects.Change(TempStore.Admin, new ProjectReference("own"), new ProjectChange { Remove = [RoleWorld.Account("own")] });
        Assert.Empty(_world.For("auditor-own").Assets.List(new AssetFilter()));
        Admin.Projects.Change(TempStore.Admin, new ProjectReference("foreign"), new ProjectChange { Add = [RoleWorld.Account("own")] });
        Denied(() => Admin.Assets.Remove(_world.As("administrator-own"), new AssetReference("web-own")));
    }

    [Fact]
    public void An_account_is_in_at_most_one_project()
    {
        AccountInProjectException error = Assert.Throws<AccountInProjectException>(() => Admin.Projects.Add(TempStore.Admin, new NewProject { Name = "third", Accounts = [RoleWorld.Account("own")] }));
        Assert.Contains("'own'", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Admin.Projects.List([]).Count);
    }

    [Fact]
    public void A_project_takes_the_roles_held_for_it_with_it()
    {
        Admin.Projects.Remove(TempStore.Admin, new ProjectReference("own"));
        Assert.Empty(Admin.Roles.List(new RoleFilter { User = new UserReference("administrator-own") }));
        Assert.Empty(_world.For("administrator-own").Assets.List(new AssetFilter()));
    }

    [Fact]
    public void An_administrator_of_a_project_gives_no_role_beyond_it()
    {
        Caller caller = _world.As("administrator-own");
        Engine view = Admin.For(caller);
        Denied(() => view.Roles.Add(caller, Holder("administrator-own"), Role.Administrator, null));
        Denied(() => view.Roles.Add(caller, Holder("administrator-own"), Role.Auditor, new ProjectReference("foreign")));
        Denied(() => view.Roles.Remove(caller, Holder("auditor"), Role.Auditor, null));
        Denied(() => view.Projects.Change(caller, new ProjectReference("own"), new ProjectChange { Add = [RoleWorld.Account("foreign")] }));
        Denied(() => view.UserGroups.Change(caller, new UserGroupReference("staff"), new UserGroupChange { Add = [new("administrator-own")] }));
    }

    [Fact]
    public void An_auditor_gives_no_role_at_all()
    {
        Caller caller = _world.As("auditor");
        Denied(() => Admin.For(caller).Roles.Add(caller, Holder("auditor"), Role.Administrator, new ProjectReference("own")));
    }

    [Fact]
    public void What_spans_projects_is_seen_in_part_and_changed_only_by_who_administers_all()
    {
        Admin.AssetGroups.Add(TempStore.Admin, new NewAssetGroup { Name = "both", Assets = [new("web-own"), new("web-foreign")] });
        Caller caller = _world.As("administrator-own");
        Engine view = Admin.For(caller);
        Assert.Equal("web-own", Assert.Single(view.AssetGroups.Members(new AssetGroupReference("both"))).Name);
        Assert.Equal(1, view.AssetGroups.Resolve(new AssetGroupReference("both")).Assets);
        Denied(() => view.AssetGroups.Change(caller, new AssetGroupReference("both"), new AssetGroupChange { Remove = [new("web-own")] }));
        Denied(() => view.GroupRemoval.Remove(caller, new AssetGroupReference("both")));
        Denied(() => view.Grants.Add(caller, new Grantee(new UserReference("guest")), new GrantTarget(new AssetGroupReference("both")), ["root"], null, null));
        Denied(() => view.Policies.Add(caller, new NewControlPolicy { Name = "x", AssetGroups = [new("both")] }));
        Denied(() => view.AssetGroups.Change(caller, new AssetGroupReference("group-own"), new AssetGroupChange { Add = [new("web-foreign")] }));
        Denied(() => view.Assets.Change(caller, new AssetReference("web-own"), new AssetChange { OwnerAccountId = RoleWorld.Account("foreign") }));
    }

    [Fact]
    public void A_group_by_rule_belongs_to_the_accounts_that_the_rule_names()
    {
        Caller caller = _world.As("administrator-own");
        Engine view = Admin.For(caller);
        AssetGroup made = view.AssetGroups.Add(caller, new NewAssetGroup { Name = "later", Rule = new AssetGroupRule { OwnerAccountIds = [RoleWorld.Account("own")], Names = ["none-*"] } });
        Assert.Equal("later", view.AssetGroups.Resolve(new AssetGroupReference(made)).Name);
        Denied(() => view.AssetGroups.Add(caller, new NewAssetGroup { Name = "wide", Rule = new AssetGroupRule { Names = ["web-*"] } }));
        Denied(() => view.AssetGroups.Change(caller, new AssetGroupReference("later"), new AssetGroupChange { Rule = new AssetGroupRule { OwnerAccountIds = [RoleWorld.Account("own"), RoleWorld.Account("foreign")] } }));
    }

    [Fact]
    public void Who_may_not_see_a_thing_does_not_learn_that_it_is_there_nor_what_is_called_nearly_so()
    {
        Caller caller = _world.As("administrator-own");
        Engine view = Admin.For(caller);
        string there = Assert.Throws<NotAuthorizedException>(() => view.Assets.Remove(caller, new AssetReference("web-foreign"))).Message;
        string notThere = Assert.Throws<NotAuthorizedException>(() => view.Assets.Remove(caller, new AssetReference("web-foreigm"))).Message;
        Assert.Equal(there, notThere.Replace("foreigm", "foreign", StringComparison.Ordinal));
        Assert.DoesNotContain("foreign", Assert.Throws<AssetNotFoundException>(() => view.Assets.Resolve(new AssetReference("web-foreigm"))).Message, StringComparison.Ordinal);
        Assert.Equal("NotAuthorized", Assert.Throws<NotAuthorizedException>(() => view.AssetGroups.Change(caller, new AssetGroupReference("group-own"), new AssetGroupChange { Add = [new("web-foreigm")] })).Id);
    }

    [Theory]
    [InlineData(5, 5, "PolicyAhead")]
    [InlineData(5, 4, "PolicyAhead")]
    [InlineData(5, 6, null)]
    public void A_projects_policy_decides_behind_those_of_the_store(int ofStore, int ofProject, string? error)
    {
        PolicyRule shell = ProtocolControl.Of([ProtocolChannel.SshShell]);
        Admin.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "store", Priority = ofStore, Rules = [shell] });
        Caller caller = _world.As("administrator-own");
        Engine view = Admin.For(caller);
        var policy = new NewControlPolicy { Name = "mine", Priority = ofProject, Assets = [new("web-own")], Rules = [ProtocolControl.Of([ProtocolChannel.SshShell, ProtocolChannel.SshExec])] };
        if (error is null) view.Policies.Add(caller, policy);
        else Assert.Equal(error, Assert.Throws<PolicyAheadException>(() => view.Policies.Add(caller, policy)).Id);
        // Another section is nobody's yet.
        view.Policies.Add(caller, new NewControlPolicy { Name = "hours", Assets = [new("web-own")], Rules = [TimeWindows.Parse(["Mon-Fri 08:00-18:00 UTC"])] });
    }

    [Fact]
    public void A_view_for_one_caller_takes_no_orders_from_another() => Denied(() => _world.For("auditor").Users.Add(TempStore.Admin, new NewUser { Name = "x" }));

    [Fact]
    public void A_limited_view_can_not_write_through_a_read()
    {
        Assert.ThrowsAny<BastionException>(() => _world.For("auditor-own").Context.Database.Read(connection => connection.Execute("DELETE FROM main.assets")));
        Assert.Equal(2, Admin.Assets.List(new AssetFilter()).Count());
    }

    [Fact]
    public void Every_table_says_which_of_its_rows_a_limited_caller_sees()
    {
        string[] tables = [.. Admin.Context.Database.Read(connection => connection.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'", row => row.Text("name")).ToList())];
        string[] missing = [.. tables.Except(Bastion.Roles.Rights.VisibilityStore.Rows.Keys)];
        Assert.True(missing.Length == 0, $"Say in Roles/Rights/VisibilityStore.cs which rows of {string.Join(", ", missing)} a caller sees whose roles are held for projects. Until then he sees none.");
    }

    [Fact]
    public void A_user_sees_his_own_sessions_and_what_he_did_himself()
    {
        Engine guest = _world.For("guest");
        Assert.Equal(["session-foreign", "session-own"], guest.SessionAudits.List(new()).Select(s => s.Id).Order(StringComparer.Ordinal));
        Assert.Empty(guest.AuditEvents.List(new AuditEventFilter()));
        Assert.Equal("guest", Assert.Single(guest.Users.List(new UserFilter())).Name);
    }

    [Fact]
    public void Who_has_signed_in_reaches_only_what_is_his_own()
    {
        Engine view = _world.For("operator");
        Assert.Equal(["web-foreign", "web-own"], view.Grants.AuthorizedAssets(new UserReference("operator"), []).Select(a => a.Asset).Order(StringComparer.Ordinal));
        Assert.Equal("web-own", Assert.Single(view.Grants.AuthorizedAssets(new UserReference("operator"), [RoleWorld.Account("own")])).Asset);
        Assert.Throws<UserNotFoundException>(() => view.Grants.AuthorizedAssets(new UserReference("guest"), []));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(150)]
    public void An_auditor_of_few_accounts_or_of_many_finds_all_their_sessions_newest_first_and_no_others(int accounts)
    {
        Admin.Context.Database.Write(connection =>
        {
            long project = connection.Scalar<long>("SELECT id FROM projects WHERE name = 'own'");
            for (int i = 0; i < accounts * 2; i++)
            {
                if (i % 2 == 0) connection.Execute("INSERT INTO project_accounts (account_id, project_id) VALUES ($id, $project)", ("$id", $"many-{i}"), ("$project", project));
                for (int at = 0; at < 2; at++)
                {
                    connection.Execute("""
                        INSERT INTO sessions (id, user_name, asset_id, asset_name, asset_address, account_name, owner_account_id, protocol, channel, source_address, started_by, process_id, started_at, state, decision)
                        VALUES ($id, 'x', 1, 'x', 'x', 'x', $owner, 'SSH', 'SshShell', '::1', 'x', 1, $at, 'Ended', '{}')
                        """, ("$id", $"{at}-{i}"), ("$owner", $"many-{i}"), ("$at", (long)(i * 7919 % 1000) + at));
                }
            }
        });
        string[] expected = [.. Admin.SessionAudits.List(new()).Where(s => s.Id == "session-own" || (s.OwnerAccountId.StartsWith("many-", StringComparison.Ordinal) && int.Parse(s.OwnerAccountId.AsSpan(5)) % 2 == 0)).Select(s => s.Id)];
        Assert.Equal((accounts * 2) + 1, expected.Length);
        Assert.Equal(expected, _world.For("auditor-own").SessionAudits.List(new()).Select(s => s.Id));
    }
}
