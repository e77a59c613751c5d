using System.Net.Http.Headers;
using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

/// <summary>What the rehearsal cloud believes, and what not.</summary>
public sealed class AuthenticityTests : CloudFixture
{
    private const string Who = "sts.GetCallerIdentity";

    [Fact]
    public async Task A_nonce_is_good_once_for_each_key()
    {
        using SignedClient manager = Manager(), delegated = As(Cloud.DelegatedCredentials);
        manager.Extra["x-acs-signature-nonce"] = delegated.Extra["x-acs-signature-nonce"] = "the same";
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
        Answer again = await manager.CallAsync(Who);
        Assert.Equal((400, "SignatureNonceUsed"), (again.Status, again.Code));
        Assert.Equal(200, (await delegated.CallAsync(Who)).Status);
        Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal("SignatureNonceUsed", (await manager.CallAsync(Who)).Code);
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
    }

    [Fact]
    public async Task A_request_that_was_refused_does_not_use_up_its_nonce()
    {
        using SignedClient wrong = new(Cloud.Endpoint, Cloud.ManagementCredentials.AccessKeyId, "wrong") { Clock = Clock }, right = Manager();
        wrong.Extra["x-acs-signature-nonce"] = right.Extra["x-acs-signature-nonce"] = "n";
        Assert.Equal("SignatureDoesNotMatch", (await wrong.CallAsync(Who)).Code);
        Assert.Equal(200, (await right.CallAsync(Who)).Status);
    }

    [Theory]
    [InlineData("A=1", "A=2")]
    [InlineData("A=1", "")]
    public async Task A_body_that_is_not_the_one_that_was_signed_is_refused(string signed, string sent)
    {
        using SignedClient manager = Manager();
        manager.Spoil = request =>
        {
            MediaTypeHeaderValue? type = request.Content!.Headers.ContentType;
            request.Content = new StringContent(sent);
            request.Content.Headers.ContentType = type;
        };
        Assert.Equal("SignatureDoesNotMatch", (await manager.CallAsync("GetCallerIdentity", "2015-04-01", signed)).Code);
    }

    [Fact]
    public async Task A_hash_that_is_not_the_bodys_is_refused_even_when_it_is_what_was_signed()
    {
        using SignedClient manager = Manager();
        manager.Extra["x-acs-content-sha256"] = new string('a', 64);
        Assert.Equal("SignatureDoesNotMatch", (await manager.CallAsync(Who)).Code);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("action")]
    [InlineData("token")]
    [InlineData("method")]
    public async Task A_request_that_was_changed_on_its_way_is_refused(string part)
    {
        using SignedClient manager = Manager();
        manager.Spoil = request =>
        {
            if (part == "query") request.RequestUri = new Uri(request.RequestUri!, "/?RegionId=eu-central-1");
            else if (part == "method") request.Method = HttpMethod.Get;
            else if (part == "token") request.Headers.Add("x-acs-security-token", "added");
            else
            {
                request.Headers.Remove("x-acs-action");
                request.Headers.Add("x-acs-action", "DescribeRegions");
            }
        };
        Answer answer = await manager.CallAsync("ecs.DescribeInstances", ("RegionId", "cn-hangzhou"));
        Assert.Contains(answer.Code, (string[])["SignatureDoesNotMatch", "InvalidSecurityToken.Malformed"]);
    }

    [Fact]
    public async Task A_header_of_the_clouds_that_is_not_signed_is_refused()
    {
        using SignedClient manager = Manager();
        manager.Spoil = request => request.Headers.Add("x-acs-extra", "unsigned");
        Assert.Equal((400, "IncompleteSignature"), await StatusAsync(manager));
        manager.Spoil = null;
        manager.Extra["x-acs-extra"] = "signed";
        Assert.Equal(200, (await manager.CallAsync(Who)).Status);
    }

    [Theory]
    [InlineData(null, 400, "MissingAccessKeyId")]
    [InlineData("Basic dXNlcjpwYXNz", 400, "IncompleteSignature")]
    [InlineData("ACS3-HMAC-SHA256 Credential=x", 400, "IncompleteSignature")]
    [InlineData("ACS3-HMAC-SHA256 SignedHeaders=host,Signature=00", 400, "MissingAccessKeyId")]
    [InlineData("ACS3-HMAC-SHA256 Credential=nobody,SignedHeaders=host,Signature=00", 404, "InvalidAccessKeyId.NotFound")]
    public async Task An_authorization_that_is_none_is_refused(string? value, int status, string code)
    {
        using SignedClient manager = Manager();
        manager.Spoil = request =>
        {
            request.Headers.Remove("Authorization");
            if (value is not null) request.Headers.TryAddWithoutValidation("Authorization", value);
        };
        Assert.Equal((status, code), await StatusAsync(manager));
    }

    [Theory]
    [InlineData(-15 * 60, 200, "")]
    [InlineData(15 * 60, 200, "")]
    [InlineData(-15 * 60 - 1, 400, "InvalidTimeStamp.Expired")]
    [InlineData(15 * 60 + 1, 400, "InvalidTimeStamp.Expired")]
    public async Task A_date_may_be_a_quarter_of_an_hour_off(int seconds, int status, string code)
    {
        using SignedClient manager = Manager();
        manager.Extra["x-acs-date"] = Clock.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        Assert.Equal((status, code), await StatusAsync(manager));
    }

    [Theory]
    [InlineData("x-acs-date", "2026-11-24 10:00:00", "InvalidTimeStamp.Format")]
    [InlineData("x-acs-signature-nonce", "", "MissingSignatureNonce")]
    public async Task A_header_that_is_malformed_is_told(string name, string value, string code)
    {
        using SignedClient manager = Manager();
        manager.Extra[name] = value;
        Assert.Equal((400, code), await StatusAsync(manager));
    }

    [Fact]
    public async Task A_GET_is_as_good_as_a_POST_and_other_methods_and_paths_are_none()
    {
        using var get = new SignedClient(Cloud.Endpoint, Cloud.ManagementCredentials) { Clock = Clock, Method = HttpMethod.Get };
        Assert.Equal(200, (await get.CallAsync(Who)).Status);
        using var put = new SignedClient(Cloud.Endpoint, Cloud.ManagementCredentials) { Clock = Clock, Method = HttpMethod.Put };
        Assert.Equal((404, "InvalidAction.NotFound"), await StatusAsync(put));
    }

    [Fact]
    public async Task An_error_is_told_in_the_clouds_form_and_names_the_signature_that_was_expected()
    {
        using SignedClient wrong = new(Cloud.Endpoint, Cloud.ManagementCredentials.AccessKeyId, "wrong") { Clock = Clock };
        Answer answer = await wrong.CallAsync("ecs.DescribeInstances", ("RegionId", "cn-hangzhou"));
        Assert.Equal("ecs.cn-hangzhou.aliyuncs.com", answer.Text("HostId"));
        Assert.Contains("server CanonicalRequest is [POST\n/\nRegionId=cn-hangzhou\n", answer.Text("Message"), StringComparison.Ordinal);
        Assert.Equal(answer.Text("RequestId"), answer.Response.Headers.GetValues("x-acs-request-id").Single());
        Assert.Equal(Clock.GetUtcNow(), answer.Response.Headers.Date);
    }

    private static async Task<(int, string)> StatusAsync(SignedClient client)
    {
        Answer answer = await client.CallAsync(Who);
        return (answer.Status, answer.Code);
    }
}
