using Bastion.Accounts;
using Bastion.Assets;

namespace Bastion.Unit.Assets;

public sealed class AssetTests : IDisposable
{
    private const string Dev = "1111111111111111";
    private const string Prod = "2222222222222222";
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    private AssetService Assets => _store.Engine.Assets;

    private Asset Add(string name, string owner = Dev, string? address = "10.0.0.1") =>
        Assets.Add(TempStore.Admin, new NewAsset { Name = name, OwnerAccountId = owner, PrivateAddress = address });

    [Fact]
    public void Assets_are_listed_by_owner_and_by_wildcard()
    {
        Add("web-1");
        Add("web-2", Prod);
        Add("db-1", Prod);
        Assert.Equal(["db-1", "web-2"], Assets.List(new AssetFilter { OwnerAccountIds = [Prod] }).Select(a => a.Name));
        Assert.Equal(["web-1", "web-2"], Assets.List(new AssetFilter { Names = [new NamePattern("web*")] }).Select(a => a.Name));
        Assert.Equal(["web-2"], Assets.List(new AssetFilter { Names = [new NamePattern("WEB*")], OwnerAccountIds = [Prod] }).Select(a => a.Name));
    }

    [Fact]
    public void A_host_speaks_SSH_on_port_22_and_a_Windows_host_RDP_unless_told_otherwise()
    {
        Assert.Equal("SSH:22", Add("web-1").Protocols);
        Assert.Equal("RDP:3389", Assets.Add(TempStore.Admin, new NewAsset { Name = "win", OwnerAccountId = Dev, PrivateAddress = "10.0.0.2", OperatingSystem = "windows" }).Protocols);
        Assert.Equal("SSH:2222", Assets.Add(TempStore.Admin, new NewAsset { Name = "odd", OwnerAccountId = Dev, PrivateAddress = "10.0.0.3", Ports = new Dictionary<string, int> { ["ssh"] = 2222 } }).Protocols);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("10.0.0.1; rm -rf /")]
    [InlineData("-oProxyCommand=x")]
    public void An_address_is_an_IP_address_or_a_domain_name(string address)
    {
        Assert.Equal("InvalidAddress", Assert.Throws<InvalidAddressException>(() => Add("web-1", address: address)).Id);
        Assert.Empty(Assets.List(new AssetFilter()));
    }

    [Fact]
    public void An_asset_without_an_address_is_refused() =>
        Assert.Equal("AddressMissing", Assert.Throws<AddressMissingException>(() => Add("web-1", address: null)).Id);

    [Fact]
    public void An_account_id_with_odd_characters_is_refused() =>
        Assert.Equal("InvalidAccountId", Assert.Throws<InvalidAccountIdException>(() => Add("web-1", "12 34'")).Id);

    [Fact]
    public void A_name_that_is_not_there_offers_the_nearest()
    {
        Add("web-1");
        var e = Assert.Throws<AssetNotFoundException>(() => Assets.Resolve(new AssetReference("wbe-1")));
        Assert.Contains("'web-1'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rename_keeps_the_id_and_refuses_a_taken_name()
    {
        Asset web = Add("web-1");
        Add("web-2");
        Assert.Equal(web.Id, Assets.Change(TempStore.Admin, new AssetReference("web-1"), new AssetChange { Name = "front" }).Id);
        Assert.Equal("Front", Assets.Change(TempStore.Admin, new AssetReference("front"), new AssetChange { Name = "Front" }).Name);
        Assert.Throws<NameTakenException>(() => Assets.Change(TempStore.Admin, new AssetReference("front"), new AssetChange { Name = "web-2" }));
    }

    [Fact]
    public void A_comment_can_be_set_and_taken_away()
    {
        Add("web-1");
        Assert.Equal("x", Assets.Change(TempStore.Admin, new AssetReference("web-1"), new AssetChange { Comment = "x" }).Comment);
        Assert.Equal("x", Assets.Change(TempStore.Admin, new AssetReference("web-1"), new AssetChange { AddressType = AddressType.Private }).Comment);
        Assert.Null(Assets.Change(TempStore.Admin, new AssetReference("web-1"), new AssetChange { Comment = new ChangeOf<string>(true, null) }).Comment);
    }

    [Fact]
    public void Who_is_no_administrator_changes_nothing()
    {
        Assert.Throws<NotAuthorizedException>(() => Assets.Add(TempStore.Stranger, new NewAsset { Name = "x", OwnerAccountId = Dev, PrivateAddress = "10.0.0.1" }));
        Assert.Empty(Assets.List(new AssetFilter()));
    }

    [Fact]
    public void Removing_an_asset_takes_its_accounts_and_their_secrets_along()
    {
        Add("web-1");
        _store.Engine.AssetAccounts.Add(TempStore.Admin, new AssetReference("web-1"), new NewAssetAccount { Name = "root", Password = "s3cret"u8.ToArray() });
        Assets.Remove(TempStore.Admin, new AssetReference("web-1"));
        Assert.Equal(0, _store.Engine.Context.Database.Read(connection => connection.Scalar<long>("SELECT count(*) FROM secrets")));
        Assert.Single(_store.Events("asset.removed"));
    }
}
