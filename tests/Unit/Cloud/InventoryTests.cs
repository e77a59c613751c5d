using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

/// <summary>Every operation, with the keys of the management account and of a delegated administrator.</summary>
public sealed class InventoryTests : AlibabaFixture
{
    private AlibabaInventory As(bool delegated) => Open(delegated ? Cloud.DelegatedCredentials : Cloud.ManagementCredentials);

    [Theory]
    [InlineData(false, Management)]
    [InlineData(true, Operations)]
    public async Task The_cloud_tells_who_the_key_is(bool delegated, string account)
    {
        CloudIdentity identity = await As(delegated).GetIdentityAsync(default);
        Assert.Equal(new CloudIdentity(account, "RAMUser", $"acs:ram::{account}:user/bastion"), identity);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_directory_is_the_same_from_both_accounts(bool delegated) =>
        Assert.Equal(new CloudDirectory("rd-Acme01", Management, "acme-management"), await As(delegated).GetDirectoryAsync(default));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_are_listed_with_how_they_joined_and_without_the_management_account(bool delegated)
    {
        List<CloudAccount> members = await All(As(delegated).ListAccountsAsync(default));
        Assert.Equal(Cloud.World.Members.Select(m => (m.Id, m.DisplayName, m.JoinMethod, m.Status, m.Usable)), members.Select(m => (m.Id, m.DisplayName, m.JoinMethod, m.Status, m.IsUsable)));
        Assert.Equal(["created", "invited"], members.Select(m => m.JoinMethod).Distinct());
        CloudAccount shop = members.Single(m => m.Id == Shop);
        Assert.Equal($"rd-Acme01/r-Acme01/fd-Production/{Shop}", shop.Path);
        Assert.Equal(new DateTimeOffset(2025, 1, 18, 8, 1, 50, 522, TimeSpan.Zero), shop.JoinedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_member_is_read_and_an_unknown_one_is_null(bool delegated)
    {
        AlibabaInventory cloud = As(delegated);
        Assert.Equal(("acme-shop-production", true), await cloud.GetAccountAsync(Shop, default) is { } shop ? (shop.DisplayName, shop.IsUsable) : default);
        Assert.Equal(("PromoteVerifying", false), await cloud.GetAccountAsync(Joining, default) is { } joining ? (joining.Status, joining.IsUsable) : default);
        Assert.Null(await cloud.GetAccountAsync("9999999999999999", default));
        Assert.Null(await cloud.GetAccountAsync("no account at all", default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Regions_of_hosts_and_databases_are_told_once_each(bool delegated) =>
        Assert.Equal(["cn-hangzhou", "ap-southeast-1", "eu-central-1"], await As(delegated).ListRegionsAsync(Shop, default));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hosts_and_databases_of_all_regions_come_with_their_owner(bool delegated)
    {
        List<CloudAsset> assets = await Assets(As(delegated), Shop);
        Assert.Equal(["catalogue", "office-1", "orders", "web-1", "web-2", "worker-1"], assets.Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.All(assets, a => Assert.Equal(Shop, a.OwnerAccountId));
        Assert.Equal(2, assets.Select(a => a.Region).Distinct().Count());
    }

    [Fact]
    public async Task A_host_is_told_with_addresses_system_state_and_tags()
    {
        List<CloudAsset> assets = await Assets(Open(), Shop);
        Instance world = Cloud.World.InstancesOf(Shop).Single(i => i.Name == "web-1");
        CloudAsset web = assets.Single(a => a.Name == "web-1");
        Assert.Equal((CloudAssetKind.Host, world.Id, "cn-hangzhou", "Running"), (web.Kind, web.InstanceId, web.Region, web.Status));
        Assert.Equal(("10.3.0.10", "203.0.113.31", "linux", "Ubuntu 22.04 64 bit"), (web.PrivateAddress, web.PublicAddress, web.OperatingSystem, web.OperatingSystemName));
        Assert.Equal(new Dictionary<string, string> { ["env"] = "prod", ["app"] = "shop" }, web.Tags);
        Assert.Equal("203.0.113.32", assets.Single(a => a.Name == "web-2").PublicAddress);
        Assert.Equal(("Stopped", null), assets.Single(a => a.Name == "worker-1") is { } worker ? (worker.Status, worker.PublicAddress) : default);
        Assert.Equal("windows", assets.Single(a => a.Name == "office-1").OperatingSystem);
    }

    [Fact]
    public async Task A_database_is_told_with_engine_addresses_and_port()
    {
        Cloud.World.PutDatabase(Shop, Cloud.World.DatabasesOf(Shop).Single(d => d.Name == "orders") with { Port = 3307, PublicHost = "orders.example.com" });
        CloudAsset orders = (await Assets(Open(), Shop)).Single(a => a.Name == "orders");
        Database world = Cloud.World.DatabasesOf(Shop).Single(d => d.Name == "orders");
        Assert.Equal((CloudAssetKind.Database, "MySQL", "8.0", 3307), (orders.Kind, orders.Engine, orders.EngineVersion, orders.Port));
        Assert.Equal((world.PrivateHost, "orders.example.com"), (orders.PrivateAddress, orders.PublicAddress));
        Assert.Equal("SQLServer", (await Assets(Open(), "1000000000000005")).Single(a => a.Name == "fleet").Engine);
    }

    [Fact]
    public async Task Only_the_kinds_and_regions_asked_for_are_called()
    {
        var query = new CloudAssetQuery([CloudAssetKind.Host], ["ap-southeast-1", "ap-southeast-1"]);
        Assert.Equal(["office-1"], (await Assets(Open(), Shop, query)).Select(a => a.Name));
        Assert.Equal((1, 0, 0), (Cloud.Requests.Count("DescribeInstances"), Cloud.Requests.Count("DescribeDBInstances"), Cloud.Requests.Count("DescribeRegions")));
    }

    [Fact]
    public async Task The_account_of_the_key_itself_needs_no_role()
    {
        Assert.Equal(["jump-1", "monitor-1"], (await Assets(Open(Cloud.DelegatedCredentials), Operations)).Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.Equal(0, Cloud.Requests.Count("AssumeRole"));
    }

    [Fact]
    public async Task A_role_is_taken_on_once_for_each_member_however_many_ask()
    {
        AlibabaInventory cloud = Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Assets(cloud, n % 2 == 0 ? Shop : Operations)));
        Assert.Equal((2, 1), (Cloud.Requests.Count("AssumeRole"), Cloud.Requests.Count("GetCallerIdentity")));
    }

    [Fact]
    public async Task What_was_done_to_get_ready_is_not_done_again()
    {
        AlibabaInventory cloud = Open();
        await cloud.PrepareAsync(Shop, Everything, default);
        Assert.Equal((1, 2, 0), (Cloud.Requests.Count("AssumeRole"), Cloud.Requests.Count("DescribeRegions"), Cloud.Requests.Count("DescribeInstances")));
        Assert.Equal(6, (await Assets(cloud, Shop)).Count);
        Assert.Equal((1, 2), (Cloud.Requests.Count("AssumeRole"), Cloud.Requests.Count("DescribeRegions")));
        Assert.Equal("CloudRoleNotFound", (await Fails(() => cloud.PrepareAsync(Lab, Everything, default))).Id);
        Cloud.Faults.FailNext("Ecs.DescribeRegions", 1, 403, "Forbidden.RAM");
        await cloud.PrepareAsync(Operations, Everything, default);
        Assert.Equal(2, (await Assets(cloud, Operations)).Count);
    }

    [Fact]
    public async Task Another_role_is_taken_on_where_one_was_named()
    {
        Cloud.World.ChangeAccount(Lab, a => a with { Roles = [new("bastion-reader", "300000000000000006", null, TimeSpan.FromHours(1))] });
        Assert.Equal(["lab-1"], (await Assets(Open(with: o => o with { RoleName = "Bastion-Reader" }), Lab)).Select(a => a.Name));
    }

    [Fact]
    public async Task Nothing_is_left_to_find_in_an_account_without_assets() => Assert.Empty(await Assets(Open(), Management));

    [Fact]
    public async Task A_reader_who_leaves_early_ends_the_calls()
    {
        await foreach (CloudAsset _ in Open().ListAssetsAsync(Shop, Everything, default)) break;
    }
}
