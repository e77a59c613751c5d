using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

/// <summary>A thousand accounts with a hundred assets each.</summary>
public sealed class GeneratedWorldTests : CloudFixture
{
    private protected override World MakeWorld() => World.Generate(1000, 100);

    [Fact]
    public void It_is_as_large_as_asked_with_every_asset_its_own_id()
    {
        string[] ids = [.. Cloud.World.Members.SelectMany(m => Cloud.World.InstancesOf(m.Id).Select(i => i.Id).Concat(Cloud.World.DatabasesOf(m.Id).Select(d => d.Id)))];
        Assert.Equal((1001, 100_000, 100_000), (Cloud.World.Members.Count, ids.Length, ids.Distinct().Count()));
        Assert.Equal(["created", "invited"], Cloud.World.Members.Select(m => m.JoinMethod).Distinct());
    }

    [Fact]
    public void The_same_numbers_make_the_same_world()
    {
        World again = World.Generate(1000, 100);
        Assert.Equal(Cloud.World.Members.Select(m => m.DisplayName), again.Members.Select(m => m.DisplayName));
        const string Some = "2000000000000777";
        Assert.Equal(Cloud.World.InstancesOf(Some).Select(i => (i.Id, i.Name, i.PrivateIp, i.Status)), again.InstancesOf(Some).Select(i => (i.Id, i.Name, i.PrivateIp, i.Status)));
        Assert.Equal(Cloud.World.DatabasesOf(Some).Select(d => (d.Id, d.Engine, d.Port)), again.DatabasesOf(Some).Select(d => (d.Id, d.Engine, d.Port)));
    }

    [Fact]
    public void Assets_are_in_the_order_in_which_pages_turn()
    {
        const string Some = "2000000000000123";
        Assert.Equal(Cloud.World.InstancesOf(Some).Select(i => i.Id).Order(StringComparer.Ordinal), Cloud.World.InstancesOf(Some).Select(i => i.Id));
        Assert.Equal(Cloud.World.DatabasesOf(Some).Select(d => d.Id).Order(StringComparer.Ordinal), Cloud.World.DatabasesOf(Some).Select(d => d.Id));
    }

    [Fact]
    public async Task All_members_are_listed_a_hundred_at_a_time()
    {
        using SignedClient manager = Manager();
        var seen = new List<string>();
        for (int page = 1; page <= 11; page++)
            seen.AddRange((await manager.CallAsync("rm.ListAccounts", ("PageNumber", $"{page}"), ("PageSize", "100"))).Body["Accounts"]!["Account"]!.AsArray().Select(a => (string)a!["AccountId"]!));
        Assert.Equal(Cloud.World.Members.Select(m => m.Id), seen);
    }

    [Fact]
    public async Task Every_database_page_by_token_is_complete()
    {
        using SignedClient unit = await InAsync("2000000000000007");
        var seen = new List<string>();
        foreach (Region region in Cloud.World.Regions)
        {
            string token = "";
            do
            {
                Answer page = await unit.CallAsync("rds.DescribeDBInstances", ("RegionId", region.Id), ("MaxResults", "2"), ("NextToken", token));
                seen.AddRange(page.Body["Items"]!["DBInstance"]!.AsArray().Select(d => (string)d!["DBInstanceId"]!));
                token = page.Text("NextToken");
            }
            while (token.Length > 0);
        }

        Assert.Equal(Cloud.World.DatabasesOf("2000000000000007").Select(d => d.Id).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }
}
