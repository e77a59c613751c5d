using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Rpc;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

public sealed class ErrorTests : AlibabaFixture
{
    [Fact]
    public async Task A_member_without_the_role_is_told_by_account_and_role()
    {
        CloudException error = await Fails(() => Assets(Open(), Lab));
        Assert.Equal(("CloudRoleNotFound", ErrorKind.NotFound, Lab, "EntityNotExist.Role"), (error.Id, error.Kind, error.Subject, error.Code));
        Assert.Contains("'ResourceDirectoryAccountAccessRole'", error.Message, StringComparison.Ordinal);
        Assert.Contains(Management, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Joining, null)]
    [InlineData(Shop, "PromoteVerifying")]
    public async Task A_member_that_is_joining_or_suspended_is_denied(string account, string? status)
    {
        if (status is not null) Cloud.World.ChangeAccount(account, a => a with { Status = status });
        CloudException error = await Fails(() => Assets(Open(), account));
        Assert.Equal(("CloudAccessDenied", ErrorKind.Denied, account, "NoPermission"), (error.Id, error.Kind, error.Subject, error.Code));
    }

    [Fact]
    public async Task The_root_key_is_told_that_it_may_not_take_on_roles()
    {
        CloudException error = await Fails(() => Assets(Open(Cloud.RootCredentials), Shop));
        Assert.Equal("CloudAccessDenied", error.Id);
        Assert.Contains("root", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_management_account_has_no_role_for_a_delegated_administrator()
    {
        Assert.Equal("CloudRoleNotFound", (await Fails(() => Assets(Open(Cloud.DelegatedCredentials), Management))).Id);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_without_telling_the_request()
    {
        SandboxCredentials key = Cloud.ManagementCredentials;
        AlibabaInventory cloud = Open(key with { AccessKeySecret = "wrong-secret-wrong-secret" });
        CloudException error = await Fails(() => cloud.GetIdentityAsync(default));
        Assert.Equal(("CloudCredentialsRejected", ErrorKind.Authentication, "SignatureDoesNotMatch"), (error.Id, error.Kind, error.Code));
        AssertHolds(error, none: ["wrong-secret", "Canonical", "x-acs", "ACS3", "StringToSign"]);
    }

    [Fact]
    public async Task An_unknown_key_and_a_disabled_one_are_told()
    {
        CloudException unknown = await Fails(() => Open(new SandboxCredentials("LTAInobody", "secret")).GetIdentityAsync(default));
        Assert.Equal(("CloudCredentialsRejected", "InvalidAccessKeyId.NotFound"), (unknown.Id, unknown.Code));
        Cloud.SetKeyActive(Cloud.ManagementCredentials.AccessKeyId, active: false);
        CloudException disabled = await Fails(() => Open().GetIdentityAsync(default));
        Assert.Equal(("CloudCredentialsRejected", "InvalidAccessKeyId.Inactive"), (disabled.Id, disabled.Code));
    }

    [Fact]
    public async Task A_given_temporary_key_works_until_it_expires_and_a_wrong_token_is_told()
    {
        (string id, string secret, string token) = await TemporaryKeyAsync();
        AlibabaInventory cloud = Keep(OpenAt(Cloud.Endpoint, id, secret, token, o => o with { Clock = Clock }));
        Assert.Equal("AssumedRoleUser", (await cloud.GetIdentityAsync(default)).Kind);
        Assert.Equal(6, (await Assets(cloud, Shop)).Count);

        CloudException missing = await Fails(() => Keep(OpenAt(Cloud.Endpoint, id, secret, null, o => o with { Clock = Clock })).GetIdentityAsync(default));
        Assert.Equal(("CloudCredentialsRejected", "MissingSecurityToken"), (missing.Id, missing.Code));
        CloudException malformed = await Fails(() => Keep(OpenAt(Cloud.Endpoint, id, secret, token + "x", o => o with { Clock = Clock })).GetIdentityAsync(default));
        Assert.Equal(("CloudCredentialsRejected", "InvalidSecurityToken.Malformed"), (malformed.Id, malformed.Code));
        AssertHolds(malformed, none: [token, secret]);

        Cloud.ExpireTokens();
        CloudException expired = await Fails(() => Assets(cloud, Shop));
        Assert.Equal(("CloudTokenExpired", ErrorKind.Authentication), (expired.Id, expired.Kind));
        AssertHolds(expired, none: [token, secret]);
    }

    [Fact]
    public async Task A_plain_member_learns_that_it_is_no_administrator()
    {
        AlibabaInventory cloud = Open(Cloud.CredentialsOf(Shop));
        Assert.Equal("rd-Acme01", (await cloud.GetDirectoryAsync(default)).Id);
        CloudException error = await Fails(() => All(cloud.ListAccountsAsync(default)));
        Assert.Equal(("CloudNotAdministrator", ErrorKind.Denied), (error.Id, error.Kind));
    }

    [Fact]
    public async Task An_account_outside_any_directory_is_told()
    {
        Cloud.World.ChangeAccount(Shop, a => a with { Kind = AccountKind.Outside });
        AlibabaInventory cloud = Open(Cloud.CredentialsOf(Shop));
        CloudException error = await Fails(() => cloud.GetDirectoryAsync(default));
        Assert.Equal(("CloudNotInDirectory", ErrorKind.NotFound, "ResourceDirectoryNotInUse"), (error.Id, error.Kind, error.Code));
        Assert.Equal("EntityNotExists.ResourceDirectory", (await Fails(() => cloud.GetAccountAsync(Lab, default))).Code);
    }

    [Theory]
    [InlineData("Forbidden.RAM", 403, "CloudAccessDenied", ErrorKind.Denied)]
    [InlineData("Forbidden.RAM", 400, "CloudAccessDenied", ErrorKind.Denied)]
    [InlineData("NoPermission", 403, "CloudAccessDenied", ErrorKind.Denied)]
    [InlineData("InvalidAction.NotFound", 404, "CloudRefused", ErrorKind.Connection)]
    [InlineData("InvalidProtocol.NeedSsl", 400, "CloudEndpointInsecure", ErrorKind.Security)]
    [InlineData("InvalidSecurityToken.MismatchWithAccessKey", 400, "CloudCredentialsRejected", ErrorKind.Authentication)]
    [InlineData("IncompleteSignature", 400, "CloudCredentialsRejected", ErrorKind.Authentication)]
    [InlineData("MissingAccessKeyId", 400, "CloudCredentialsRejected", ErrorKind.Authentication)]
    public async Task A_refusal_has_the_id_of_its_kind_and_says_what_to_do(string code, int status, string id, ErrorKind kind)
    {
        Cloud.Faults.FailNext("GetResourceDirectory", 1, status, code);
        CloudException error = await Fails(() => Open().GetDirectoryAsync(default));
        Assert.Equal((id, kind, code), (error.Id, error.Kind, error.Code));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345'; drop")]
    [InlineData("")]
    [InlineData("1000000000000003:role/x")]
    public async Task What_is_no_account_id_never_becomes_part_of_a_roles_name(string account)
    {
        Assert.Equal("CloudAccountNotFound", (await Fails(() => Assets(Open(), account))).Id);
        Assert.Equal(0, Cloud.Requests.Total);
    }

    [Theory]
    [InlineData("")]
    [InlineData("acs:ram::1:role/x")]
    [InlineData("a b")]
    public void A_role_name_that_can_be_none_is_refused_at_once(string role) =>
        Assert.Equal("CloudRoleNameInvalid", Assert.Throws<CloudException>(() => Open(with: o => o with { RoleName = role })).Id);

    [Fact]
    public void The_older_gateways_word_for_an_expired_token_is_understood()
    {
        Assert.True(new RpcFault(RpcFaultKind.Refused, "The specified parameter \"SecurityToken.Expired\" is not valid.") { Status = 400, Code = "InvalidParameter" }.IsTokenExpired);
        Assert.False(new RpcFault(RpcFaultKind.Refused, "The specified parameter \"Engine\" is not valid.") { Status = 400, Code = "InvalidParameter" }.IsTokenExpired);
    }

    [Fact]
    public void Text_of_the_cloud_is_cleaned_before_it_is_shown()
    {
        var key = new AlibabaKey("id", "the-secret", "the+token==");
        Assert.Equal("a … b …", Redaction.Clean("a the+token== b the-secret", key));
        Assert.Equal("refused.", Redaction.Clean("refused. server StringToSign is [ACS3-HMAC-SHA256\nff] server CanonicalRequest is [POST\n/]", key));
        Assert.Equal("bell\\u{7} and …", Redaction.Clean("bell\u0007 and " + new string('A', 60), key));
        Assert.Equal(301, Redaction.Clean(string.Join(' ', Enumerable.Repeat("word", 200)), key).Length);
        Assert.Equal("role ResourceDirectoryAccountAccessRole", Redaction.Clean("role ResourceDirectoryAccountAccessRole", key));
    }

    private async Task<(string Id, string Secret, string Token)> TemporaryKeyAsync()
    {
        using var manager = new Sandbox.SignedClient(Cloud.Endpoint, Cloud.ManagementCredentials) { Clock = Clock };
        Sandbox.Answer answer = await manager.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "given"));
        var key = answer.Body["Credentials"]!;
        return ((string)key["AccessKeyId"]!, (string)key["AccessKeySecret"]!, (string)key["SecurityToken"]!);
    }

    private static void AssertHolds(Exception error, string[] none) => Assert.All(none, secret => Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal));
}
