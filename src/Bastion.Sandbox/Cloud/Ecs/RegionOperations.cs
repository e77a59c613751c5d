namespace Bastion.Sandbox.Cloud.Ecs;

/// <summary>Elastic Compute Service, 2014-05-26: regions.</summary>
internal static class RegionOperations
{
    public static Operation DescribeRegions() => new("Ecs", "2014-05-26", "DescribeRegions", call => new
    {
        call.RequestId,
        Regions = new
        {
            Region = call.World.Regions.Select(r => new
            {
                RegionId = r.Id,
                r.LocalName,
                RegionEndpoint = $"ecs.{r.Id}.aliyuncs.com",
                Status = "available",
            }),
        },
    });
}
