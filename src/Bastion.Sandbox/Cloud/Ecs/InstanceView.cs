namespace Bastion.Sandbox.Cloud.Ecs;

/// <summary>An instance in the cloud's shape: every list in a wrapper that is named in the singular.</summary>
internal static class InstanceView
{
    public static object Of(Instance i) => new
    {
        InstanceId = i.Id,
        InstanceName = i.Name,
        HostName = i.Name,
        i.Status,
        OSType = i.OsType,
        OSName = i.OsName,
        OSNameEn = i.OsName,
        i.RegionId,
        i.ZoneId,
        InstanceType = "ecs.g6.large",
        InstanceTypeFamily = "ecs.g6",
        Cpu = 2,
        Memory = 8192,
        InstanceNetworkType = "vpc",
        InstanceChargeType = "PostPaid",
        InternetMaxBandwidthIn = 200,
        InternetMaxBandwidthOut = 5,
        CreationTime = "2025-12-10T04:04Z",
        StartTime = i.IsRunning ? "2025-12-10T04:05Z" : "",
        ExpiredTime = "2099-12-31T15:59Z",
        IoOptimized = true,
        DeletionProtection = false,
        DeviceAvailable = true,
        Recyclable = false,
        SpotPriceLimit = 0.0f,
        ResourceGroupId = "",
        VpcAttributes = new
        {
            i.VpcId,
            VSwitchId = "vsw-01",
            PrivateIpAddress = new { IpAddress = Addresses(i.PrivateIp) },
            NatIpAddress = "",
        },
        PublicIpAddress = new { IpAddress = Addresses(i.PublicIp) },
        InnerIpAddress = new { IpAddress = Array.Empty<string>() },
        EipAddress = i.Eip.Length == 0
            ? (object)new { IpAddress = "", AllocationId = "", InternetChargeType = "" }
            : new { AllocationId = "eip-" + i.Id[2..], IpAddress = i.Eip, Bandwidth = 5, InternetChargeType = "PayByTraffic" },
        NetworkInterfaces = new
        {
            NetworkInterface = new[]
            {
                new
                {
                    NetworkInterfaceId = "eni-" + i.Id[2..],
                    PrimaryIpAddress = i.PrivateIp,
                    Type = "Primary",
                    PrivateIpSets = new { PrivateIpSet = new[] { new { PrivateIpAddress = i.PrivateIp, Primary = true } } },
                    Ipv6Sets = new { Ipv6Set = Array.Empty<object>() },
                },
            },
        },
        SecurityGroupIds = new { SecurityGroupId = new[] { "sg-01" } },
        KeyPairName = i.IsLinux ? "ops" : "",
        Tags = new { Tag = i.Tags.Select(t => new { TagKey = t.Key, TagValue = t.Value }) },
        OperationLocks = new { LockReason = Array.Empty<object>() },
    };

    private static string[] Addresses(string address) => address.Length == 0 ? [] : [address];
}
