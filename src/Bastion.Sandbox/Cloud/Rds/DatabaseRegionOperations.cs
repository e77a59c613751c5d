namespace Bastion.Sandbox.Cloud.Rds;

/// <summary>ApsaraDB RDS, 2014-08-15: regions, one entry for each zone.</summary>
internal static class DatabaseRegionOperations
{
    private static readonly string[] Zones = ["h", "i"];

    public static Operation DescribeRegions() => new("Rds", "2014-08-15", "DescribeRegions", call => new
    {
        call.RequestId,
        Regions = new
        {
            RDSRegion = call.World.Regions.SelectMany(_ => Zones, (r, zone) => new
            {
                RegionId = r.Id,
                ZoneId = $"{r.Id}-{zone}",
                r.LocalName,
                ZoneName = $"{r.LocalName} Zone {zone.ToUpperInvariant()}",
                RegionEndpoint = "rds.aliyuncs.com",
            }),
        },
    });
}
