using Bastion.Sandbox.Cloud;

namespace Bastion.Unit.Sandbox;

/// <summary>Published vectors (V1–V4) and requests captured from the official SDKs, against the verifying side.</summary>
public sealed class SignatureVectorTests
{
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string GivenPayload = "55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23";

    [Theory]
    [InlineData("GET", "/", "6c416f315497f25326e3f67e06370dbfce4d082b99aecdfc2411eeecd152f68f", "d16b30a7699ae9e43875b13195b2f81bcc3ed10c14a9b5eb780e51619aa50be1")]
    [InlineData("", "/", "de5b11a1e2e756c1d859871395fe0b6d47f2564e88a5477eb586c03c6fc105ff", "4ab59fffe3c5738ff8a2729f90cc04fe18b02a4b15b2102cbaf92f9ff3df2ea3")]
    [InlineData("undefined", "", "9f8b15c99e5c5c2786c2cc1f0d00f1d62cef28df7a11787fcdfea9e2aaefff28", "0f2d549523cf082c83bb8135b5863614f7fe16ca7c2c7fc537e74d67374eeeac")]
    public void The_SDKs_own_test_vectors_hold(string method, string path, string hash, string signature)
    {
        string canonical = SignatureV3.Canonical(
            method,
            path,
            [new("test", "ok"), new("empty", "")],
            [("x-acs-test", ["http"]), ("x-acs-TEST", ["https"])],
            GivenPayload);
        Assert.Equal($"{method}\n{path}\nempty=&test=ok\nx-acs-test:http,https\n\nx-acs-test\n{GivenPayload}", canonical);
        AssertSigned(canonical, "secret", hash, signature);
    }

    [Fact]
    public void The_worked_example_of_the_help_page_holds()
    {
        string canonical = CanonicalOf("/?RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "",
            ("host", "ecs.cn-shanghai.aliyuncs.com"), ("x-acs-action", "RunInstances"), ("x-acs-content-sha256", Empty),
            ("x-acs-date", "2023-10-26T10:22:32Z"), ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"), ("x-acs-version", "2014-05-26"));
        AssertSigned(canonical, "YourAccessKeySecret",
            "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
            "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    [Fact]
    public void A_captured_request_with_awkward_characters_is_read_from_its_raw_target()
    {
        const string Target = "/?AdditionalAttributes.1=META_OPTIONS&AdditionalAttributes.2=X&DryRun=false&InstanceIds=%5B%22i-a1%22%2C%22i-b2%22%5D"
            + "&InstanceName=web*&Ipv6Address.1=2001%3Adb8%3A%3A1&KeyPairName=&RegionId=cn-hangzhou&Tag.1.Key=env&Tag.1.Value=prod"
            + "&Tag.2.Key=owner%27s%20(team)!&Tag.2.Value=a%20b*c~d%2Be%2Ff%3Dg%26h%25i%20%C3%A9%20%E4%BA%91"
            + "&Filter.1.Key=CreationStartTime&Filter.1.Value=2017-12-05T22%3A40Z";
        string canonical = CanonicalOf(Target, "",
            ("host", "127.0.0.1:46335"), ("x-acs-accesskey-id", "STS.throwaway1"), ("x-acs-action", "DescribeInstances"),
            ("x-acs-content-sha256", Empty), ("x-acs-credentials-provider", "static_sts"), ("x-acs-date", "2026-11-24T09:55:32Z"),
            ("x-acs-security-token", "CAIS+tok/en=="),
            ("x-acs-signature-nonce", "7eff30346fd90774f16b08d89d344022ac1445fb0998a072ae970e7f4ba75f3c"), ("x-acs-version", "2014-05-26"));
        AssertSigned(canonical, "throwaway-secret-1",
            "69ec033beb0ef369166c44d34af5f2eba1b8e3c9cdb6905f0e3776b7def381b4",
            "b9f795c6fa5a04eecb28963ed2455e2a293a768cfe9d57b8c8a02dad2b83a511");
    }

    [Fact]
    public void A_captured_request_with_a_form_body_signs_the_body_and_merges_it()
    {
        const string Body = "A=x%20y&B.1=1&B.2=2";
        (string, string)[] headers =
        [
            ("content-type", "application/x-www-form-urlencoded"), ("host", "127.0.0.1:46335"), ("x-acs-action", "DescribeRegions"),
            ("x-acs-content-sha256", "8f2a9af72b696aafdc47a92363aa0e9522a9679888b5c89e8941402d43a6d76b"),
            ("x-acs-credentials-provider", "static_ak"), ("x-acs-date", "2026-11-24T09:55:32Z"),
            ("x-acs-signature-nonce", "eff624ff86844f900aecaf29a070a0df"), ("x-acs-version", "2014-05-26"),
        ];
        AssertSigned(CanonicalOf("/?AcceptLanguage=en-US", Body, headers), "throwaway-secret-1",
            "8417bb400a5374b2ff394982b9186f944c3b7e4aef2c385940500baac8a389ec",
            "2d699cc681f9ca21481c50d12ae09eed0007ffdc2a7df65ddff242d958f5f345");
        WireRequest request = Wire("/?AcceptLanguage=en-US", Body, headers);
        Assert.Equal("x y", request.Parameters.Text("A"));
        Assert.Equal("en-US", request.Parameters.Text("AcceptLanguage"));
    }

    [Theory]
    [MemberData(nameof(CapturedRequests.All), MemberType = typeof(CapturedRequests))]
    public void A_captured_request_has_the_signature_that_its_SDK_sent(CapturedRequest captured)
    {
        (string, string)[] headers =
        [
            ("host", "127.0.0.1:46335"), ("x-acs-action", captured.Action), ("x-acs-content-sha256", Empty),
            ("x-acs-credentials-provider", captured.Temporary ? "static_sts" : "static_ak"),
            ("x-acs-date", $"2026-11-24T09:55:{captured.Second}Z"), ("x-acs-signature-nonce", captured.Nonce), ("x-acs-version", captured.Version),
        ];
        if (captured.Temporary) headers = [.. headers, ("x-acs-accesskey-id", "STS.throwaway1"), ("x-acs-security-token", "CAIS+tok/en==")];
        string toSign = SignatureV3.StringToSign(CanonicalOf(captured.Target, "", headers));
        Assert.Equal(captured.Signature, SignatureV3.Sign("throwaway-secret-1", toSign));
    }

    private static WireRequest Wire(string target, string body, (string, string)[] headers) =>
        new("POST", target, headers.Select(h => new KeyValuePair<string, string>(h.Item1, h.Item2)), System.Text.Encoding.UTF8.GetBytes(body));

    private static string CanonicalOf(string target, string body, params (string Name, string Value)[] headers)
    {
        WireRequest request = Wire(target, body, headers);
        return SignatureV3.Canonical(
            request.Method, request.Path, request.Query,
            headers.Select(h => (h.Name, request.HeaderValues(h.Name))),
            SignatureV3.Hash(request.Body));
    }

    private static void AssertSigned(string canonical, string secret, string hash, string signature)
    {
        Assert.Equal(hash, SignatureV3.Hash(System.Text.Encoding.UTF8.GetBytes(canonical)));
        Assert.Equal(signature, SignatureV3.Sign(secret, SignatureV3.StringToSign(canonical)));
    }
}
