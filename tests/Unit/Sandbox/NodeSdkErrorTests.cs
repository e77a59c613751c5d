using System.Text.Json.Nodes;
using Bastion.Sandbox;
using Microsoft.Extensions.Time.Testing;

namespace Bastion.Unit.Sandbox;

/// <summary>What the official SDKs make of each error of the rehearsal cloud.</summary>
public sealed class NodeSdkErrorTests(NodeSdk sdk) : IClassFixture<NodeSdk>, IAsyncLifetime
{
    private const string Shop = CloudFixture.Shop, Lab = CloudFixture.Lab, Joining = CloudFixture.Joining;
    private RehearsalCloud _cloud = null!;

    public async Task InitializeAsync() => _cloud = await RehearsalCloud.StartAsync(World.Acme());

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

    [Fact]
    public async Task Keys_that_are_not_good()
    {
        NodeKey good = _cloud.ManagementCredentials;
        await Fails("sts.GetCallerIdentity", 400, "SignatureDoesNotMatch", key: good with { secret = "wrong" });
        await Fails("sts.GetCallerIdentity", 404, "InvalidAccessKeyId.NotFound", key: good with { id = "LTAInobody" });
        _cloud.SetKeyActive(_cloud.DelegatedCredentials.AccessKeyId, active: false);
        await Fails("sts.GetCallerIdentity", 400, "InvalidAccessKeyId.Inactive", key: _cloud.DelegatedCredentials);
    }

    [Fact]
    public async Task Tokens_that_are_not_good()
    {
        NodeKey shop = await RoleAsync(sdk, _cloud, Shop), other = await RoleAsync(sdk, _cloud, "1000000000000004");
        await Fails("ecs.DescribeRegions", 400, "MissingSecurityToken", key: shop with { token = null });
        await Fails("ecs.DescribeRegions", 400, "InvalidSecurityToken.Malformed", key: shop with { token = "CAISnone" });
        await Fails("ecs.DescribeRegions", 400, "InvalidSecurityToken.MismatchWithAccessKey", key: shop with { token = other.token });
        _cloud.ExpireTokens(Shop);
        await Fails("ecs.DescribeRegions", 400, "InvalidSecurityToken.Expired", key: shop);
        Assert.Equal("", (await sdk.CallAsync(_cloud, "ecs.DescribeRegions", other, new { })).Code);
    }

