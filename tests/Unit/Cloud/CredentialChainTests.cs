using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Credentials;
using Bastion.Cloud.Connections;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

/// <summary>The official order of sources, and each of the small ones.</summary>
public sealed class CredentialChainTests : CredentialFixture
{
    private const string Me = $"acs:ram::{Management}:user/bastion";

    [Fact]
    public async Task The_environment_goes_first_and_is_read_at_each_use()
    {
        Profiles("""{"name":"default","mode":"AK","access_key_id":"wrong","access_key_secret":"wrong"}""");
        SetKey();
        AlibabaInventory cloud = OpenFrom(CredentialSource.Default);
        Assert.Equal(Me, (await cloud.GetIdentityAsync(default)).Arn);
        Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "changed";
        Assert.Equal("SignatureDoesNotMatch", (await Fails(() => cloud.GetDirectoryAsync(default))).Code);
    }

    [Fact]
    public async Task A_key_in_the_environment_alone_is_used_and_its_absence_told()
    {
        Assert.Equal("CloudCredentialsMissing", (await Fails(() => WhoAsync(CredentialSource.Environment))).Id);
        SetKey();
        Assert.Equal(Me, await WhoAsync(CredentialSource.Environment));
        Variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = "a token that this key has none of";
        Assert.Equal("InvalidSecurityToken.Malformed", (await Fails(() => WhoAsync(CredentialSource.Environment))).Code);
    }

    [Fact]
    public async Task A_new_token_in_the_environment_is_taken_when_the_old_one_has_expired()
    {
        await SetTemporaryKeyAsync();
        AlibabaInventory cloud = OpenFrom(CredentialSource.Environment);
        Assert.Equal(6, (await Assets(cloud, Shop)).Count);
        Cloud.ExpireTokens();
        Assert.Equal("CloudTokenExpired", (await Fails(() => Assets(cloud, Shop))).Id);
        await SetTemporaryKeyAsync();
        Assert.Equal(6, (await Assets(cloud, Shop)).Count);
    }

    [Fact]
    public async Task The_profile_goes_before_the_credentials_file_unless_it_is_switched_off()
    {
        Profiles("""{"name":"default","mode":"AK","access_key_id":"ID","access_key_secret":"SECRET"}""");
        Ini("[default]\ntype = access_key\naccess_key_id = nobody\naccess_key_secret = x");
        Assert.Equal(Me, await WhoAsync(CredentialSource.Default));
        Variables["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"] = "true";
        Assert.Equal("InvalidAccessKeyId.NotFound", (await Fails(() => WhoAsync(CredentialSource.Default))).Code);
    }

    [Fact]
    public async Task The_profile_named_in_the_environment_is_the_one()
    {
        Profiles("""{"name":"default","mode":"AK","access_key_id":"nobody","access_key_secret":"x"},{"name":"work","mode":"AK","access_key_id":"ID","access_key_secret":"SECRET"}""");
        Variables["ALIBABA_CLOUD_PROFILE"] = "work";
        Assert.Equal(Me, await WhoAsync(CredentialSource.Default));
    }

    [Fact]
    public async Task A_source_that_gives_no_key_leaves_it_to_the_next()
    {
        Profiles("""{"name":"default","mode":"CloudSSO"}""");
        Ini("[default]\ntype = access_key\naccess_key_id = ID\naccess_key_secret = SECRET");
        Assert.Equal(Me, await WhoAsync(CredentialSource.Default));
    }

