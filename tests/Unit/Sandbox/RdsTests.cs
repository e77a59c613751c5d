using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

public sealed class RdsTests : CloudFixture
{
    private SignedClient _shop = null!;

    [Fact]
    public async Task Each_region_is_told_once_for_each_of_its_zones()
    {
        Answer answer = await Shops().CallAsync("rds.DescribeRegions");
        Assert.Equal(6, answer.Body["Regions"]!["RDSRegion"]!.AsArray().Select(r => (string?)r!["ZoneId"]).Distinct().Count());
    }

    [Theory]
    [InlineData("Engine", "PostgreSQL", "catalogue")]
    [InlineData("Engine", "MariaDB", "")]
    [InlineData("DBInstanceStatus", "Running", "orders catalogue")]
    [InlineData("DBInstanceStatus", "Stopped", "")]
    [InlineData("SearchKey", "cat", "catalogue")]
    [InlineData("Tags", """{"app":"shop"}""", "orders catalogue")]
    [InlineData("Tags", """{"app":"other"}""", "")]
    [InlineData("InstanceNetworkType", "Classic", "")]
    [InlineData("DBInstanceType", "Readonly", "")]
    [InlineData("VpcId", "vpc-0003", "orders catalogue")]
    public async Task A_filter_leaves_what_fits(string name, string value, string names) =>
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Names(await Describe((name, value))).Order());

    [Theory]
    [InlineData("Engine", "Oracle", 400, "InvalidParameter")]
    [InlineData("Tags", "[1]", 400, "InvalidParameter")]
    [InlineData("RegionId", "mars-1", 404, "InvalidRegionId.NotFound")]
    [InlineData("RegionId", "", 400, "MissingRegionId")]
    [InlineData("NextToken", "forged", 400, "Invalid.NextToken")]
    [InlineData("MaxResults", "101", 400, "InvalidParameter")]
    [InlineData("PageSize", "0", 400, "InvalidParameter")]
    public async Task A_wrong_parameter_is_told(string name, string value, int status, string code)
    {
        Answer answer = await Describe((name, value));
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task By_number_a_page_has_thirty_and_all_are_counted()
    {
        Fill(63);
        Answer first = await Describe(), third = await Describe(("PageNumber", "3"));
        Assert.Equal((30, 65, 30), (Names(first).Length, (int)first.Body["TotalRecordCount"]!, (int)first.Body["PageRecordCount"]!));
        Assert.Equal((5, 3), (Names(third).Length, (int)third.Body["PageNumber"]!));
        Assert.False(first.Body.ContainsKey("NextToken"));
    }

    [Fact]
    public async Task By_token_only_the_page_is_counted_and_numbers_are_ignored()
    {
        Fill(63);
        Answer first = await Describe(("MaxResults", "60"), ("PageNumber", "2"), ("PageSize", "5"));
        Assert.Equal((60, 60, 1), (Names(first).Length, (int)first.Body["TotalRecordCount"]!, (int)first.Body["PageNumber"]!));
        Answer last = await Describe(("MaxResults", "60"), ("NextToken", first.Text("NextToken")));
        Assert.Equal((5, 5, ""), (Names(last).Length, (int)last.Body["TotalRecordCount"]!, last.Text("NextToken")));
    }

    [Fact]
    public async Task Ends_and_details_of_a_database_are_told_and_an_unknown_one_is_not()
    {
        Database world = Cloud.World.DatabasesOf(Shop).Single(d => d.Name == "orders");
        Cloud.World.PutDatabase(Shop, world with { PublicHost = "orders.example.com", Port = 3999 });
        Answer net = await Shops().CallAsync("rds.DescribeDBInstanceNetInfo", ("DBInstanceId", world.Id));
        Assert.Equal([("Private", world.PrivateHost, "3999"), ("Public", "orders.example.com", "3999")],
            net.Body["DBInstanceNetInfos"]!["DBInstanceNetInfo"]!.AsArray().Select(e => ((string)e!["IPType"]!, (string)e["ConnectionString"]!, (string)e["Port"]!)));
        Answer split = await Shops().CallAsync("rds.DescribeDBInstanceNetInfo", ("DBInstanceId", world.Id), ("DBInstanceNetRWSplitType", "ReadWriteSplitting"));
        Assert.Empty(split.Body["DBInstanceNetInfos"]!["DBInstanceNetInfo"]!.AsArray());
        Answer detail = await Shops().CallAsync("rds.DescribeDBInstanceAttribute", ("DBInstanceId", world.Id));
        Assert.Equal("3999", (string?)detail.Body["Items"]!["DBInstanceAttribute"]![0]!["Port"]);
        using SignedClient other = As(Cloud.DelegatedCredentials);
        Assert.Equal("InvalidDBInstanceId.NotFound", (await other.CallAsync("rds.DescribeDBInstanceNetInfo", ("DBInstanceId", world.Id))).Code);
        Cloud.World.ReleaseDatabase(Shop, world.Id);
        Assert.Equal((400, "InvalidDBInstanceId.NotFound"), await Shops().CallAsync("rds.DescribeDBInstanceAttribute", ("DBInstanceId", world.Id)) is var gone ? (gone.Status, gone.Code) : default);
    }

    private SignedClient Shops() => _shop ??= As(Cloud.CredentialsOf(Shop));

    private Task<Answer> Describe(params (string Name, string Value)[] parameters) =>
        Shops().CallAsync("rds.DescribeDBInstances", parameters.Any(p => p.Name == "RegionId") ? parameters : [("RegionId", "cn-hangzhou"), .. parameters]);

    private void Fill(int count)
    {
        Database one = Cloud.World.DatabasesOf(Shop).First(d => d.RegionId == "cn-hangzhou");
        for (int i = 0; i < count; i++) Cloud.World.PutDatabase(Shop, one with { Id = $"rm-fill{i:D4}" });
    }

    private static string[] Names(Answer answer) => [.. answer.Body["Items"]!["DBInstance"]!.AsArray().Select(d => (string)d!["DBInstanceDescription"]!)];
}
