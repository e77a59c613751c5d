using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Connections;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

/// <summary>Profiles of the aliyun command line tool, mode by mode.</summary>
public sealed class ProfileTests : CredentialFixture
{
    private const string RoleArn = $"acs:ram::{Shop}:role/ResourceDirectoryAccountAccessRole";
    private const string Key = """{"name":"default","mode":"AK","access_key_id":"ID","access_key_secret":"SECRET","region_id":"cn-hangzhou","output_format":"json"}""";

    private static string InShop(string session) => $"acs:ram::{Shop}:assumed-role/resourcedirectoryaccountaccessrole/{session}";

    [Theory]
    [InlineData(null)]
    [InlineData("default")]
    public async Task A_lasting_key_is_used(string? name)
    {
        Profiles(Key);
        Assert.Equal($"acs:ram::{Management}:user/bastion", await WhoAsync(CredentialSource.Profile, name));
    }

    [Fact]
    public async Task A_role_is_taken_on_with_the_profiles_key_session_and_length()
    {
        Profiles($$"""{{Key}},{"name":"shop","mode":"RamRoleArn","access_key_id":"ID","access_key_secret":"SECRET","ram_role_arn":"{{RoleArn}}","ram_session_name":"from profile!","expired_seconds":900}""");
        AlibabaInventory cloud = OpenFrom(CredentialSource.Profile, "shop");
        Assert.Equal(InShop("from-profile-"), (await cloud.GetIdentityAsync(default)).Arn);
        Assert.Equal(6, (await Assets(cloud, Shop)).Count);
        Assert.Equal(1, Cloud.Requests.Count("AssumeRole"));
        // 900 s: renewed when a third is left, not at each use
        Clock.Advance(TimeSpan.FromSeconds(590));
        await Assets(cloud, Shop);
        Assert.Equal(1, Cloud.Requests.Count("AssumeRole"));
        Clock.Advance(TimeSpan.FromSeconds(20));
        await Assets(cloud, Shop);
        Assert.Equal(2, Cloud.Requests.Count("AssumeRole"));
    }

    [Fact]
    public async Task A_role_is_taken_on_through_another_profile()
    {
        Profiles($$"""{{Key}},{"name":"chained","mode":"ChainableRamRoleArn","source_profile":"default","ram_role_arn":"{{RoleArn}}","ram_session_name":"chained"}""", current: "chained");
        Assert.Equal(InShop("chained"), await WhoAsync(CredentialSource.Profile));
    }

    [Fact]
    public async Task A_temporary_key_is_used_with_its_token()
    {
        using var manager = new Sandbox.SignedClient(Cloud.Endpoint, Cloud.ManagementCredentials) { Clock = Clock };
        var key = (await manager.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "cli"))).Body["Credentials"]!;
        Profiles($$"""{"name":"default","mode":"StsToken","access_key_id":"{{key["AccessKeyId"]}}","access_key_secret":"{{key["AccessKeySecret"]}}","sts_token":"{{key["SecurityToken"]}}"}""");
        Assert.Equal(InShop("cli"), await WhoAsync(CredentialSource.Profile));
    }

    [Fact]
    public async Task A_profile_that_is_changed_holds_from_the_next_call_on()
    {
        Profiles(Key);
        AlibabaInventory cloud = OpenFrom(CredentialSource.Profile);
        await cloud.GetDirectoryAsync(default);
        Profiles(Key.Replace("SECRET", "another", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Path.Combine(Here.Home, ".aliyun", "config.json"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("SignatureDoesNotMatch", (await Fails(() => cloud.GetIdentityAsync(default))).Code);
    }

    [Theory]
    [InlineData("""{"name":"default","mode":"CloudSSO","cloud_sso_sign_in_url":"https://x"}""", "'CloudSSO'")]
    [InlineData("""{"name":"default","mode":"External","process_command":"echo"}""", "'External'")]
    [InlineData("""{"name":"default","mode":"RsaKeyPair"}""", "'RsaKeyPair'")]
    [InlineData("""{"name":"default","mode":"AK","access_key_id":"ID"}""", "'access_key_secret'")]
    [InlineData("""{"name":"default","mode":"RamRoleArn","access_key_id":"ID","access_key_secret":"SECRET"}""", "'ram_role_arn'")]
    [InlineData("""{"name":"default","mode":"ChainableRamRoleArn","ram_role_arn":"r","source_profile":"default"}""", "circle")]
    [InlineData("""{"name":"default","mode":"ChainableRamRoleArn","ram_role_arn":"r","source_profile":"gone"}""", "no profile 'gone'")]
    [InlineData("""{"name":"defualt","mode":"AK"}""", "Did you mean 'defualt'?")]
    [InlineData("""{"name":"default","mode":{}}""", "'mode' is no text")]
    [InlineData("""{"name":"default","mode":"RamRoleArn","ram_role_arn":"r","access_key_id":"ID","access_key_secret":"SECRET","expired_seconds":"soon"}""", "'expired_seconds' is no whole number")]
    [InlineData("not json", "is not JSON")]
    public async Task What_can_not_be_used_is_told_with_the_way_out(string profile, string told)
    {
        Profiles(profile);
        CloudException error = await Fails(() => WhoAsync(CredentialSource.Profile));
        Assert.Equal(("CloudProfileInvalid", ErrorKind.InvalidInput), (error.Id, error.Kind));
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_is_told()
    {
        CloudException error = await Fails(() => WhoAsync(CredentialSource.Profile));
        Assert.Equal(("CloudCredentialsMissing", ErrorKind.Authentication), (error.Id, error.Kind));
        Assert.Contains(".aliyun", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_machines_role_is_used_where_the_profile_says_so()
    {
        await using StubCloud metadata = await MachineRoleTests.ServeAsync(Cloud, "other-role");
        Metadata = metadata.Endpoint;
        Profiles("""{"name":"default","mode":"EcsRamRole","ram_role_name":"other-role"}""");
        Assert.Equal($"acs:ram::{Management}:user/bastion", await WhoAsync(CredentialSource.Profile));
    }

    [Fact]
    public async Task A_role_that_the_profile_may_not_take_on_is_told()
    {
        Cloud.World.RemoveRole(Shop, "ResourceDirectoryAccountAccessRole");
        Profiles($$"""{"name":"default","mode":"RamRoleArn","access_key_id":"ID","access_key_secret":"SECRET","ram_role_arn":"{{RoleArn}}"}""");
        Assert.Equal("EntityNotExist.Role", (await Fails(() => WhoAsync(CredentialSource.Profile))).Code);
    }
}