    [Fact]
    public async Task Where_none_gives_a_key_each_says_why()
    {
        Profiles("""{"name":"default","mode":"CloudSSO"}""");
        Ini("[other]\ntype = access_key");
        Variables["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
        Variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = "http://10.0.0.1/key";
        CloudException error = await Fails(() => WhoAsync(CredentialSource.Default));
        Assert.Equal(("CloudCredentialsMissing", ErrorKind.Authentication), (error.Id, error.Kind));
        Assert.All(["environment:", "command line profile:", "'CloudSSO'", "credentials file:", "[default]", "machine's role:", "credentials URI:", "https"],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("OIDC role:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[other]\ntype=x\n\n# ours\n[default]\n; key\ntype=access_key\naccess_key_id=ID\naccess_key_secret=SECRET\n", Me)]
    [InlineData("[default]\ntype=ram_role_arn\naccess_key_id=ID\naccess_key_secret=SECRET\nrole_arn=acs:ram::1000000000000003:role/ResourceDirectoryAccountAccessRole\nrole_session_name=ini", "acs:ram::1000000000000003:assumed-role/resourcedirectoryaccountaccessrole/ini")]
    public async Task A_credentials_file_is_read_by_section_and_type(string text, string who)
    {
        Ini(text);
        Assert.Equal(who, await WhoAsync(CredentialSource.Default));
    }

    [Fact]
    public async Task The_credentials_file_may_lie_elsewhere_and_name_the_machines_role()
    {
        await using StubCloud metadata = await MachineRoleTests.ServeAsync(Cloud, "bastion-role");
        Metadata = metadata.Endpoint;
        Variables["ALIBABA_CLOUD_CREDENTIALS_FILE"] = Write("elsewhere.ini", "[default]\ntype=ecs_ram_role\nrole_name=bastion-role");
        Variables["ALIBABA_CLOUD_ECS_METADATA"] = "no such role, were it asked for by the last source but one";
        Assert.Equal(Me, await WhoAsync(CredentialSource.Default));
    }

    [Fact]
    public async Task A_key_comes_from_the_address_in_the_environment_last()
    {
        var key = Cloud.ManagementCredentials;
        await using StubCloud sidecar = await StubCloud.AnsweringAsync(200, $$"""{"AccessKeyId":"{{key.AccessKeyId}}","AccessKeySecret":"{{key.AccessKeySecret}}","Expiration":"2026-11-24T12:00:00.123Z"}""");
        Variables["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "TRUE";
        Variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = sidecar.Endpoint + "key";
        Assert.Equal(Me, await WhoAsync(CredentialSource.Default));
        Assert.StartsWith("GET /key", sidecar.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_by_OIDC_is_taken_on_without_a_key_and_with_the_token_as_it_is_now()
    {
        int issued = 0;
        var key = Cloud.ManagementCredentials;
        await using StubCloud sts = await StubCloud.StartAsync(http => http.Request.Query["Action"] == "AssumeRoleWithOIDC" && http.Request.Headers.Authorization.Count == 0
            ? StubCloud.WriteAsync(http, 200, $$$"""{"Credentials":{"AccessKeyId":"{{{key.AccessKeyId}}}-{{{++issued}}}","AccessKeySecret":"s","SecurityToken":"t","Expiration":"2026-11-24T11:00:00Z"}}""")
            : StubCloud.WriteAsync(http, 200, """{"AccountId":"1","IdentityType":"AssumedRoleUser","ResourceDirectory":{"ResourceDirectoryId":"rd","MasterAccountId":"9"}}"""));
        Variables["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1:role/pod";
        Variables["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "acs:ram::1:oidc-provider/ack";
        Variables["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = Write("token", "eyJ.first+/.token\n");
        AlibabaInventory cloud = Keep(AlibabaProvider.Open(Connection(CredentialSource.Default), null, new AlibabaOptions { Endpoint = sts.Endpoint, RoleName = "r", Clock = Clock, Surroundings = Here }));
        Assert.Equal("1", (await cloud.GetIdentityAsync(default)).AccountId);
        string request = sts.Requests.First();
        Assert.StartsWith("POST /?Action=AssumeRoleWithOIDC&Format=JSON&SignatureNonce=", request, StringComparison.Ordinal);
        Assert.Contains("OIDCToken=eyJ.first%2B%2F.token&", request, StringComparison.Ordinal);
        Assert.Contains("OIDCProviderArn=acs%3Aram%3A%3A1%3Aoidc-provider%2Fack&", request, StringComparison.Ordinal);
        Assert.Contains("DurationSeconds=3600", request, StringComparison.Ordinal);
        Assert.Contains($"Credential={key.AccessKeyId}-1,", sts.Requests.Last(), StringComparison.Ordinal);

        Write("token", "second");
        Clock.Advance(TimeSpan.FromMinutes(50));
        await cloud.GetDirectoryAsync(default);
        Assert.Contains(sts.Requests, r => r.Contains("OIDCToken=second&", StringComparison.Ordinal));
        Assert.Contains($"Credential={key.AccessKeyId}-2,", sts.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_OIDC_token_file_that_is_gone_is_told()
    {
        Profiles("""{"name":"default","mode":"OIDC","ram_role_arn":"r","oidc_provider_arn":"p","oidc_token_file":"/no/such/file","duration_seconds":900}""");
        CloudException error = await Fails(() => WhoAsync(CredentialSource.Profile));
        Assert.Equal("CloudCredentialsMissing", error.Id);
        Assert.Contains("/no/such/file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "bastion@")]
    [InlineData("ana maría@host", "ana-mar-a@host")]
    [InlineData("x", "bastion")]
    public void A_session_name_is_made_acceptable(string? wanted, string begins)
    {
        string name = RoleToTake.SessionName(wanted);
        Assert.StartsWith(begins, name, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9.@_-]{2,32}$", name);
        Assert.Equal(64, RoleToTake.SessionName(new string('n', 200)).Length);
    }

    [Fact]
    public void A_key_never_shows_its_secret_and_can_be_wiped()
    {
        var key = new AlibabaKey("id", "secret", "token");
        Assert.Equal("id", key.ToString());
        key.Wipe();
        Assert.All(key.Secret, b => Assert.Equal(0, b));
    }

    private void SetKey()
    {
        Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = Cloud.ManagementCredentials.AccessKeyId;
        Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = Cloud.ManagementCredentials.AccessKeySecret;
    }

    private async Task SetTemporaryKeyAsync()
    {
        using var manager = new Sandbox.SignedClient(Cloud.Endpoint, Cloud.ManagementCredentials) { Clock = Clock };
        var key = (await manager.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "env"))).Body["Credentials"]!;
        Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = (string)key["AccessKeyId"]!;
        Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = (string)key["AccessKeySecret"]!;
        Variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = (string)key["SecurityToken"]!;
    }

    private void Ini(string text) => Write(".alibabacloud/credentials", text
        .Replace("access_key_id=ID", $"access_key_id={Cloud.ManagementCredentials.AccessKeyId}", StringComparison.Ordinal).Replace("access_key_id = ID", $"access_key_id = {Cloud.ManagementCredentials.AccessKeyId}", StringComparison.Ordinal)
        .Replace("SECRET", Cloud.ManagementCredentials.AccessKeySecret, StringComparison.Ordinal));
}
