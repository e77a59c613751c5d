using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Rpc;
using Bastion.Cloud.Connections;

namespace Bastion.Unit.Cloud;

public sealed class EndpointTests
{
    private static readonly Endpoints TheClouds = new(null);

    [Theory]
    [InlineData(null, null, "ecs.aliyuncs.com")]
    [InlineData("eu-central-1", null, "ecs.eu-central-1.aliyuncs.com")]
    [InlineData("cn-hangzhou", null, "ecs-cn-hangzhou.aliyuncs.com")]
    [InlineData("cn-north-2-gov-1", null, "ecs.aliyuncs.com")]
    [InlineData("cn-qingdao", "ecs.cn-qingdao.aliyuncs.com", "ecs.cn-qingdao.aliyuncs.com")]
    [InlineData("me-east-1", "ecs-special.me-east-1.aliyuncs.com", "ecs-special.me-east-1.aliyuncs.com")]
    [InlineData("eu-west-1", "evil.example.com", "ecs.eu-west-1.aliyuncs.com")]
    [InlineData("eu-west-1", "evil.example.com/.aliyuncs.com", "ecs.eu-west-1.aliyuncs.com")]
    [InlineData("eu-west-1", "eviling-aliyuncs.com", "ecs.eu-west-1.aliyuncs.com")]
    public void Hosts_are_asked_for_where_the_cloud_says_if_that_is_the_cloud(string? region, string? told, string host) =>
        Assert.Equal($"https://{host}/", TheClouds.Ecs(region, told).ToString());

    [Theory]
    [InlineData(null, "rds.aliyuncs.com")]
    [InlineData("cn-hangzhou", "rds.aliyuncs.com")]
    [InlineData("ap-southeast-1", "rds.aliyuncs.com")]
    [InlineData("eu-central-1", "rds.eu-central-1.aliyuncs.com")]
    [InlineData("cn-shanghai-finance-1", "rds.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", "rds-vpc.cn-hangzhou-finance.aliyuncs.com")]
    public void Databases_are_asked_for_at_the_central_or_the_regions_own_endpoint(string? region, string host) =>
        Assert.Equal($"https://{host}/", TheClouds.Rds(region).ToString());

    [Theory]
    [InlineData(null, false, "sts.aliyuncs.com")]
    [InlineData("cn-beijing", false, "sts.cn-beijing.aliyuncs.com")]
    [InlineData("cn-beijing", true, "sts-vpc.cn-beijing.aliyuncs.com")]
    public void The_token_service_is_global_unless_a_region_is_named(string? region, bool vpc, string host)
    {
        Assert.Equal($"https://{host}/", new Endpoints(null, region, vpc).Sts.ToString());
        Assert.Equal("https://resourcemanager.aliyuncs.com/", TheClouds.ResourceManager.ToString());
    }

    [Fact]
    public void One_endpoint_for_everything_is_used_for_everything()
    {
        var one = new Uri("https://proxy.example.com:8443/");
        var endpoints = new Endpoints(one, "cn-beijing", vpc: true);
        Assert.All([endpoints.Sts, endpoints.ResourceManager, endpoints.Ecs("eu-central-1", "ecs.eu-central-1.aliyuncs.com"), endpoints.Rds("eu-central-1"), endpoints.StsOf("sts.other.com", null, false)],
            endpoint => Assert.Equal(one, endpoint));
    }

    [Theory]
    [InlineData("a.evil.com/")]
    [InlineData("x@evil.com")]
    [InlineData("CN-HANGZHOU")]
    [InlineData("-x")]
    [InlineData("")]
    public void What_is_no_region_never_becomes_part_of_a_host_name(string region)
    {
        Assert.Equal("CloudRegionNotFound", Assert.Throws<CloudException>(() => TheClouds.Ecs(region)).Id);
        Assert.Equal("CloudRegionNotFound", Assert.Throws<CloudException>(() => TheClouds.Rds(region)).Id);
        Assert.Equal("CloudRegionNotFound", Assert.Throws<CloudException>(() => new Endpoints(null, region).Sts).Id);
    }

    [Theory]
    [InlineData("https://cloud.example.com")]
    [InlineData("https://cloud.example.com:8443/")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.8.9.1")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://localhost:9")]
    public void An_https_endpoint_or_one_on_this_machine_is_taken(string endpoint) => Assert.Equal(new Uri(endpoint), Endpoints.Read(endpoint));

    [Theory]
    [InlineData("http://cloud.example.com", "CloudEndpointInsecure")]
    [InlineData("http://10.0.0.1:8080", "CloudEndpointInsecure")]
    [InlineData("http://localhost.example.com", "CloudEndpointInsecure")]
    [InlineData("http://127.0.0.1.example.com", "CloudEndpointInsecure")]
    [InlineData("ftp://127.0.0.1", "CloudEndpointInvalid")]
    [InlineData("cloud.example.com", "CloudEndpointInvalid")]
    [InlineData("", "CloudEndpointInvalid")]
    [InlineData("https://cloud.example.com/api", "CloudEndpointInvalid")]
    [InlineData("https://cloud.example.com/?a=b", "CloudEndpointInvalid")]
    [InlineData("https://user:hunter2@cloud.example.com", "CloudEndpointInvalid")]
    [InlineData("user:hunter2@cloud.example.com", "CloudEndpointInvalid")]
    public void An_endpoint_in_the_clear_or_with_more_than_a_server_is_refused(string endpoint, string id)
    {
        CloudException error = Assert.Throws<CloudException>(() => Endpoints.Read(endpoint));
        Assert.Equal(id, error.Id);
        Assert.DoesNotContain("hunter2", error.Message + error.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_of_an_unknown_provider_is_refused()
    {
        CloudConnection connection = AlibabaFixture.Connection(CredentialSource.Environment) with { Provider = "Nimbus" };
        Assert.Equal("Nimbus", Assert.Throws<CloudProviderUnknownException>(() => CloudProviders.Open(connection, null, TimeProvider.System)).Subject);
    }

    [Fact]
    public void A_connection_with_its_key_lost_from_the_vault_is_refused() => Assert.Equal("CloudCredentialsMissing",
        Assert.Throws<CloudException>(() => CloudProviders.Open(AlibabaFixture.Connection(CredentialSource.Given, "LTAIx"), null, TimeProvider.System)).Id);
}
