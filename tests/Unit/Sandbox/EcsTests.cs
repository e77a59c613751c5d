using System.Text.Json.Nodes;
using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

public sealed class EcsTests : CloudFixture
{
    private SignedClient _shop = null!;

    [Fact]
    public async Task Regions_are_those_of_the_world() => Assert.Equal(["cn-hangzhou", "ap-southeast-1", "eu-central-1"],
        (await Shops().CallAsync("ecs.DescribeRegions")).Body["Regions"]!["Region"]!.AsArray().Select(r => (string?)r!["RegionId"]));

    [Theory]
    [InlineData("InstanceName", "web*", "web-1 web-2")]
    [InlineData("InstanceName", "*", "web-1 web-2 worker-1")]
    [InlineData("InstanceName", "web-?", "")]
    [InlineData("InstanceName", "*-1", "web-1 worker-1")]
    [InlineData("InstanceName", "w*r*1", "worker-1")]
    [InlineData("InstanceName", "web-1*1", "")]
    [InlineData("InstanceName", "WEB-1", "")]
    [InlineData("Status", "Stopped", "worker-1")]
    [InlineData("VpcId", "vpc-0003", "web-1 web-2 worker-1")]
    [InlineData("VpcId", "vpc-9999", "")]
    [InlineData("ZoneId", "cn-hangzhou-g", "web-1 web-2 worker-1")]
    [InlineData("PrivateIpAddresses", """["10.3.0.10","10.3.0.21"]""", "web-1 worker-1")]
    [InlineData("PublicIpAddresses", """["203.0.113.32"]""", "web-2")]
    [InlineData("EipAddresses", """["203.0.113.31"]""", "web-1")]
    [InlineData("InstanceNetworkType", "vpc", "web-1 web-2 worker-1")]
    [InlineData("InstanceNetworkType", "classic", "")]
    [InlineData("InstanceIds", "[]", "")]
    public async Task A_filter_leaves_what_fits(string name, string value, string names) => Assert.Equal(names, string.Join(' ', Names(await Describe((name, value)))));

    [Fact]
    public async Task Tags_must_all_be_there_and_one_without_value_fits_any()
    {
        Assert.Equal(3, Names(await Describe(("Tag.1.Key", "env"))).Length);
        Assert.Equal(3, Names(await Describe(("Tag.1.Key", "env"), ("Tag.1.Value", "prod"), ("Tag.20.Key", "app"), ("Tag.20.Value", "shop"))).Length);
        Assert.Empty(Names(await Describe(("Tag.1.Key", "env"), ("Tag.1.Value", "prod"), ("Tag.2.Key", "app"), ("Tag.2.Value", "other"))));
    }

    [Theory]
    [InlineData("Status", "Dreaming", 404, "InvalidStatus.NotFound")]
    [InlineData("InstanceNetworkType", "string", 404, "InvalidNetworkType.NotFound")]
    [InlineData("InstanceIds", "i-1", 400, "InvalidParameter")]
    [InlineData("Tag.1.Value", "prod", 400, "InvalidTag.Mismatch")]
    [InlineData("Tag.21.Key", "env", 400, "InvalidTagCount")]
    [InlineData("RegionId", "mars-1", 404, "InvalidRegionId.NotFound")]
    [InlineData("RegionId", "", 400, "MissingRegionId")]
    [InlineData("PageSize", "101", 400, "InvalidParameter")]
    [InlineData("NextToken", "forged", 400, "InvalidParameter")]
    public async Task A_wrong_parameter_is_told(string name, string value, int status, string code)
    {
        Answer answer = await Describe((name, value));
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData("1", 10)]
    [InlineData("25", 25)]
    [InlineData("100", 100)]
    [InlineData("5000", 100)]
    public async Task A_page_by_token_has_ten_to_a_hundred(string? asked, int size)
    {
        Fill(130);
        (string, string)[] most = asked is null ? [] : [("MaxResults", asked)];
        Answer first = await Describe(most);
        Assert.Equal(size, Names(first).Length);
        Answer second = await Describe([.. most, ("NextToken", first.Text("NextToken"))]);
        Assert.Empty(Names(first, "InstanceId").Intersect(Names(second, "InstanceId")));
        Assert.Equal(0, (int?)first.Body["TotalCount"]);
    }

    [Fact]
    public async Task A_listing_by_token_survives_what_goes_while_its_pages_turn()
    {
        Fill(30);
        Answer first = await Describe();
        string[] shown = Names(first, "InstanceId");
        Cloud.World.ReleaseInstance(shown[^1]);
        var rest = new List<string>();
        for (string token = first.Text("NextToken"); token.Length > 0;)
        {
            Answer page = await Describe(("NextToken", token));
            rest.AddRange(Names(page, "InstanceId"));
            token = page.Text("NextToken");
        }

        Assert.Equal(Cloud.World.InstancesOf(Shop).Where(i => i.RegionId == "cn-hangzhou").Select(i => i.Id).Except(shown), rest);
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_listing_only()
    {
        Fill(30);
        string token = (await Describe()).Text("NextToken");
        Assert.Equal("InvalidParameter", (await Shops().CallAsync("ecs.DescribeInstances", ("RegionId", "eu-central-1"), ("NextToken", token))).Code);
        using SignedClient other = As(Cloud.DelegatedCredentials);
        Assert.Equal("InvalidParameter", (await other.CallAsync("ecs.DescribeInstances", ("RegionId", "cn-hangzhou"), ("NextToken", token))).Code);
    }

    [Fact]
    public async Task Pages_by_number_count_all()
    {
        Fill(22);
        Answer third = await Describe(("PageNumber", "3"), ("PageSize", "10"));
        Assert.Equal((5, 25, 3, 10), (Names(third).Length, (int)third.Body["TotalCount"]!, (int)third.Body["PageNumber"]!, (int)third.Body["PageSize"]!));
        Assert.Empty(Names(await Describe(("PageNumber", "2147483647"), ("PageSize", "100"))));
    }

    [Fact]
    public async Task An_account_sees_only_its_own()
    {
        using SignedClient lab = As(Cloud.CredentialsOf(Lab));
        Assert.Empty(Names(await lab.CallAsync("ecs.DescribeInstances", ("RegionId", "cn-hangzhou"))));
        Assert.Equal(["lab-1"], Names(await lab.CallAsync("ecs.DescribeInstances", ("RegionId", "eu-central-1"))));
    }

    private SignedClient Shops() => _shop ??= As(Cloud.CredentialsOf(Shop));

    private Task<Answer> Describe(params (string Name, string Value)[] parameters) =>
        Shops().CallAsync("ecs.DescribeInstances", parameters.Any(p => p.Name == "RegionId") ? parameters : [("RegionId", "cn-hangzhou"), .. parameters]);

    private void Fill(int count)
    {
        Instance one = Cloud.World.InstancesOf(Shop).First(i => i.RegionId == "cn-hangzhou");
        for (int i = 0; i < count; i++) Cloud.World.AddInstance(Shop, one with { Id = $"i-fill{i:D4}" });
    }

    private static string[] Names(Answer answer, string field = "InstanceName") => [.. answer.Body["Instances"]!["Instance"]!.AsArray().Select(i => (string)i![field]!)];
}
