using Bastion.Cloud;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

/// <summary>A region that refuses must neither hide the others nor pass in silence.</summary>
public sealed class RegionRefusalTests : AlibabaFixture
{
    [Theory]
    [InlineData("Forbidden.RAM", 403)]
    [InlineData("Unauthorized.Region", 403)]
    [InlineData("InvalidRegionId.NotFound", 404)]
    public async Task All_others_are_read_before_it_is_told(string code, int status)
    {
        Cloud.Faults.FailNext("DescribeInstances", 1, status, code);
        (List<CloudAsset> found, Exception? error) = await Read(Everything);
        var refused = Assert.IsType<CloudRegionsRefusedException>(error);
        CloudRegionRefusal one = Assert.Single(refused.Refused);
        Assert.Equal((CloudAssetKind.Host, ErrorKind.Denied, Shop), (one.Kind, refused.Kind, refused.Subject));
        Assert.Equal(Cloud.World.InstancesOf(Shop).Count(i => i.RegionId != one.Region), found.Count(a => a.Kind == CloudAssetKind.Host));
        Assert.Equal(2, found.Count(a => a.Kind == CloudAssetKind.Database));
        Assert.Contains($"hosts in {one.Region}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_whose_regions_are_refused_counts_as_refused_everywhere()
    {
        Cloud.Faults.FailNext("Rds.DescribeRegions", 1, 403, "Forbidden.RAM");
        (List<CloudAsset> found, Exception? error) = await Read(Everything);
        CloudRegionRefusal all = Assert.Single(Assert.IsType<CloudRegionsRefusedException>(error).Refused);
        Assert.True(all.Covers(CloudAssetKind.Database, "cn-hangzhou") && all.Covers(CloudAssetKind.Database, null) && !all.Covers(CloudAssetKind.Host, "cn-hangzhou"));
        Assert.Equal(4, found.Count);
    }

    [Fact]
    public async Task Where_nothing_can_be_read_it_is_the_refusal_itself()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, AccountId = Shop, HttpStatus = 403, Code = "Forbidden.RAM" });
        (List<CloudAsset> found, Exception? error) = await Read(Everything);
        Assert.Empty(found);
        Assert.Equal("CloudAccessDenied", Assert.IsType<CloudException>(error).Id);
    }

    [Fact]
    public async Task A_region_that_was_named_and_is_none_is_told() =>
        Assert.Equal("CloudRegionNotFound", Assert.IsType<CloudException>((await Read(new CloudAssetQuery([CloudAssetKind.Host], ["mars-1"]))).Error).Id);

    [Fact]
    public async Task Any_other_fault_of_a_region_fails_the_account()
    {
        Cloud.Faults.FailNext("DescribeInstances", 1, 400, "InvalidParameter");
        Assert.Equal("CloudRefused", Assert.IsType<CloudException>((await Read(Everything)).Error).Id);
    }

    private async Task<(List<CloudAsset> Found, Exception? Error)> Read(CloudAssetQuery query)
    {
        var found = new List<CloudAsset>();
        try
        {
            await foreach (CloudAsset asset in Open().ListAssetsAsync(Shop, query, default)) found.Add(asset);
            return (found, null);
        }
        catch (BastionException e)
        {
            return (found, e);
        }
    }
}
