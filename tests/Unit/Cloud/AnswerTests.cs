using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

/// <summary>Answers that the real cloud may give, and answers of things that are not the cloud.</summary>
public sealed class AnswerTests
{
    private const string Me = $$"""{"AccountId":"{{Shop}}","IdentityType":"RAMUser","Arn":"acs:ram::{{Shop}}:user/u"}""";

    [Fact]
    public async Task A_proxys_page_is_told_with_its_status_and_beginning()
    {
        CloudException error = await IdentityFails(407, "<html>\n<body>Proxy login for \u001b[31mACME\u202e</body></html>");
        Assert.Equal(("CloudAnswerInvalid", ErrorKind.Connection), (error.Id, error.Kind));
        Assert.Contains("HTTP 407", error.Message, StringComparison.Ordinal);
        Assert.Contains("'<html> <body>Proxy login for \\u{1B}[31mACME\\u{202E}</body></html>'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html>hotel wifi</html>")]
    [InlineData(200, "")]
    [InlineData(200, "[1,2]")]
    [InlineData(200, "{\"AccountId\":")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"AccountId":{"x":1}}""")]
    [InlineData(400, """{"error":"not the cloud's"}""")]
    [InlineData(404, "not found")]
    [InlineData(400, "null")]
    public async Task What_is_not_the_clouds_form_is_told_as_such(int status, string body) => Assert.Equal("CloudAnswerInvalid", (await IdentityFails(status, body)).Id);

    [Fact]
    public async Task A_broken_gateway_in_between_is_tried_again_though_its_page_is_no_JSON()
    {
        int calls = 0;
        await using StubCloud stub = await StubCloud.StartAsync(http => Interlocked.Increment(ref calls) < 3 ? StubCloud.WriteAsync(http, 502, "<html>bad gateway</html>") : StubCloud.WriteAsync(http, 200, Me));
        Assert.Equal(Shop, (await Open(stub).GetIdentityAsync(default)).AccountId);
        CloudException error = await IdentityFails(502, "<html>bad gateway</html>");
        Assert.Equal("CloudUnavailable", error.Id);
        Assert.Contains("HTTP 502", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_is_never_followed(int status)
    {
        await using StubCloud elsewhere = await StubCloud.AnsweringAsync(200, Me);
        await using StubCloud stub = await StubCloud.AnsweringAsync(status, "", ("Location", elsewhere.Endpoint.ToString()));
        CloudException error = await AlibabaFixture.Fails(() => Open(stub).GetIdentityAsync(default));
        Assert.Equal("CloudAnswerInvalid", error.Id);
        Assert.Contains($"HTTP {status}", error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_page_that_echoes_the_request_does_not_get_the_token_into_an_error()
    {
        await using StubCloud stub = await StubCloud.StartAsync(async http =>
            await StubCloud.WriteAsync(http, 403, $"<html>blocked: {http.Request.Headers["x-acs-security-token"]} {http.Request.Headers.Authorization}"));
        AlibabaInventory cloud = AlibabaFixture.OpenAt(stub.Endpoint, "STS.x", "the-secret", "short+token/1==");
        CloudException error = await AlibabaFixture.Fails(() => cloud.GetIdentityAsync(default));
        Assert.DoesNotContain("short+token", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Signature=", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_other_end_is_told_as_unreachable()
    {
        Uri gone;
        await using (StubCloud stub = await StubCloud.AnsweringAsync(200, Me)) gone = stub.Endpoint;
        CloudException error = await AlibabaFixture.Fails(() => AlibabaFixture.OpenAt(gone, "id", "secret").GetIdentityAsync(default));
        Assert.Equal(("CloudUnreachable", ErrorKind.Connection, gone.Authority), (error.Id, error.Kind, error.Subject));
    }

    [Fact]
    public async Task Numbers_as_text_text_as_numbers_nulls_and_missing_lists_are_read()
    {
        List<CloudAsset> assets = await Listing("""
            {"TotalCount":"2","NextToken":null,"Instances":{"Instance":[
              {"InstanceId":"i-1","InstanceName":"","Status":"Stopped","OSType":"Linux","VpcAttributes":null,"EipAddress":{},"PublicIpAddress":{"IpAddress":[]},"Tags":null,
               "NetworkInterfaces":{"NetworkInterface":[{"PrimaryIpAddress":"10.0.0.9"}]},"OperationLocks":{"LockReason":[{"LockReason":"financial"}]},"Unknown":[[{}]]},
              {"InstanceId":"i-2","InstanceName":7,"InnerIpAddress":{"IpAddress":["10.0.0.8"]},"EipAddress":{"IpAddress":""},"Tags":{"Tag":[{"TagKey":"a","TagValue":1},{"TagKey":"b"},{"TagValue":"lost"}]}}]}}
            """);
        CloudAsset one = assets[0], two = assets[1];
        Assert.Equal(("i-1", "i-1", "Stopped", "linux", "10.0.0.9", null), (one.InstanceId, one.Name, one.Status, one.OperatingSystem, one.PrivateAddress, one.PublicAddress));
        Assert.Equal(("7", "Unknown", null, "10.0.0.8", null), (two.Name, two.Status, two.OperatingSystem, two.PrivateAddress, two.PublicAddress));
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "" }, two.Tags);
    }

    [Fact]
    public async Task A_list_in_its_wrappers_place_is_read_too() =>
        Assert.Equal("i-1", Assert.Single(await Listing("""{"TotalCount":1,"Instances":[{"InstanceId":"i-1"}]}""")).InstanceId);

    [Theory]
    [InlineData("""{"TotalCount":3}""")]
    [InlineData("""{"TotalCount":"3","Instances":null}""")]
    [InlineData("""{"TotalCount":3,"Instances":{"Instance":null}}""")]
    [InlineData("""{"TotalCount":3,"Instances":{"Instance":"many"}}""")]
    [InlineData("""{"TotalCount":3,"Instances":"many"}""")]
    [InlineData("""{"TotalCount":1,"Instances":{"Instance":["i-1"]}}""")]
    [InlineData("""{"TotalCount":1,"Instances":{"Instance":[{"InstanceName":"without id"}]}}""")]
    [InlineData("""{"TotalCount":"many","Instances":{"Instance":[]}}""")]
    public async Task An_answer_that_counts_more_than_it_holds_or_holds_nonsense_is_a_fault(string body)
    {
        CloudException error = await AlibabaFixture.Fails(() => Listing(body));
        Assert.Equal("CloudAnswerInvalid", error.Id);
    }

    [Fact]
    public async Task An_empty_listing_without_a_wrapper_is_empty() => Assert.Empty(await Listing("""{"TotalCount":0}"""));

    [Fact]
    public async Task A_page_that_leads_to_itself_is_a_fault() =>
        Assert.Equal("CloudAnswerInvalid", (await AlibabaFixture.Fails(() => Listing("""{"NextToken":"again","Instances":{"Instance":[]}}"""))).Id);

    [Fact]
    public async Task Databases_that_are_counted_but_not_shown_are_a_fault() => Assert.Equal("CloudAnswerInvalid", (await AlibabaFixture.Fails(() =>
        Listing("""{"TotalRecordCount":250,"Items":{"DBInstance":[]}}""", CloudAssetKind.Database))).Id);

    [Theory]
    [InlineData("""{"DBInstanceNetInfos":{"DBInstanceNetInfo":[{"IPType":"Public","ConnectionString":"pub","Port":3310},{"IPType":"Private","ConnectionStringType":"ReadWriteSplitting","ConnectionString":"split","Port":"1"},{"IPType":"Private","ConnectionStringType":"Normal","ConnectionString":"priv","Port":"3309"}]}}""", "priv", "pub", 3309)]
    [InlineData("""{"DBInstanceNetInfos":{"DBInstanceNetInfo":[{"IPType":"Inner","IPAddress":"10.0.0.1","Port":""},{"IPType":"Public","ConnectionString":"pub","Port":3310}]}}""", "10.0.0.1", "pub", 3310)]
    [InlineData("""{"DBInstanceNetInfos":null}""", null, null, null)]
    public async Task The_plain_private_end_of_a_database_gives_its_address_and_port(string net, string? inside, string? outside, int? port)
    {
        CloudAsset database = Assert.Single(await Listing("""{"TotalRecordCount":1,"Items":{"DBInstance":[{"DBInstanceId":"rm-1","DBInstanceDescription":"","EngineVersion":8.0,"LockMode":"LockByExpiration"}]}}""", CloudAssetKind.Database, net));
        Assert.Equal(("rm-1", "8.0", inside, outside, port), (database.Name, database.EngineVersion, database.PrivateAddress, database.PublicAddress, database.Port));
    }

    [Fact]
    public async Task A_database_that_is_released_while_it_is_listed_is_left_out() => Assert.Empty(await Listing(
        """{"TotalRecordCount":1,"Items":{"DBInstance":[{"DBInstanceId":"rm-1"}]}}""", CloudAssetKind.Database, """{"Code":"InvalidDBInstanceId.NotFound","Message":"gone"}""", 404));

    [Fact]
    public async Task An_account_list_with_flat_tags_and_a_missing_name_is_read()
    {
        await using StubCloud stub = await StubCloud.StartAsync(http => StubCloud.WriteAsync(http, 200, http.Request.Headers["x-acs-action"] == "ListAccounts"
            ? """{"PageNumber":1,"PageSize":100,"TotalCount":3,"Accounts":{"Account":[{"AccountId":"1","Status":"SwitchSuccess"},{"AccountId":2,"DisplayName":null,"Status":"Odd","JoinTime":"no time","Tags":[]},{"AccountId":"9"}]}}"""
            : """{"ResourceDirectory":{"ResourceDirectoryId":"rd","MasterAccountId":"9"}}"""));
        List<CloudAccount> accounts = await AlibabaFixture.All(Open(stub).ListAccountsAsync(default));
        Assert.Equal([("1", "1", true), ("2", "2", false)], accounts.Select(a => (a.Id, a.DisplayName, a.IsUsable)));
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        await using StubCloud stub = await StubCloud.StartAsync(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new System.IO.Compression.GZipStream(http.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await zip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Me), http.RequestAborted);
        });
        Assert.Equal(Shop, (await Open(stub).GetIdentityAsync(default)).AccountId);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using StubCloud stub = await StubCloud.StartAsync(async http =>
        {
            byte[] junk = new byte[1024 * 1024];
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(junk, http.RequestAborted);
        });
        Assert.Equal("CloudAnswerInvalid", (await AlibabaFixture.Fails(() => Open(stub).GetIdentityAsync(default))).Id);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_no_request()
    {
        using var key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<int> heard = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(certificate);
                return await tls.ReadAsync(new byte[1]);
            }
            catch (IOException)
            {
                return 0;
            }
            catch (AuthenticationException)
            {
                return 0;
            }
        });
        using AlibabaInventory cloud = AlibabaFixture.OpenAt(new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/"), "id", "secret");
        CloudException error = await AlibabaFixture.Fails(() => cloud.GetIdentityAsync(default));
        Assert.Equal(("CloudUntrusted", ErrorKind.Security), (error.Id, error.Kind));
        Assert.Equal(0, await heard);
    }

    private static AlibabaInventory Open(StubCloud stub) => AlibabaFixture.OpenAt(stub.Endpoint, "LTAIx", "the-secret");

    private static async Task<CloudException> IdentityFails(int status, string body)
    {
        await using StubCloud stub = await StubCloud.AnsweringAsync(status, body);
        using AlibabaInventory cloud = Open(stub);
        return await AlibabaFixture.Fails(() => cloud.GetIdentityAsync(default));
    }

    private static async Task<List<CloudAsset>> Listing(string page, CloudAssetKind kind = CloudAssetKind.Host, string net = "{}", int netStatus = 200)
    {
        await using StubCloud stub = await StubCloud.StartAsync(http => http.Request.Headers["x-acs-action"].ToString() switch
        {
            "GetCallerIdentity" => StubCloud.WriteAsync(http, 200, Me),
            "DescribeDBInstanceNetInfo" => StubCloud.WriteAsync(http, netStatus, net),
            _ => StubCloud.WriteAsync(http, 200, page),
        });
        using AlibabaInventory cloud = Open(stub);
        return await AlibabaFixture.Assets(cloud, Shop, new CloudAssetQuery([kind], ["cn-hangzhou"]));
    }
}
