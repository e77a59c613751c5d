using System.Text.Json.Nodes;
using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

/// <summary>The official SDKs against the rehearsal cloud: every operation, with lasting keys and STS tokens, compared with the world.</summary>
public sealed class NodeSdkTests(NodeSdk sdk) : IClassFixture<NodeSdk>, IAsyncLifetime
{
    private const string Management = CloudFixture.Management, Operations = CloudFixture.Operations, Shop = CloudFixture.Shop;
    private RehearsalCloud _cloud = null!;

    public async Task InitializeAsync() => _cloud = await RehearsalCloud.StartAsync(World.Acme());

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

    [Fact]
    public async Task Each_kind_of_key_learns_who_it_is()
    {
        JsonNode user = (await Call("sts.GetCallerIdentity")).Answer, root = (await Call("sts.GetCallerIdentity", null, _cloud.RootCredentials)).Answer;
        Assert.Equal(("RAMUser", Management), ((string?)user["identityType"], (string?)user["accountId"]));
        Assert.Equal(("Account", $"acs:ram::{Management}:root"), ((string?)root["identityType"], (string?)root["arn"]));
        JsonNode role = (await Call("sts.GetCallerIdentity", null, await RoleAsync(Shop))).Answer;
        Assert.Equal(("AssumedRoleUser", Shop, $"{role["roleId"]}:node"), ((string?)role["identityType"], (string?)role["accountId"], (string?)role["principalId"]));
    }