    [Fact]
    public async Task A_date_that_is_far_off()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1));
        await using RehearsalCloud past = await RehearsalCloud.StartAsync(World.Acme(), new RehearsalOptions { TimeProvider = clock });
        NodeOutcome outcome = await sdk.CallAsync(past, "sts.GetCallerIdentity", past.ManagementCredentials);
        Assert.Equal((400, "InvalidTimeStamp.Expired"), (outcome.Status, outcome.Code));
    }

    [Theory]
    [InlineData(Lab, 404, "EntityNotExist.Role")]
    [InlineData(CloudFixture.Management, 404, "EntityNotExist.Role")]
    [InlineData(Joining, 403, "NoPermission")]
    public async Task Roles_that_can_not_be_taken_on(string account, int status, string code)
    {
        NodeOutcome outcome = await Fails("sts.AssumeRole", status, code, new { roleArn = $"acs:ram::{account}:role/ResourceDirectoryAccountAccessRole", roleSessionName = "node" });
        if (status == 403) Assert.Equal(("sts:AssumeRole", "SubUser"), ((string?)outcome.Denied!["AuthAction"], (string?)outcome.Denied["AuthPrincipalType"]));
        await Fails("sts.AssumeRole", 403, "NoPermission", new { roleArn = $"acs:ram::{Shop}:role/ResourceDirectoryAccountAccessRole", roleSessionName = "node" }, _cloud.RootCredentials);
    }

    [Theory]
    [InlineData("RoleArn", "roleArn", "shop")]
    [InlineData("RoleSessionName", "roleSessionName", "a b")]
    [InlineData("DurationSeconds", "durationSeconds", "899")]
    [InlineData("PolicyGrammar", "policy", "no policy")]
    [InlineData("ExternalId", "externalId", "a b")]
    public async Task Parameters_of_a_role_that_are_wrong(string code, string name, string value)
    {
        var request = new Dictionary<string, object> { ["roleArn"] = $"acs:ram::{Shop}:role/ResourceDirectoryAccountAccessRole", ["roleSessionName"] = "node", ["durationSeconds"] = 3600 };
        request[name] = name == "durationSeconds" ? int.Parse(value) : value;
        await Fails("sts.AssumeRole", 400, $"InvalidParameter.{code}", request);
    }

    [Fact]
    public async Task Directories_and_members_that_are_not_there()
    {
        await Fails("rm.GetAccount", 404, "EntityNotExists.Account", new { accountId = "9999999999999999" });
        await Fails("rm.GetAccount", 400, "InvalidParameter.AccountId", new { accountId = "none" });
        await Fails("rm.GetAccount", 400, "MissingParameter.AccountId", new { includeTags = true });
        await Fails("rm.ListAccounts", 403, "NoPermission.ResourceDirectory.MemberAccount", new { pageSize = 100 }, _cloud.CredentialsOf(Shop));
        _cloud.World.ChangeAccount(Lab, a => a with { Kind = AccountKind.Outside });
        await Fails("rm.GetResourceDirectory", 404, "ResourceDirectoryNotInUse", null, _cloud.CredentialsOf(Lab));
        await Fails("rm.ListAccounts", 404, "EntityNotExists.ResourceDirectory", new { }, _cloud.CredentialsOf(Lab));
        await Fails("rm.GetAccount", 404, "EntityNotExists.ResourceDirectory", new { accountId = Shop }, _cloud.CredentialsOf(Lab));
    }

    [Fact]
    public async Task Hosts_that_are_asked_for_wrongly()
    {
        await Fails("ecs.DescribeInstances", 404, "InvalidRegionId.NotFound", new { regionId = "mars-1" });
        await Fails("ecs.DescribeInstances", 400, "MissingRegionId", new { maxResults = 10 });
        await Fails("ecs.DescribeInstances", 404, "InvalidStatus.NotFound", new { regionId = "cn-hangzhou", status = "Dreaming" });
        await Fails("ecs.DescribeInstances", 404, "InvalidNetworkType.NotFound", new { regionId = "cn-hangzhou", instanceNetworkType = "string" });
        await Fails("ecs.DescribeInstances", 400, "InvalidTag.Mismatch", new { regionId = "cn-hangzhou", tag = new[] { new { value = "v" } } });
        await Fails("ecs.DescribeInstances", 400, "InvalidTagCount", new { regionId = "cn-hangzhou", tag = Enumerable.Range(1, 21).Select(n => new { key = $"k{n}" }) });
        await Fails("ecs.DescribeInstances", 400, "InvalidParameter", new { regionId = "cn-hangzhou", instanceIds = "not json" });
        await Fails("ecs.DescribeInstances", 400, "InvalidParameter", new { regionId = "cn-hangzhou", maxResults = 10, nextToken = "forged" });
    }

    [Fact]
    public async Task Databases_that_are_asked_for_wrongly()
    {
        await Fails("rds.DescribeDBInstances", 404, "InvalidRegionId.NotFound", new { regionId = "mars-1" });
        await Fails("rds.DescribeDBInstances", 400, "Invalid.NextToken", new { regionId = "cn-hangzhou", maxResults = 10, nextToken = "forged" });
        await Fails("rds.DescribeDBInstanceNetInfo", 400, "InvalidDBInstanceId.NotFound", new { DBInstanceId = "rm-none" });
        await Fails("rds.DescribeDBInstanceAttribute", 400, "InvalidDBInstanceId.NotFound", new { DBInstanceId = "rm-none" });
        await Fails("rds.DescribeDBInstanceNetInfo", 400, "MissingDBInstanceId", new { });
    }

    [Fact]
    public async Task Actions_and_versions_that_there_are_none_of()
    {
        NodeOutcome unknown = await sdk.CallAsync(_cloud, "DropEverything", "2014-05-26", _cloud.ManagementCredentials);
        NodeOutcome version = await sdk.CallAsync(_cloud, "DescribeInstances", "1999-01-01", _cloud.ManagementCredentials);
        Assert.Equal([(404, "InvalidAction.NotFound"), (400, "InvalidVersion")], [(unknown.Status, unknown.Code), (version.Status, version.Code)]);
    }

    [Theory]
    [InlineData(400, "Throttling")]
    [InlineData(400, "Throttling.User")]
    [InlineData(429, "Throttling.Api")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(500, "InternalError")]
    [InlineData(403, "Forbidden.RAM")]
    [InlineData(400, "SignatureNonceUsed")]
    [InlineData(400, "TimeoutRetryLater")]
    [InlineData(500, "RequestMetaDataFailed")]
    public async Task Faults_on_purpose(int status, string code)
    {
        _cloud.Faults.FailNext("Rds.DescribeRegions", 1, status, code);
        await Fails("rds.DescribeRegions", status, code);
        Assert.Equal("", (await sdk.CallAsync(_cloud, "rds.DescribeRegions", _cloud.ManagementCredentials, new { })).Code);
    }

    [Fact]
    public async Task A_pause_that_is_asked_for_reaches_the_caller()
    {
        _cloud.Faults.ThrottleNext("GetCallerIdentity", 1, retryAfterMs: 200);
        NodeOutcome outcome = await Fails("sts.GetCallerIdentity", 400, "Throttling.User");
        Assert.Equal(200, outcome.RetryAfter);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_answer()
    {
        _cloud.Faults.ResetNext("GetCallerIdentity", 1);
        NodeOutcome outcome = await sdk.CallAsync(_cloud, "sts.GetCallerIdentity", _cloud.ManagementCredentials);
        Assert.Null(outcome.Body);
        Assert.NotEqual("", outcome.Code);
        Assert.Equal("(reset)", _cloud.Requests.Recent[^1].Code);
    }

    internal static async Task<NodeKey> RoleAsync(NodeSdk sdk, RehearsalCloud cloud, string account)
    {
        JsonNode key = (await sdk.CallAsync(cloud, "sts.AssumeRole", cloud.ManagementCredentials, new { roleArn = $"acs:ram::{account}:role/ResourceDirectoryAccountAccessRole", roleSessionName = "node" })).Answer["credentials"]!;
        return new NodeKey((string)key["accessKeyId"]!, (string)key["accessKeySecret"]!, (string)key["securityToken"]!);
    }

    private async Task<NodeOutcome> Fails(string operation, int status, string code, object? request = null, NodeKey? key = null)
    {
        NodeOutcome outcome = await sdk.CallAsync(_cloud, operation, key ?? _cloud.ManagementCredentials, request);
        Assert.Equal((status, code), (outcome.Status, outcome.Code));
        return outcome;
    }
}
