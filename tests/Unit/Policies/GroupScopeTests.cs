using System.Net;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Unit.Grants;
using Bastion.Users.Groups;

namespace Bastion.Unit.Policies;

public sealed class GroupScopeTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public GroupScopeTests()
    {
        _world.Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "ops", Users = [new("ana")] });
        _world.Engine.AssetGroups.Add(TempStore.Admin, new NewAssetGroup { Name = "web", Rule = new AssetGroupRule { Names = ["web-*"] } });
    }

    public void Dispose() => _world.Dispose();

    private PolicyScope Close(NewControlPolicy policy) => _world.Engine.Policies.Add(TempStore.Admin, policy with { Rules = [ProtocolControl.Of([])] }).Scope;

    private PolicyScope Change(ControlPolicyChange update) => _world.Engine.Policies.Change(TempStore.Admin, new PolicyReference("p"), update).Scope;

    private bool Allowed(string user, string asset, string account = "root") =>
        _world.Engine.Policies.Test(new(user), new(asset), account, ProtocolChannel.SshShell, IPAddress.Loopback).Allowed;

    private void AddAsset(string name)
    {
        _world.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = name, OwnerAccountId = GrantWorld.Dev, PrivateAddress = "10.0.0.9" });
        _world.AddAccount(name, "root");
    }

    [Fact]
    public void A_policy_on_a_group_of_users_covers_its_members_as_long_as_they_are_in_it()
    {
        Assert.Equal("ops (group)", Close(new NewControlPolicy { Name = "p", UserGroups = [new("ops")] }).ShowUsers());
        Assert.False(Allowed("ana", "web-1"));
        Assert.True(Allowed("bob", "web-1"));
        _world.Engine.UserGroups.Change(TempStore.Admin, new UserGroupReference("ops"), new UserGroupChange { Add = [new("bob")], Remove = [new("ana")] });
        Assert.True(Allowed("ana", "web-1"));
        Assert.False(Allowed("bob", "web-1"));
    }

    [Fact]
    public void A_policy_on_a_group_of_assets_covers_members_that_come_later()
    {
        Assert.Equal("web (group) (root)", Close(new NewControlPolicy { Name = "p", AssetGroups = [new("web")], Accounts = ["root"] }).ShowAssets());
        AddAsset("web-9");
        Assert.False(Allowed("ana", "web-9"));
        Assert.True(Allowed("ana", "web-1", "deploy"));
        Assert.True(Allowed("ana", "db-1"));
        _world.Engine.Assets.Change(TempStore.Admin, new AssetReference("web-9"), new AssetChange { Name = "old-9" });
        Assert.True(Allowed("ana", "old-9"));
    }

    [Fact]
    public void An_asset_that_is_covered_twice_is_covered_with_the_accounts_of_both()
    {
        Close(new NewControlPolicy { Name = "p", AssetGroups = [new("web")], Accounts = ["root"] });
        Change(new ControlPolicyChange { Assets = new() { Add = [new("web-1")] }, Accounts = ["deploy"] });
        Assert.False(Allowed("ana", "web-1"));
        Assert.False(Allowed("ana", "web-1", "deploy"));
        Assert.True(Allowed("ana", "web-2", "deploy"));
    }

    [Fact]
    public void Users_and_groups_are_covered_beside_each_other_and_set_anew_together()
    {
        Assert.Equal(("ops (group), bob", "web (group), db-1"), Shown(Close(new NewControlPolicy { Name = "p", Users = [new("bob")], UserGroups = [new("ops")], Assets = [new("db-1")], AssetGroups = [new("web")] })));
        Assert.Equal(("bob", "web (group), db-1"), Shown(Change(new ControlPolicyChange { UserGroups = new() { Remove = [new("ops")] } })));
        Assert.Equal(("ops (group), bob", "db-1"), Shown(Change(new ControlPolicyChange { UserGroups = new() { Add = [new("ops"), new("ops")] }, AssetGroups = new() { Remove = [new("web")] } })));
        Assert.Equal(("ana", "web (group)"), Shown(Change(new ControlPolicyChange { Users = new() { Set = [new("ana")] }, AssetGroups = new() { Set = [new("web")] } })));
        Assert.Equal(("(all)", "(all)"), Shown(Change(new ControlPolicyChange { Users = new() { All = true }, Assets = new() { All = true } })));
        Assert.Equal(["users -ops (group)", "users +ops (group); assets -web (group)", "users +ana, -bob, -ops (group); assets +web (group), -db-1", "users +(all), -ana; assets +(all), -web (group)"],
            _world.Store.Events("policy.changed").Select(e => e.Detail).Reverse());
    }

    [Fact]
    public void A_list_of_groups_that_was_given_but_is_empty_is_refused()
    {
        Assert.Throws<EmptyScopeException>(() => Close(new NewControlPolicy { Name = "p", UserGroups = [] }));
        Assert.Throws<EmptyScopeException>(() => Close(new NewControlPolicy { Name = "p", AssetGroups = [], Assets = [new("web-1")] }));
        Close(new NewControlPolicy { Name = "p" });
        Assert.Throws<ScopeCoversAllException>(() => Change(new ControlPolicyChange { UserGroups = new() { Add = [new("ops")] } }));
        Assert.Throws<ScopeCoversAllException>(() => Change(new ControlPolicyChange { AssetGroups = new() { Remove = [new("web")] } }));
    }

    [Fact]
    public void Who_is_not_in_the_scope_or_not_there_can_not_be_taken_out()
    {
        Close(new NewControlPolicy { Name = "p", Users = [new("ana")], Assets = [new("web-1")] });
        Assert.Throws<NotInScopeException>(() => Change(new ControlPolicyChange { UserGroups = new() { Remove = [new("ops")] } }));
        Assert.Throws<NotInScopeException>(() => Change(new ControlPolicyChange { AssetGroups = new() { Remove = [new("web")] } }));
        Assert.Throws<UserGroupNotFoundException>(() => Change(new ControlPolicyChange { UserGroups = new() { Add = [new("ups")] } }));
    }

    [Fact]
    public void Accounts_that_a_group_is_covered_with_are_known_somewhere()
    {
        _world.AddAccount("db-1", "oracle");
        Assert.Equal("web (group) (oracle)", Close(new NewControlPolicy { Name = "p", AssetGroups = [new("web")], Accounts = ["oracle"] }).ShowAssets());
        Assert.Throws<ScopeAccountNotFoundException>(() => Close(new NewControlPolicy { Name = "q", AssetGroups = [new("web")], Accounts = ["orakle"] }));
    }

    [Fact]
    public void A_group_that_a_policy_covers_stays()
    {
        Close(new NewControlPolicy { Name = "p", UserGroups = [new("ops")], AssetGroups = [new("web")] });
        var e = Assert.Throws<GroupInUseException>(() => _world.Engine.GroupRemoval.Remove(TempStore.Admin, new UserGroupReference("ops")));
        Assert.Equal("GroupInUse", e.Id);
        Assert.Contains("'p'", e.Message, StringComparison.Ordinal);
        Assert.Throws<GroupInUseException>(() => _world.Engine.GroupRemoval.Remove(TempStore.Admin, new AssetGroupReference("web")));
        Assert.False(Allowed("ana", "web-1"));
    }

    [Fact]
    public void A_group_goes_with_the_grants_to_it_and_on_it_and_its_members_stay()
    {
        _world.Engine.Grants.Add(TempStore.Admin, new Grantee(new UserGroupReference("ops")), new GrantTarget(new AssetReference("web-1")), ["root"], null, null);
        _world.Engine.Grants.Add(TempStore.Admin, new Grantee(new Bastion.Users.UserReference("bob")), new GrantTarget(new AssetGroupReference("web")), ["root"], null, null);
        _world.Engine.GroupRemoval.Remove(TempStore.Admin, new UserGroupReference("ops"));
        _world.Engine.GroupRemoval.Remove(TempStore.Admin, new AssetGroupReference("web"));
        Assert.Empty(_world.Engine.Grants.List(new GrantFilter()));
        Assert.False(_world.Check("ana", "web-1", "root").Granted);
        Assert.False(_world.Check("bob", "web-1", "root").Granted);
        Assert.Equal(3, _world.Engine.Assets.AllNames().Count);
        Assert.Single(_world.Store.Events("usergroup.removed"));
        Assert.Single(_world.Store.Events("assetgroup.removed"));
        Assert.Throws<NotAuthorizedException>(() => _world.Engine.GroupRemoval.Remove(TempStore.Stranger, new AssetGroupReference("web")));
    }

    private static (string Users, string Assets) Shown(PolicyScope scope) => (scope.ShowUsers(), scope.ShowAssets());
}
