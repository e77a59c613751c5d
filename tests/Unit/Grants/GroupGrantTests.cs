using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Grants;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Unit.Grants;

public sealed class GroupGrantTests : IDisposable
{
    private static readonly Grantee Ana = new(new UserReference("ana"));
    private static readonly Grantee Ops = new(new UserGroupReference("ops"));
    private static readonly GrantTarget Web1 = new(new AssetReference("web-1"));
    private static readonly GrantTarget Web = new(new AssetGroupReference("web"));
    private readonly GrantWorld _world = new();

    public GroupGrantTests()
    {
        _world.Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "ops", Users = [new("ana")] });
        _world.Engine.AssetGroups.Add(TempStore.Admin, new NewAssetGroup { Name = "web", Rule = new AssetGroupRule { Names = ["web-*"] } });
    }

    public void Dispose() => _world.Dispose();

    private GrantResult Grant(Grantee to, GrantTarget on, params string[] accounts) => _world.Engine.Grants.Add(TempStore.Admin, to, on, accounts, null, null);

    private IReadOnlyList<Grant> Revoke(Grantee to, GrantTarget on, params string[] accounts) => _world.Engine.Grants.Revoke(TempStore.Admin, to, on, accounts);

    private string[] List(GrantFilter? filter = null) => [.. _world.Engine.Grants.List(filter ?? new GrantFilter()).Select(g => $"{g}: {g.Given}")];

    [Fact]
    public void A_group_of_users_gives_its_members_what_it_is_granted_as_long_as_they_are_in_it()
    {
        Assert.Equal("ops (group) → web-1", Grant(Ops, Web1, "root").Grant.ToString());
        Assert.True(_world.Check("ana", "web-1", "root").Granted);
        Assert.False(_world.Check("bob", "web-1", "root").Granted);
        _world.Engine.UserGroups.Change(TempStore.Admin, new UserGroupReference("ops"), new UserGroupChange { Add = [new("bob")], Remove = [new("ana")] });
        Assert.Equal((false, "nothing on this asset is granted."), _world.Check("ana", "web-1", "root"));
        Assert.True(_world.Check("bob", "web-1", "root").Granted);
        Assert.Equal(GrantWorld.Dev, Assert.Single(_world.Store.Events("grant.added")).OwnerAccountId);
    }

    [Fact]
    public void On_a_group_of_assets_accounts_are_granted_by_name_on_later_members_too()
    {
        Grant(Ana, Web, "root");
        Assert.True(_world.Check("ana", "web-2", "root").Granted);
        Assert.Equal((false, "the asset is granted, but not this account."), _world.Check("ana", "web-2", "deploy"));
        Assert.False(_world.Check("ana", "db-1", "root").Granted);
        _world.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "web-9", OwnerAccountId = GrantWorld.Prod, PrivateAddress = "10.0.0.9" });
        _world.AddAccount("web-9", "root");
        Assert.True(_world.Check("ana", "web-9", "root").Granted);
        _world.Engine.Assets.Change(TempStore.Admin, new AssetReference("web-9"), new AssetChange { Name = "old-9" });
        Assert.False(_world.Check("ana", "old-9", "root").Granted);
        // By name: an account that is made anew is granted again, other than on a single asset.
        _world.Engine.AssetAccounts.Remove(TempStore.Admin, new AssetReference("web-1"), "root");
        _world.AddAccount("web-1", "root");
        Assert.True(_world.Check("ana", "web-1", "root").Granted);
    }

    [Fact]
    public void All_accounts_of_a_group_are_all_accounts_of_its_assets_and_of_no_other()
    {
        Grant(Ops, Web, "*");
        Assert.Equal([("web-1", "deploy, root"), ("web-2", "deploy, root")], _world.Reach("ana").Select(a => (a.Asset, string.Join(", ", a.Accounts))));
        Assert.False(_world.Engine.Grants.Check(_world.User("ana").Id, _world.Asset("web-1").Id, _world.Account("db-1", "root").Id, _world.Now).Granted);
    }

    [Fact]
    public void Grants_to_users_and_groups_add_up()
    {
        Grant(Ana, Web1, "root");
        Grant(Ops, Web, "deploy");
        Grant(Ops, new GrantTarget(new AssetReference("db-1")), "root");
        Assert.Equal([("web-1", "deploy, root"), ("web-2", "deploy"), ("db-1", "root")], _world.Reach("ana").Select(a => (a.Asset, string.Join(", ", a.Accounts))));
        Assert.Equal(["db-1"], _world.Reach("ana", GrantWorld.Prod).Select(a => a.Asset));
        Assert.Empty(_world.Reach("bob"));
    }

    [Fact]
    public void Granting_to_groups_twice_changes_nothing_and_adds_accounts_otherwise()
    {
        Grant(Ops, Web, "root");
        Assert.False(Grant(Ops, Web, "root").Changed);
        Assert.Equal(["deploy", "root"], Grant(Ops, Web, "deploy").Grant.Accounts);
        Assert.Single(List());
        Assert.Equal(2, _world.Store.Events("grant.added").Count);
    }

    [Fact]
    public void A_name_that_no_asset_of_the_group_has_yet_is_granted_with_a_warning()
    {
        Assert.Equal("No asset of group 'web' has an account 'oracle' yet.", Grant(Ops, Web, "root", "oracle").Warning);
        Assert.Null(Grant(Ops, Web, "root").Warning);
        _world.AddAccount("web-2", "oracle");
        Assert.True(_world.Check("ana", "web-2", "oracle").Granted);
        Assert.Throws<InvalidNameException>(() => Grant(Ops, Web, "dep*"));
    }

    [Fact]
    public void Whichever_group_is_not_there_can_not_be_granted()
    {
        Assert.Throws<UserGroupNotFoundException>(() => Grant(new Grantee(new UserGroupReference("ups")), Web1, "root"));
        Assert.Throws<AssetGroupNotFoundException>(() => Grant(Ana, new GrantTarget(new AssetGroupReference("wbe")), "root"));
        Assert.Empty(List());
    }

    [Fact]
    public void Grants_are_listed_by_whom_and_what_they_reach()
    {
        Grant(Ana, Web1, "root");
        Grant(Ops, Web1, "deploy");
        Grant(Ana, Web, "root");
        Grant(Ops, Web, "*");
        Grant(new Grantee(new UserReference("bob")), new GrantTarget(new AssetReference("db-1")), "root");
        string[] ana = ["ana → web-1: root", "ops (group) → web-1: deploy", "ana → web (group): root", "ops (group) → web (group): all accounts"];
        Assert.Equal([ana[0], ana[1], "bob → db-1: root", ana[2], ana[3]], List());
        Assert.Equal(ana, List(new GrantFilter { User = new("ana") }));
        Assert.Equal([ana[1], ana[3]], List(new GrantFilter { UserGroup = new("ops") }));
        Assert.Equal([ana[2], ana[3]], List(new GrantFilter { Asset = new("web-2") }));
        Assert.Equal([ana[2], ana[3]], List(new GrantFilter { AssetGroup = new("web") }));
        Assert.Equal(ana, List(new GrantFilter { OwnerAccountIds = [GrantWorld.Dev] }));
        Assert.Equal(["bob → db-1: root"], List(new GrantFilter { OwnerAccountIds = [GrantWorld.Prod] }));
        Assert.Equal([.. ana, "bob → db-1: root"], List(new GrantFilter { OwnerAccountIds = [GrantWorld.Dev, GrantWorld.Prod] }));
        Assert.Equal([ana[3]], List(new GrantFilter { UserGroup = new("ops"), Asset = new("web-2"), OwnerAccountIds = [GrantWorld.Dev] }));
    }

    [Fact]
    public void A_group_that_holds_assets_of_two_owners_is_listed_once()
    {
        _world.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "web-9", OwnerAccountId = GrantWorld.Prod, PrivateAddress = "10.0.0.9" });
        Grant(Ana, Web, "root");
        Assert.Single(List(new GrantFilter { OwnerAccountIds = [GrantWorld.Dev, GrantWorld.Prod] }));
    }

    [Fact]
    public void Revoking_takes_what_was_granted_between_the_two_and_says_what_still_reaches()
    {
        Grant(Ops, Web, "root", "deploy");
        var e = Assert.Throws<GrantNotFoundException>(() => Revoke(Ana, Web1));
        Assert.Contains("through groups: ops (group) → web (group)", e.Message, StringComparison.Ordinal);
        Assert.Throws<GrantNotFoundException>(() => Revoke(Ops, Web, "oracle"));
        Assert.Equal(["deploy"], Assert.Single(Revoke(Ops, Web, "root")).Accounts);
        Assert.False(_world.Check("ana", "web-1", "root").Granted);
        Assert.Empty(Revoke(Ops, Web, "deploy"));
        Grant(Ops, Web, "*");
        Assert.Throws<GrantOfAllAccountsException>(() => Revoke(Ops, Web, "root"));
        Assert.Empty(Revoke(Ops, Web));
        Assert.Empty(List());
    }

    [Fact]
    public void A_grant_through_groups_holds_in_its_time_only()
    {
        _world.Engine.Grants.Add(TempStore.Admin, Ops, Web, ["root"], null, _world.Now.AddHours(1));
        Assert.Equal(_world.Now.AddHours(1), _world.Reach("ana")[0].ValidUntil);
        _world.Store.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((false, "the grant ended at 2026-11-24 10:00 UTC."), _world.Check("ana", "web-1", "root"));
        Assert.Empty(_world.Reach("ana"));
    }

    [Fact]
    public void What_a_user_reaches_says_each_way_that_it_is_granted()
    {
        Grant(Ops, Web, "root");
        Grant(Ana, Web1);
        Grant(Ana, Web, "deploy");
        Dictionary<string, IReadOnlyList<string>> through = _world.Engine.Grants.AuthorizedAssets(new UserReference("ana"), []).ToDictionary(a => a.Asset, a => a.Through);
        Assert.Equal(["directly", "ops (group) → web (group)", "web (group)"], through["web-1"]);
        Assert.Equal(["ops (group) → web (group)", "web (group)"], through["web-2"]);
        Revoke(Ana, Web);
        Assert.All(_world.Engine.Grants.AuthorizedAssets(new UserReference("ana"), []), a => Assert.DoesNotContain("web (group)", a.Through));
    }
}
