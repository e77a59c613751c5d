using Bastion.Cloud;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

public sealed class PagingTests : AlibabaFixture
{
    private const string First = "2000000000000000";

    // 258 members; 720 hosts and 80 databases in each, over three regions.
    private protected override World MakeWorld() => World.Generate(257, 800);

    [Fact]
    public async Task More_members_than_a_page_holds_are_all_listed_once()
    {
        List<CloudAccount> members = await All(Open().ListAccountsAsync(default));
        Assert.Equal(Cloud.World.Members.Select(m => m.Id), members.Select(m => m.Id));
        Assert.Equal(258, members.Count);
        Assert.Equal(3, Cloud.Requests.Count("ListAccounts"));
    }

    [Fact]
    public async Task More_hosts_and_databases_than_a_page_holds_are_all_listed_once()
    {
        List<CloudAsset> assets = await Assets(Open(), First);
        string[] world = [.. Cloud.World.InstancesOf(First).Select(i => i.Id), .. Cloud.World.DatabasesOf(First).Select(d => d.Id)];
        Assert.Equal(world.Order(StringComparer.Ordinal), assets.Select(a => a.InstanceId).Order(StringComparer.Ordinal));
        Assert.Equal((9, 80), (Cloud.Requests.Count("DescribeInstances"), Cloud.Requests.Count("DescribeDBInstanceNetInfo")));
    }

    [Fact]
    public async Task Databases_of_one_region_turn_their_pages_too()
    {
        Database one = Cloud.World.DatabasesOf(First)[0];
        for (int i = 0; i < 230; i++) Cloud.World.PutDatabase(Operations, one with { Id = $"rm-many{i:D4}", RegionId = "eu-central-1" });
        Cloud.Requests.Clear();
        Assert.Equal(230, (await Assets(Open(), Operations, new CloudAssetQuery([CloudAssetKind.Database], ["eu-central-1"]))).Select(a => a.InstanceId).Distinct().Count());
        Assert.Equal(3, Cloud.Requests.Count("DescribeDBInstances"));
    }

    [Fact]
    public async Task A_page_token_that_no_longer_holds_starts_the_listing_again_without_telling_anything_twice()
    {
        Database one = Cloud.World.DatabasesOf(First)[0];
        for (int i = 0; i < 230; i++) Cloud.World.PutDatabase(Operations, one with { Id = $"rm-many{i:D4}", RegionId = "eu-central-1" });
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "DescribeDBInstances", Code = "Invalid.NextToken", HttpStatus = 400, Times = 1, After = 1 });
        List<CloudAsset> found = await Assets(Open(), Operations, new CloudAssetQuery([CloudAssetKind.Database], ["eu-central-1"]));
        Assert.Equal((230, 230), (found.Count, found.Select(a => a.InstanceId).Distinct().Count()));
    }
}
