using Bastion.Grants;
using Bastion.Users;

namespace Bastion.Unit.Grants;

public sealed class AuthorizedAssetTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_user_reaches_what_is_granted_by_owner_account()
    {
        _world.Grant("ana", "web-2", "root");
        _world.Grant("ana", "db-1", "root");
        _world.Grant("ana", "web-1", "*");
        _world.Grant("bob", "web-1", "root");
        Assert.Equal([("web-1", GrantWorld.Dev), ("web-2", GrantWorld.Dev), ("db-1", GrantWorld.Prod)], _world.Reach("ana").Select(a => (a.Asset, a.OwnerAccountId)));
        Assert.Equal(["db-1"], _world.Reach("ana", GrantWorld.Prod).Select(a => a.Asset));
        Assert.Empty(_world.Reach("ana", "9999999999999999"));
        AuthorizedAsset web = _world.Reach("ana")[0];
        Assert.Equal(("ana", "10.0.0.1", "SSH:22"), (web.User, web.Address, web.Protocols));
    }

    [Fact]
    public void Several_grants_on_an_asset_are_one_line()
    {
        DateTimeOffset tomorrow = _world.Now.AddDays(1), later = _world.Now.AddDays(2);
        _world.Grant("ana", "web-1");
        _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new("web-1"), ["root"], null, tomorrow);
        Assert.Equal(tomorrow, Assert.Single(_world.Reach("ana")).ValidUntil);
        _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new("web-1"), ["deploy"], null, later);
        AuthorizedAsset one = Assert.Single(_world.Reach("ana"));
        Assert.Equal(["deploy", "root"], one.Accounts);
        Assert.Equal(later, one.ValidUntil);
        _world.Store.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["deploy"], Assert.Single(_world.Reach("ana")).Accounts);
        _world.Store.Clock.Advance(TimeSpan.FromDays(1));
        one = Assert.Single(_world.Reach("ana"));
        Assert.Empty(one.Accounts);
        Assert.Null(one.ValidUntil);
    }

    [Fact]
    public void A_user_who_is_not_valid_reaches_nothing()
    {
        _world.Grant("ana", "web-1", "root");
        _world.Engine.Users.Change(TempStore.Admin, new UserReference("ana"), new UserChange { ValidUntil = new ChangeOf<DateTimeOffset?>(true, _world.Now) });
        Assert.Empty(_world.Reach("ana"));
    }

    [Fact]
    public void A_user_who_is_not_there_is_an_error_at_once() =>
        Assert.Throws<UserNotFoundException>(() => _world.Engine.Grants.AuthorizedAssets(new UserReference("nobody"), []));
}
