using System.Text;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Rpc;
using Bastion.Unit.Sandbox;

namespace Bastion.Unit.Cloud;

/// <summary>The engine's signer against the published vectors and the requests captured from the official SDKs.</summary>
public sealed class Acs3SignatureTests
{
    private const string GivenPayload = "55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23";
    private const string FormPayload = "8f2a9af72b696aafdc47a92363aa0e9522a9679888b5c89e8941402d43a6d76b";
    private static readonly byte[] Throwaway = "throwaway-secret-1"u8.ToArray();

    [Theory]
    [InlineData("GET", "/", "6c416f315497f25326e3f67e06370dbfce4d082b99aecdfc2411eeecd152f68f", "d16b30a7699ae9e43875b13195b2f81bcc3ed10c14a9b5eb780e51619aa50be1")]
    [InlineData("", "/", "de5b11a1e2e756c1d859871395fe0b6d47f2564e88a5477eb586c03c6fc105ff", "4ab59fffe3c5738ff8a2729f90cc04fe18b02a4b15b2102cbaf92f9ff3df2ea3")]
    [InlineData("undefined", "", "9f8b15c99e5c5c2786c2cc1f0d00f1d62cef28df7a11787fcdfea9e2aaefff28", "0f2d549523cf082c83bb8135b5863614f7fe16ca7c2c7fc537e74d67374eeeac")]
    public void The_SDKs_own_test_vectors_hold(string method, string path, string hash, string signature)
    {
        (string names, string canonical) = Acs3Signature.Canonical(method, path, Acs3Signature.Query(Pairs(("test", "ok"), ("empty", ""))), Pairs(("x-acs-test", "http"), ("x-acs-TEST", "https")), GivenPayload);
        Assert.Equal($"{method}\n{path}\nempty=&test=ok\nx-acs-test:http,https\n\nx-acs-test\n{GivenPayload}", canonical);
        Assert.Equal("x-acs-test", names);
        AssertSigned(canonical, "secret"u8, hash, signature);
        Assert.Equal($"ACS3-HMAC-SHA256 Credential=acesskey,SignedHeaders=x-acs-test,Signature={signature}", Acs3Signature.Authorization(new AlibabaKey("acesskey", "secret"), names, canonical));
    }

