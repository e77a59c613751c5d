using Bastion.Assets;
using Bastion.Grants;
using Bastion.Users;

namespace Bastion.Unit.Grants;

public sealed class GrantTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public void Dispose() => _world.Dispose();

    private Grant[] All(GrantFilter? filter = null) => [.. _world.Engine.Grants.List(filter ?? new GrantFilter())];

    [Fact]
    public void A_grant_gives_the_account_named_and_no_other()
    {
        GrantResult result = _world.Grant("ana", "web-1", "root");
        Assert.True(result.Changed);
        Assert.Null(result.Warning);
        Assert.Equal(["root"], result.Grant.Accounts);
        Assert.Equal((true, "granted."), _world.Check("ana", "web-1", "root"));
        Assert.Equal((false, "the asset is granted, but not this account."), _world.Check("ana", "web-1", "deploy"));
        Assert.Equal((false, "nothing on this asset is granted."), _world.Check("ana", "web-2", "root"));
        Assert.Equal((false, "nothing on this asset is granted."), _world.Check("bob", "web-1", "root"));
    }

    [Fact]
    public void Granting_twice_changes_nothing_and_is_one_event()
    {
        long id = _world.Grant("ana", "web-1", "root").Grant.Id;
        GrantResult again = _world.Grant("ana", "web-1", "root");
        Assert.False(again.Changed);
        Assert.Equal(id, again.Grant.Id);
        Assert.Single(All());
        Assert.Single(_world.Store.Events("grant.added"));
    }

    [Fact]
    public void Granting_adds_accounts_to_those_that_are_there()
    {
        _world.Grant("ana", "web-1", "root");
        Assert.Equal(["deploy", "root"], _world.Grant("ana", "web-1", "deploy", "deploy").Grant.Accounts);
        Assert.Single(All());
        Assert.Equal(2, _world.Store.Events("grant.added").Count);
    }

    [Fact]
    public void An_asset_can_be_granted_with_no_account_yet()
    {
        Grant grant = _world.Grant("ana", "web-1").Grant;
        Assert.Empty(grant.Accounts);
        Assert.False(grant.AllAccounts);
        Assert.Equal((false, "the asset is granted, but not this account."), _world.Check("ana", "web-1", "root"));
        Assert.Empty(Assert.Single(_world.Reach("ana")).Accounts);
        Assert.Equal(["root"], _world.Grant("ana", "web-1", "root").Grant.Accounts);
        Assert.Single(All());
    }

    [Fact]
    public void A_star_grants_all_accounts_and_those_that_come_later()
    {
        _world.Grant("ana", "web-1", "root");
        Assert.True(_world.Grant("ana", "web-1", "*").Grant.AllAccounts);
        Assert.False(_world.Grant("ana", "web-1", "deploy").Changed);
        _world.AddAccount("web-1", "backup");
        Assert.True(_world.Check("ana", "web-1", "backup").Granted);
        Assert.Equal(["backup", "deploy", "root"], Assert.Single(_world.Reach("ana")).Accounts);
    }

    [Fact]
    public void All_accounts_of_one_asset_are_no_account_of_another()
    {
        _world.Grant("ana", "web-1", "*");
        AssetAccount elsewhere = _world.Account("web-2", "root");
        Assert.False(_world.Engine.Grants.Check(_world.User("ana").Id, _world.Asset("web-1").Id, elsewhere.Id, _world.Now).Granted);
    }

    [Fact]
    public void A_grant_holds_from_its_beginning_to_just_before_its_end()
    {
        _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), ["root"], _world.Now.AddHours(1), _world.Now.AddHours(2));
        Assert.Equal((false, "the grant begins at 2026-11-24 10:00 UTC."), _world.Check("ana", "web-1", "root"));
        _world.Store.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((true, "granted until 2026-11-24 11:00 UTC."), _world.Check("ana", "web-1", "root"));
        _world.Store.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((false, "the grant ended at 2026-11-24 11:00 UTC."), _world.Check("ana", "web-1", "root"));
        Assert.Empty(_world.Reach("ana"));
    }

    [Fact]
    public void Grants_with_other_limits_stand_beside_each_other_and_the_longest_counts()
    {
        DateTimeOffset friday = _world.Now.AddDays(3);
        _world.Grant("ana", "web-1", "root");
        GrantResult limited = _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), ["root"], null, friday);
        Assert.Contains("don't shorten", limited.Warning!, StringComparison.Ordinal);
        Assert.Equal(2, All().Length);
        _world.Store.Clock.Advance(TimeSpan.FromDays(4));
        Assert.True(_world.Check("ana", "web-1", "root").Granted);
    }

    [Fact]
    public void A_longer_grant_of_another_account_is_no_reason_to_warn()
    {
        _world.Grant("ana", "web-1", "deploy");
        Assert.Null(_world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), ["root"], null, _world.Now.AddDays(1)).Warning);
    }

    [Fact]
    public void A_validity_that_makes_no_sense_is_refused()
    {
        Assert.Equal("InvalidValidity", Assert.Throws<InvalidValidityException>(() =>
            _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), ["root"], null, _world.Now)).Id);
        Assert.Throws<InvalidValidityException>(() =>
            _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), ["root"], _world.Now.AddDays(2), _world.Now.AddDays(1)));
        Assert.Empty(All());
    }

    [Fact]
    public void Whoever_or_whatever_is_not_there_can_not_be_granted()
    {
        Assert.Throws<UserNotFoundException>(() => _world.Grant("annna", "web-1", "root"));
        Assert.Throws<AssetNotFoundException>(() => _world.Grant("ana", "web-9", "root"));
        var e = Assert.Throws<AssetAccountNotFoundException>(() => _world.Grant("ana", "web-1", "deploy", "Root"));
        Assert.Equal("AssetAccountNotFound", e.Id);
        Assert.Contains("'root'", e.Message, StringComparison.Ordinal);
        Assert.Empty(All());
        Assert.Empty(_world.Store.Events("grant.added"));
    }

    [Fact]
    public void A_login_that_exists_for_two_protocols_is_granted_for_both()
    {
        _world.Engine.Assets.Change(TempStore.Admin, new AssetReference("web-1"), new AssetChange { Ports = new Dictionary<string, int> { ["SSH"] = 22, ["RDP"] = 3389 } });
        _world.Engine.AssetAccounts.Add(TempStore.Admin, new AssetReference("web-1"), new NewAssetAccount { Name = "root", Protocol = "RDP" });
        Assert.Equal(["root"], _world.Grant("ana", "web-1", "root").Grant.Accounts);
        foreach (AssetAccount account in _world.Engine.AssetAccounts.List(new AssetReference("web-1"), [new NamePattern("root")], []))
            Assert.True(_world.Engine.Grants.Check(_world.User("ana").Id, account.AssetId, account.Id, _world.Now).Granted, account.Protocol);
    }

    [Fact]
    public void An_account_that_is_made_anew_is_not_granted()
    {
        _world.Grant("ana", "web-1", "root");
        _world.Engine.AssetAccounts.Remove(TempStore.Admin, new AssetReference("web-1"), "root");
        _world.AddAccount("web-1", "root");
        Assert.False(_world.Check("ana", "web-1", "root").Granted);
        Assert.Empty(Assert.Single(All()).Accounts);
    }

    [Fact]
    public void Grants_go_with_their_user_and_their_asset()
    {
        _world.Grant("ana", "web-1", "root");
        _world.Grant("bob", "web-2", "root");
        _world.Engine.Users.Remove(TempStore.Admin, new UserReference("ana"));
        Assert.Equal("bob → web-2", Assert.Single(All()).ToString());
        _world.Engine.Assets.Remove(TempStore.Admin, new AssetReference("web-2"));
        Assert.Empty(All());
    }

    [Fact]
    public void Who_is_no_administrator_grants_and_revokes_nothing()
    {
        Assert.Throws<NotAuthorizedException>(() => _world.Engine.Grants.Add(TempStore.Stranger, new UserReference("ana"), new AssetReference("web-1"), ["root"], null, null));
        _world.Grant("ana", "web-1", "root");
        Assert.Throws<NotAuthorizedException>(() => _world.Engine.Grants.Revoke(TempStore.Stranger, new UserReference("ana"), new AssetReference("web-1"), []));
        Assert.Single(All());
    }

    [Fact]
    public void Grants_are_listed_by_user_by_asset_and_by_owner()
    {
        _world.Grant("ana", "web-1", "root");
        _world.Grant("ana", "db-1", "root");
        _world.Grant("bob", "web-1", "root");
        Assert.Equal(["ana → web-1", "bob → web-1", "ana → db-1"], All().Select(g => g.ToString()));
        Assert.Equal(["ana → web-1", "ana → db-1"], All(new GrantFilter { User = new UserReference("ana") }).Select(g => g.ToString()));
        Assert.Equal(["ana → web-1", "bob → web-1"], All(new GrantFilter { Asset = new AssetReference("web-1") }).Select(g => g.ToString()));
        Assert.Equal(["ana → db-1"], All(new GrantFilter { OwnerAccountIds = [GrantWorld.Prod] }).Select(g => g.ToString()));
        Assert.Equal(["ana → db-1"], All(new GrantFilter { OwnerAccountIds = [GrantWorld.Prod], User = new UserReference("ana"), Asset = new AssetReference("db-1") }).Select(g => g.ToString()));
        Assert.Equal(["ana → db-1", "ana → web-1", "bob → web-1"], All(new GrantFilter { OwnerAccountIds = [GrantWorld.Prod, GrantWorld.Dev] }).Select(g => g.ToString()));
        Assert.Throws<UserNotFoundException>(() => _world.Engine.Grants.List(new GrantFilter { User = new UserReference("nobody at all") }));
    }

    [Fact]
    public async Task Administrators_who_grant_at_once_lose_nothing_and_make_no_twins()
    {
        string[] accounts = [.. Enumerable.Range(0, 8).Select(i => $"app{i}")];
        foreach (string account in accounts) _world.AddAccount("web-1", account);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            using Engine engine = Engine.Open(_world.Store.Location, _world.Store.Clock);
            foreach (string account in worker % 2 == 0 ? accounts : accounts.Reverse())
                engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), [account], null, null);
        })));
        Assert.Equal(accounts, Assert.Single(All()).Accounts);
        Assert.Equal(accounts.Length, _world.Store.Events("grant.added").Count);
    }
}