    [Fact]
    public async Task A_role_gives_a_key_that_holds_as_long_as_asked()
    {
        JsonNode answer = (await Call("sts.AssumeRole", new { roleArn = RoleArn(Shop), roleSessionName = "ana@host-1", durationSeconds = 900, sourceIdentity = "ana" })).Answer;
        Assert.EndsWith("/ana@host-1", (string?)answer["assumedRoleUser"]!["arn"], StringComparison.Ordinal);
        Assert.Equal("ana", (string?)answer["sourceIdentity"]);
        DateTimeOffset ends = DateTimeOffset.Parse((string)answer["credentials"]!["expiration"]!);
        Assert.InRange(ends, DateTimeOffset.UtcNow.AddMinutes(10), DateTimeOffset.UtcNow.AddMinutes(15));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_directory_and_its_members_are_those_of_the_world(bool delegated)
    {
        NodeKey key = delegated ? _cloud.DelegatedCredentials : _cloud.ManagementCredentials;
        JsonNode directory = (await Call("rm.GetResourceDirectory", null, key)).Answer["resourceDirectory"]!;
        Assert.Equal(("rd-Acme01", Management, "acme-management"), ((string?)directory["resourceDirectoryId"], (string?)directory["masterAccountId"], (string?)directory["masterAccountName"]));

        var members = new List<JsonNode>();
        for (int page = 1; page <= 3; page++)
        {
            NodeOutcome outcome = await Call("rm.ListAccounts", new { pageNumber = page, pageSize = 2, includeTags = true }, key);
            Assert.Equal(_cloud.World.Members.Count, (int?)outcome.Answer["totalCount"]);
            members.AddRange(outcome.List("accounts", "account"));
        }

        Assert.Equal(_cloud.World.Members.Select(m => (m.Id, m.DisplayName, m.JoinMethod, m.Status)),
            members.Select(m => ((string)m["accountId"]!, (string)m["displayName"]!, (string)m["joinMethod"]!, (string)m["status"]!)));
        Assert.Equal(_cloud.World.FindAccount(Shop)!.Tags, TagsOf(members.Single(m => (string?)m["accountId"] == Shop)["tags"]!["tag"]!, "key", "value"));

        JsonNode one = (await Call("rm.GetAccount", new { accountId = Shop, includeTags = true }, key)).Answer["account"]!;
        Assert.Equal(("acme-shop-production", "ResourceAccount", "root/Production/acme-shop-production"), ((string?)one["displayName"], (string?)one["type"], (string?)one["location"]));
        Assert.Equal(_cloud.World.FindAccount(Shop)!.Tags, TagsOf(one["tags"]!, "key", "value"));
        NodeOutcome filtered = await Call("rm.ListAccounts", new { tag = new[] { new { key = "team", value = "shop" } } }, key);
        Assert.Equal([Shop, "1000000000000004"], filtered.List("accounts", "account").Select(m => (string?)m["accountId"]));
    }

    [Fact]
    public async Task Regions_are_those_of_the_world()
    {
        NodeKey role = await RoleAsync(Shop);
        Assert.Equal(_cloud.World.Regions.Select(r => r.Id), (await Call("ecs.DescribeRegions", new { acceptLanguage = "en-US" }, role)).List("regions", "region").Select(r => (string)r["regionId"]!));
        IEnumerable<JsonNode> zones = (await Call("rds.DescribeRegions", null, role)).List("regions", "RDSRegion");
        Assert.Equal(_cloud.World.Regions.SelectMany(r => new[] { (r.Id, $"{r.Id}-h"), (r.Id, $"{r.Id}-i") }), zones.Select(z => ((string)z["regionId"]!, (string)z["zoneId"]!)));
    }

    [Fact]
    public async Task Hosts_are_those_of_the_world_with_all_that_is_told_of_them()
    {
        NodeKey role = await RoleAsync(Shop);
        foreach (Region region in _cloud.World.Regions)
        {
            NodeOutcome outcome = await Call("ecs.DescribeInstances", new { regionId = region.Id, maxResults = 100 }, role);
            Instance[] world = [.. _cloud.World.InstancesOf(Shop).Where(i => i.RegionId == region.Id)];
            JsonNode[] told = [.. outcome.List("instances", "instance")];
            Assert.Equal(
                world.Select(i => (i.Id, i.Name, i.Status, i.OsType, i.OsName, i.PrivateIp, i.Eip)),
                told.Select(i => ((string)i["instanceId"]!, (string)i["instanceName"]!, (string)i["status"]!, (string)i["OSType"]!, (string)i["OSName"]!,
                    (string)i["vpcAttributes"]!["privateIpAddress"]!["ipAddress"]![0]!, (string)i["eipAddress"]!["ipAddress"]!)));
            Assert.Equal(world.Select(i => i.PublicIp), told.Select(i => (string?)i["publicIpAddress"]!["ipAddress"]!.AsArray().FirstOrDefault() ?? ""));
            Assert.All(world.Zip(told), pair => Assert.Equal(pair.First.Tags, TagsOf(pair.Second["tags"]!["tag"]!, "tagKey", "tagValue")));
        }
    }

    [Fact]
    public async Task Hosts_are_filtered_as_asked()
    {
        NodeKey role = await RoleAsync(Shop);
        async Task<string> Names(object request) => string.Join(' ', (await Call("ecs.DescribeInstances", request, role)).List("instances", "instance").Select(i => (string?)i["instanceName"]));
        string web1 = _cloud.World.InstancesOf(Shop).Single(i => i.Name == "web-1").Id;
        Assert.Equal("web-1 web-2", await Names(new { regionId = "cn-hangzhou", instanceName = "web*" }));
        Assert.Equal("worker-1", await Names(new { regionId = "cn-hangzhou", status = "Stopped" }));
        Assert.Equal("web-1", await Names(new { regionId = "cn-hangzhou", instanceIds = $"""["{web1}","i-none"]""" }));
        Assert.Equal("web-2", await Names(new { regionId = "cn-hangzhou", publicIpAddresses = """["203.0.113.32"]""" }));
        Assert.Equal("web-1 web-2 worker-1", await Names(new { regionId = "cn-hangzhou", tag = new[] { new { key = "app", value = "shop" }, new { key = "env", value = "prod" } } }));
        Assert.Equal("", await Names(new { regionId = "cn-hangzhou", tag = new[] { new { key = "owner's (team)!", value = "a b*c~d+e/f=g&h%i é 云" } } }));
    }

    [Fact]
    public async Task Databases_are_those_of_the_world_with_where_they_are_reached()
    {
        NodeKey role = await RoleAsync("1000000000000005");
        Database world = Assert.Single(_cloud.World.DatabasesOf("1000000000000005"));
        foreach (object paging in new object[] { new { regionId = "ap-southeast-1", pageNumber = 1, pageSize = 100 }, new { regionId = "ap-southeast-1", maxResults = 100 } })
        {
            NodeOutcome outcome = await Call("rds.DescribeDBInstances", paging, role);
            JsonNode told = Assert.Single(outcome.List("items", "DBInstance"));
            Assert.Equal((world.Id, world.Name, world.Engine, world.EngineVersion, world.Status, 1), ((string)told["DBInstanceId"]!, (string)told["DBInstanceDescription"]!, (string)told["engine"]!,
                (string)told["engineVersion"]!, (string)told["DBInstanceStatus"]!, (int)outcome.Answer["totalRecordCount"]!));
        }

        NodeOutcome net = await Call("rds.DescribeDBInstanceNetInfo", new { DBInstanceId = world.Id }, role);
        Assert.Equal([("Private", world.PrivateHost, "1433"), ("Public", "fleet-acme.sqlserver.rds.aliyuncs.com", "1433")],
            net.List("DBInstanceNetInfos", "DBInstanceNetInfo").Select(e => ((string)e["IPType"]!, (string)e["connectionString"]!, (string)e["port"]!)));
        JsonNode attribute = Assert.Single((await Call("rds.DescribeDBInstanceAttribute", new { DBInstanceId = world.Id }, role)).List("items", "DBInstanceAttribute"));
        Assert.Equal((world.PrivateHost, "1433", "SQLServer"), ((string?)attribute["connectionString"], (string?)attribute["port"], (string?)attribute["engine"]));
        NodeOutcome mysql = await Call("rds.DescribeDBInstances", new { regionId = "ap-southeast-1", engine = "MySQL", instanceLevel = 1, tags = """{"env":"prod"}""" }, role);
        Assert.Empty(mysql.List("items", "DBInstance"));
    }

    [Fact]
    public async Task Pages_are_turned_by_token_and_by_number()
    {
        Instance one = _cloud.World.InstancesOf(Operations)[0];
        for (int i = 0; i < 23; i++) _cloud.World.AddInstance(Operations, one with { Id = $"i-more{i:D2}" });
        NodeKey key = _cloud.DelegatedCredentials;
        var seen = new List<string>();
        string? token = null;
        do
        {
            NodeOutcome page = await Call("ecs.DescribeInstances", new { regionId = "cn-hangzhou", maxResults = 10, nextToken = token }, key);
            seen.AddRange(page.List("instances", "instance").Select(i => (string)i["instanceId"]!));
            token = (string?)page.Answer["nextToken"];
        }
        while (!string.IsNullOrEmpty(token));
        Assert.Equal(_cloud.World.InstancesOf(Operations).Select(i => i.Id), seen);
        NodeOutcome third = await Call("ecs.DescribeInstances", new { regionId = "cn-hangzhou", pageNumber = 3, pageSize = 10 }, key);
        Assert.Equal((5, 25), (third.List("instances", "instance").Count(), (int)third.Answer["totalCount"]!));
    }

    [Fact]
    public async Task The_older_generic_client_with_a_form_in_the_body_is_understood_too()
    {
        NodeKey key = _cloud.ManagementCredentials;
        Assert.Equal(Management, (string?)(await sdk.CallAsync(_cloud, "GetCallerIdentity", "2015-04-01", key)).Answer["AccountId"]);
        NodeOutcome account = await sdk.CallAsync(_cloud, "GetAccount", "2020-03-31", key, query: new { IncludeTags = "true" }, form: new { AccountId = Shop });
        Assert.Equal("acme-shop-production", (string?)account.Answer["Account"]!["DisplayName"]);
        Assert.NotEmpty(account.Answer["Account"]!["Tags"]!.AsArray());
    }

    private Task<NodeOutcome> Call(string operation, object? request = null, NodeKey? key = null) => sdk.CallAsync(_cloud, operation, key ?? _cloud.ManagementCredentials, request);

    private Task<NodeKey> RoleAsync(string account) => NodeSdkErrorTests.RoleAsync(sdk, _cloud, account);

    private static string RoleArn(string account) => $"acs:ram::{account}:role/ResourceDirectoryAccountAccessRole";

    private static Dictionary<string, string> TagsOf(JsonNode tags, string key, string value) => tags.AsArray().ToDictionary(t => (string)t![key]!, t => (string)t![value]!);
}