    [Fact]
    public void The_worked_example_of_the_help_page_holds()
    {
        string query = Acs3Signature.Query(Pairs(("RegionId", "cn-shanghai"), ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd")));
        (_, string canonical) = Acs3Signature.Canonical("POST", "/", query, Pairs(
            ("x-acs-version", "2014-05-26"), ("host", "ecs.cn-shanghai.aliyuncs.com"), ("x-acs-action", "RunInstances"), ("x-acs-content-sha256", Acs3Signature.EmptyPayload),
            ("x-acs-date", "2023-10-26T10:22:32Z"), ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d")), Acs3Signature.EmptyPayload);
        AssertSigned(canonical, "YourAccessKeySecret"u8, "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259", "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    [Fact]
    public void Awkward_characters_and_many_numbered_parameters_are_signed_as_the_SDK_signs_them()
    {
        string query = Acs3Signature.Query(Pairs(
            ("Filter.1.Value", "2017-12-05T22:40Z"), ("Filter.1.Key", "CreationStartTime"), ("AdditionalAttributes.1", "META_OPTIONS"), ("AdditionalAttributes.2", "X"), ("DryRun", "false"),
            ("InstanceIds", """["i-a1","i-b2"]"""), ("InstanceName", "web*"), ("Ipv6Address.1", "2001:db8::1"), ("KeyPairName", ""), ("RegionId", "cn-hangzhou"),
            ("Tag.1.Key", "env"), ("Tag.1.Value", "prod"), ("Tag.2.Key", "owner's (team)!"), ("Tag.2.Value", "a b*c~d+e/f=g&h%i é 云")));
        (string names, string canonical) = Acs3Signature.Canonical("POST", "/", query, Pairs(
            ("host", "127.0.0.1:46335"), ("x-acs-accesskey-id", "STS.throwaway1"), ("x-acs-action", "DescribeInstances"), ("x-acs-content-sha256", Acs3Signature.EmptyPayload),
            ("x-acs-credentials-provider", "static_sts"), ("x-acs-date", "2026-11-24T09:55:32Z"), ("x-acs-security-token", "CAIS+tok/en=="),
            ("x-acs-signature-nonce", "7eff30346fd90774f16b08d89d344022ac1445fb0998a072ae970e7f4ba75f3c"), ("x-acs-version", "2014-05-26")), Acs3Signature.EmptyPayload);
        Assert.Equal("host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version", names);
        AssertSigned(canonical, Throwaway, "69ec033beb0ef369166c44d34af5f2eba1b8e3c9cdb6905f0e3776b7def381b4", "b9f795c6fa5a04eecb28963ed2455e2a293a768cfe9d57b8c8a02dad2b83a511");
    }

    [Fact]
    public void A_form_body_is_signed_with_its_type_and_hash()
    {
        (_, string canonical) = Acs3Signature.Canonical("POST", "/", Acs3Signature.Query(Pairs(("AcceptLanguage", "en-US"))), Pairs(
            ("content-type", "application/x-www-form-urlencoded"), ("host", "127.0.0.1:46335"), ("x-acs-action", "DescribeRegions"), ("x-acs-content-sha256", FormPayload),
            ("x-acs-credentials-provider", "static_ak"), ("x-acs-date", "2026-11-24T09:55:32Z"), ("x-acs-signature-nonce", "eff624ff86844f900aecaf29a070a0df"), ("x-acs-version", "2014-05-26")), FormPayload);
        AssertSigned(canonical, Throwaway, "8417bb400a5374b2ff394982b9186f944c3b7e4aef2c385940500baac8a389ec", "2d699cc681f9ca21481c50d12ae09eed0007ffdc2a7df65ddff242d958f5f345");
    }

    [Fact]
    public void Parameters_are_sorted_by_their_raw_names() =>
        Assert.Equal("Tag.1.Key=a&Tag.10.Key=c&Tag.2.Key=b&a=1", Acs3Signature.Query(Pairs(("a", "1"), ("Tag.2.Key", "b"), ("Tag.10.Key", "c"), ("Tag.1.Key", "a"))));

    [Theory]
    [MemberData(nameof(CapturedRequests.All), MemberType = typeof(CapturedRequests))]
    public void Each_operation_is_signed_as_its_SDK_signs_it(CapturedRequest captured)
    {
        (string, string)[] headers =
        [
            ("host", "127.0.0.1:46335"), ("x-acs-version", captured.Version), ("x-acs-action", captured.Action), ("x-acs-date", $"2026-11-24T09:55:{captured.Second}Z"),
            ("x-acs-signature-nonce", captured.Nonce), ("x-acs-content-sha256", Acs3Signature.EmptyPayload), ("x-acs-credentials-provider", captured.Temporary ? "static_sts" : "static_ak"),
        ];
        if (captured.Temporary) headers = [.. headers, ("x-acs-accesskey-id", "STS.throwaway1"), ("x-acs-security-token", "CAIS+tok/en==")];
        string query = Acs3Signature.Query(captured.Target.TrimStart('/', '?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => new KeyValuePair<string, string>(Uri.UnescapeDataString(p.Split('=')[0]), Uri.UnescapeDataString(p.Split('=')[1]))));
        (_, string canonical) = Acs3Signature.Canonical("POST", "/", query, Pairs(headers), Acs3Signature.EmptyPayload);
        Assert.Equal(captured.Signature, Acs3Signature.Sign(Throwaway, Acs3Signature.StringToSign(canonical)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(params (string, string)[] pairs) => pairs.Select(p => new KeyValuePair<string, string>(p.Item1, p.Item2));

    private static void AssertSigned(string canonical, ReadOnlySpan<byte> secret, string hash, string signature)
    {
        Assert.Equal($"ACS3-HMAC-SHA256\n{hash}", Acs3Signature.StringToSign(canonical));
        Assert.Equal(signature, Acs3Signature.Sign(secret, Acs3Signature.StringToSign(canonical)));
        Assert.Equal(hash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
    }
}
