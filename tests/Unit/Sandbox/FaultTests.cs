using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

/// <summary>What goes wrong on purpose, from inside the process and from outside.</summary>
public sealed class FaultTests : CloudFixture
{
    private const string Who = "sts.GetCallerIdentity";

    [Fact]
    public async Task A_fault_hits_as_often_as_it_was_told_and_then_is_gone()
    {
        using SignedClient manager = Manager();
        Cloud.Faults.ThrottleNext("GetCallerIdentity", 2, retryAfterMs: 700);
        for (int i = 0; i < 2; i++)
        {
            Answer answer = await manager.CallAsync(Who);
            Assert.Equal((400, "Throttling.User", "700"), (answer.Status, answer.Code, answer.Response.Headers.GetValues("x-acs-retry-after").Single()));
        }

        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
    }

    [Fact]
    public async Task A_fault_waits_until_its_turn_and_hits_only_its_operation_and_account()
    {
        using SignedClient manager = Manager(), shop = As(Cloud.CredentialsOf(Shop));
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "Ecs.DescribeRegions", AccountId = Shop, After = 1, Times = 1 });
        Assert.Equal(200, (await manager.CallAsync("ecs.DescribeRegions")).Status);
        Assert.Equal(200, (await shop.CallAsync("rds.DescribeRegions")).Status);
        Assert.Equal(200, (await shop.CallAsync("ecs.DescribeRegions")).Status);
        Assert.Equal((503, "ServiceUnavailable"), await shop.CallAsync("ecs.DescribeRegions") is var hit ? (hit.Status, hit.Code) : default);
        Assert.Equal(200, (await shop.CallAsync("ecs.DescribeRegions")).Status);
    }

    [Fact]
    public async Task Throttling_by_rate_lets_so_many_through_in_each_second()
    {
        using SignedClient manager = Manager();
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Throttle, PerSecond = 3 });
        var statuses = new List<int>();
        for (int i = 0; i < 5; i++) statuses.Add((await manager.CallAsync(Who)).Status);
        Assert.Equal([200, 200, 200, 400, 400], statuses);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
    }

    [Fact]
    public async Task A_broken_connection_gives_no_answer_at_all()
    {
        using SignedClient manager = Manager();
        Cloud.Faults.ResetNext(null, 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => manager.CallAsync(Who));
        Assert.Equal(("(reset)", 0), (Cloud.Requests.Recent[^1].Code, Cloud.Requests.Recent[^1].Status));
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
    }

    [Fact]
    public async Task An_expired_token_is_only_ever_a_roles()
    {
        using SignedClient manager = Manager(), role = await InAsync(Shop);
        Cloud.Faults.ExpireNext(null, 1);
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
        Assert.Equal("InvalidSecurityToken.Expired", (await role.CallAsync(Who)).Code);
        Assert.Equal(200, (await role.CallAsync(Who)).Status);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("InvalidSecurityToken.Expired", (await role.CallAsync(Who)).Code);
    }

    [Fact]
    public async Task A_world_file_may_bring_its_faults()
    {
        World world = World.Parse("""
            latencyMs: 1
            faults: [{ kind: error, operation: GetCallerIdentity, httpStatus: 500, times: 1, after: 1 }]
            accounts: [{ id: "1000000000000001", displayName: one, kind: management }]
            """);
        await using RehearsalCloud cloud = await RehearsalCloud.StartAsync(world, new RehearsalOptions { TimeProvider = Clock });
        using var manager = new SignedClient(cloud.Endpoint, cloud.ManagementCredentials) { Clock = Clock };
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
        Assert.Equal((500, "InternalError"), await manager.CallAsync(Who) is var hit ? (hit.Status, hit.Code) : default);
    }

    [Fact]
    public async Task From_outside_faults_and_changes_are_made_with_the_control_key_only()
    {
        using var http = new HttpClient { BaseAddress = Cloud.Endpoint };
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsJsonAsync("_sandbox/faults", new { kind = "Error" })).StatusCode);
        http.DefaultRequestHeaders.Add("x-sandbox-key", Cloud.ControlKey);
        using SignedClient manager = Manager(), role = await InAsync(Shop);

        Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync("_sandbox/faults", new { kind = "Throttle", operation = "GetCallerIdentity" })).StatusCode);
        Assert.Equal("Throttling.User", (await manager.CallAsync(Who)).Code);
        Assert.Equal(HttpStatusCode.OK, (await http.DeleteAsync("_sandbox/faults")).StatusCode);
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);

        string web1 = Cloud.World.InstancesOf(Shop).Single(i => i.Name == "web-1").Id, web2 = Cloud.World.InstancesOf(Shop).Single(i => i.Name == "web-2").Id;
        await http.PostAsJsonAsync("_sandbox/instances/status", new { instanceId = web1, status = "Stopped" });
        await http.PostAsJsonAsync("_sandbox/instances/release", new { instanceId = web2 });
        await http.PostAsJsonAsync("_sandbox/instances", new { accountId = Shop, instance = new { id = "i-new", name = "new-1", regionId = "cn-hangzhou" } });
        await http.PostAsJsonAsync("_sandbox/roles/remove", new { accountId = Shop, role = "ResourceDirectoryAccountAccessRole" });
        await http.PostAsJsonAsync("_sandbox/tokens/expire", new { });
        Assert.Equal("Stopped", Cloud.World.InstancesOf(Shop).Single(i => i.Id == web1).Status);
        Assert.Equal((false, true), (Cloud.World.InstancesOf(Shop).Any(i => i.Id == web2), Cloud.World.InstancesOf(Shop).Any(i => i.Id == "i-new")));
        Assert.Equal("InvalidSecurityToken.Expired", (await role.CallAsync(Who)).Code);
        Assert.Equal("EntityNotExist.Role", (await manager.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "bastion"))).Code);
        Assert.Equal(Cloud.Requests.Total, (int?)JsonNode.Parse(await http.GetStringAsync("_sandbox/requests"))!["total"]);
    }

    [Theory]
    [InlineData("faults", """{"kind":"Error","surprise":1}""", HttpStatusCode.BadRequest)]
    [InlineData("faults", "not json", HttpStatusCode.BadRequest)]
    [InlineData("instances/status", """{"instanceId":"i-none","status":"Stopped"}""", HttpStatusCode.BadRequest)]
    [InlineData("nothing", "{}", HttpStatusCode.NotFound)]
    public async Task A_control_that_is_wrong_is_told(string path, string body, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = Cloud.Endpoint };
        http.DefaultRequestHeaders.Add("x-sandbox-key", Cloud.ControlKey);
        using HttpResponseMessage answer = await http.PostAsync("_sandbox/" + path, new StringContent(body));
        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"] ?? "");
    }
}
