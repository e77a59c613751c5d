using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Connections;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

/// <summary>The role of the machine itself, from a metadata service like the cloud's.</summary>
public sealed class MachineRoleTests : CredentialFixture
{
    private const string Me = $"acs:ram::{Management}:user/bastion";

    internal static Task<StubCloud> ServeAsync(RehearsalCloud cloud, string role, bool knowsTokens = true, string code = "Success", string expires = "2026-11-24T16:00:00Z") => StubCloud.StartAsync(http =>
    {
        if (http.Request.Path == "/latest/api/token") return StubCloud.WriteAsync(http, knowsTokens && http.Request.Method == "PUT" ? 200 : 404, "metadata-token");
        if (knowsTokens && http.Request.Headers["X-aliyun-ecs-metadata-token"] != "metadata-token") return StubCloud.WriteAsync(http, 403, "");
        if (http.Request.Path == "/latest/meta-data/ram/security-credentials/") return StubCloud.WriteAsync(http, 200, role + "\n");
        if (http.Request.Path != $"/latest/meta-data/ram/security-credentials/{role}") return StubCloud.WriteAsync(http, 404, "<html>none</html>");
        SandboxCredentials key = cloud.ManagementCredentials;
        return StubCloud.WriteAsync(http, 200, $$"""{"AccessKeyId":"{{key.AccessKeyId}}","AccessKeySecret":"{{key.AccessKeySecret}}","SecurityToken":"","Expiration":"{{expires}}","Code":"{{code}}"}""");
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_role_that_the_machine_has_is_found_with_a_token_or_without(bool knowsTokens)
    {
        await using StubCloud metadata = await ServeAsync(Cloud, "bastion-role", knowsTokens);
        Metadata = metadata.Endpoint;
        Assert.Equal(Me, await WhoAsync(CredentialSource.Default));
        Assert.Equal(3, metadata.Requests.Count);
        Assert.StartsWith("PUT /latest/api/token", metadata.Requests.First(), StringComparison.Ordinal);
        Assert.Contains("ttl-seconds: 21600", metadata.Requests.First(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_plain_mode_can_be_forbidden()
    {
        await using StubCloud metadata = await ServeAsync(Cloud, "bastion-role", knowsTokens: false);
        Metadata = metadata.Endpoint;
        Variables["ALIBABA_CLOUD_IMDSV1_DISABLED"] = "true";
        Assert.Equal("CloudCredentialsMissing", (await Fails(() => WhoAsync(CredentialSource.Default))).Id);
        Assert.Single(metadata.Requests);
    }

    [Fact]
    public async Task A_role_named_in_the_environment_is_asked_for_directly()
    {
        await using StubCloud metadata = await ServeAsync(Cloud, "named");
        Metadata = metadata.Endpoint;
        Variables["ALIBABA_CLOUD_ECS_METADATA"] = "named";
        Assert.Equal(Me, await WhoAsync(CredentialSource.Default));
        Assert.Equal(2, metadata.Requests.Count);
    }

    [Theory]
    [InlineData("Failed", null)]
    [InlineData("Success", "no-such-role")]
    public async Task An_answer_without_a_key_is_told(string code, string? role)
    {
        await using StubCloud metadata = await ServeAsync(Cloud, "bastion-role", code: code);
        Metadata = metadata.Endpoint;
        if (role is not null) Variables["ALIBABA_CLOUD_ECS_METADATA"] = role;
        Assert.Contains("machine's role", (await Fails(() => WhoAsync(CredentialSource.Default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_fetched_again_before_it_ends_and_the_old_one_kept_while_that_fails()
    {
        bool broken = false;
        await using StubCloud real = await ServeAsync(Cloud, "bastion-role");
        using var http = new HttpClient();
        await using StubCloud metadata = await StubCloud.StartAsync(async request => await StubCloud.WriteAsync(request, broken ? 500 : 200, broken ? "" : request.Request.Path == "/latest/api/token" ? "metadata-token"
            : await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(real.Endpoint, request.Request.Path)) { Headers = { { "X-aliyun-ecs-metadata-token", "metadata-token" } } }, request.RequestAborted) is var answer
                ? await answer.Content.ReadAsStringAsync(request.RequestAborted) : ""));
        Metadata = metadata.Endpoint;
        AlibabaInventory cloud = OpenFrom(CredentialSource.Default);
        await cloud.GetIdentityAsync(default);
        int first = metadata.Requests.Count;
        Clock.Advance(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(46));
        broken = true;
        await cloud.GetDirectoryAsync(default);
        int tried = metadata.Requests.Count;
        Assert.True(tried > first);
        await cloud.GetAccountAsync(Shop, default);
        Assert.Equal(tried, metadata.Requests.Count);
        Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("CloudCredentialsMissing", (await Fails(() => cloud.GetAccountAsync(Shop, default))).Id);
        broken = false;
        Assert.NotNull(await cloud.GetAccountAsync(Shop, default));
    }

    [Fact]
    public async Task A_machine_outside_the_cloud_waits_no_longer_than_it_may()
    {
        await using StubCloud silent = await StubCloud.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var cloud = AlibabaProvider.Open(Connection(CredentialSource.Default), null, new AlibabaOptions
        {
            Endpoint = Cloud.Endpoint, RoleName = "role", Clock = Clock, Surroundings = Here with { Metadata = silent.Endpoint, MetadataTimeout = TimeSpan.FromMilliseconds(20) },
        });
        Assert.Equal("CloudCredentialsMissing", (await Fails(() => cloud.GetIdentityAsync(default))).Id);
    }
}
