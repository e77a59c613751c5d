using Bastion.Assets;
using Bastion.Grants;
using Bastion.Users;

namespace Bastion.Unit.Grants;

public sealed class RevokeTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public void Dispose() => _world.Dispose();

    private IReadOnlyList<Grant> Revoke(params string[] accounts) => _world.Engine.Grants.Revoke(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), accounts);

    private Grant[] All() => [.. _world.Engine.Grants.List(new GrantFilter())];

    [Fact]
    public void Revoking_without_accounts_takes_the_whole_grant()
    {
        _world.Grant("ana", "web-1", "root", "deploy");
        _world.Grant("bob", "web-1", "root");
        Assert.Empty(Revoke());
        Assert.Equal("bob", Assert.Single(All()).User);
        Assert.Equal("deploy, root", Assert.Single(_world.Store.Events("grant.revoked")).Detail);
    }

    [Fact]
    public void Revoking_an_account_leaves_the_others()
    {
        _world.Grant("ana", "web-1", "root", "deploy");
        Assert.Equal(["deploy"], Assert.Single(Revoke("root")).Accounts);
        Assert.False(_world.Check("ana", "web-1", "root").Granted);
        Assert.True(_world.Check("ana", "web-1", "deploy").Granted);
    }

    [Fact]
    public void A_grant_goes_with_its_last_account()
    {
        _world.Grant("ana", "web-1", "root");
        Assert.Empty(Revoke("root"));
        Assert.Empty(All());
    }

    [Fact]
    public void Revoking_takes_an_account_out_of_every_grant_whatever_its_limits()
    {
        _world.Grant("ana", "web-1", "root");
        _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), ["root", "deploy"], null, _world.Now.AddDays(1));
        Assert.Equal(["deploy"], Assert.Single(Revoke("root")).Accounts);
        Assert.False(_world.Check("ana", "web-1", "root").Granted);
    }

    [Fact]
    public void What_is_not_granted_is_an_error_and_nothing_is_revoked()
    {
        Assert.Equal("GrantNotFound", Assert.Throws<GrantNotFoundException>(() => Revoke()).Id);
        _world.Grant("ana", "web-1", "root");
        var e = Assert.Throws<GrantNotFoundException>(() => Revoke("root", "deploy"));
        Assert.Contains("granted root", e.Message, StringComparison.Ordinal);
        Assert.Throws<AssetAccountNotFoundException>(() => Revoke("rooot"));
        Assert.True(_world.Check("ana", "web-1", "root").Granted);
        Assert.Empty(_world.Store.Events("grant.revoked"));
    }

    [Fact]
    public void One_account_can_not_be_taken_out_of_all()
    {
        _world.Grant("ana", "web-1", "*");
        Assert.Equal("GrantOfAllAccounts", Assert.Throws<GrantOfAllAccountsException>(() => Revoke("root")).Id);
        Assert.Empty(Revoke("*"));
    }
}
