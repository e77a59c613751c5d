namespace Bastion.Sandbox.Cloud.Rds;

/// <summary>A database in the cloud's shapes. Note <c>VPCId</c>, <c>securityIPGroup</c>, and CreateTime against CreationTime.</summary>
internal static class DatabaseView
{
    private const string Created = "2025-11-05T11:26:02Z";

    public static object Listed(Database d, bool withCategory) => new
    {
        DBInstanceId = d.Id,
        DBInstanceDescription = d.Name,
        DBInstanceStatus = d.Status,
        DBInstanceType = "Primary",
        Category = withCategory ? "HighAvailability" : null,
        d.Engine,
        d.EngineVersion,
        DBInstanceClass = Class(d),
        DBInstanceMemory = 4096,
        DBInstanceNetType = "Intranet",
        InstanceNetworkType = "VPC",
        ConnectionMode = "Standard",
        d.RegionId,
        d.ZoneId,
        d.VpcId,
        VSwitchId = "vsw-01",
        PayType = "Postpaid",
        LockMode = "Unlock",
        DeletionProtection = false,
        MutriORsignle = false,
        CreateTime = Created,
        ExpireTime = "",
        ReadOnlyDBInstanceIds = new { ReadOnlyDBInstanceId = Array.Empty<object>() },
    };

    public static object Net(Database d, string requestId)
    {
        var privateEnd = End(d, d.PrivateHost, d.PrivateIp, "Private");
        return NetInfo(requestId, d.PublicHost.Length == 0 ? [privateEnd] : [privateEnd, End(d, d.PublicHost, "203.0.113.200", "Public")]);
    }

    public static object NoNet(string requestId) => NetInfo(requestId, []);

    public static object Attribute(Database d, string requestId) => new
    {
        RequestId = requestId,
        Items = new
        {
            DBInstanceAttribute = new[]
            {
                new
                {
                    DBInstanceId = d.Id,
                    DBInstanceDescription = d.Name,
                    DBInstanceStatus = d.Status,
                    DBInstanceType = "Primary",
                    d.Engine,
                    d.EngineVersion,
                    DBInstanceClass = Class(d),
                    DBInstanceMemory = 4096,
                    DBInstanceStorage = 100,
                    MaxConnections = 2000,
                    ConnectionString = d.PrivateHost,
                    Port = d.Port.ToString(),
                    DBInstanceNetType = "Intranet",
                    InstanceNetworkType = "VPC",
                    ConnectionMode = "Standard",
                    d.RegionId,
                    d.ZoneId,
                    d.VpcId,
                    VSwitchId = "vsw-01",
                    LockMode = "Unlock",
                    PayType = "Postpaid",
                    CreationTime = Created,
                    MaintainTime = "18:00Z-22:00Z",
                    SecurityIPList = "172.16.0.0/16",
                    SecurityIPMode = "normal",
                    SlaveZones = new { SlaveZone = Array.Empty<object>() },
                    Extra = new { DBInstanceIds = new { DBInstanceId = new[] { d.Id } } },
                    DBClusterNodes = new { DBClusterNode = Array.Empty<object>() },
                },
            },
        },
    };

    private static object NetInfo(string requestId, object[] ends) => new
    {
        RequestId = requestId,
        InstanceNetworkType = "VPC",
        SecurityIPMode = "normal",
        DBInstanceNetInfos = new { DBInstanceNetInfo = ends },
    };

    private static object End(Database d, string host, string address, string type) => new
    {
        ConnectionString = host,
        ConnectionStringType = "Normal",
        IPAddress = address,
        IPType = type,
        Port = d.Port.ToString(),
        VPCId = type is "Private" ? d.VpcId : "",
        VSwitchId = type is "Private" ? "vsw-01" : "",
        Upgradeable = "Disabled",
        SecurityIPGroups = new { securityIPGroup = new[] { new { SecurityIPGroupName = "default", SecurityIPs = "172.16.0.0/16" } } },
        DBInstanceWeights = new { DBInstanceWeight = Array.Empty<object>() },
    };

    private static string Class(Database d) => d.Engine switch
    {
        "PostgreSQL" => "pg.n2.2c.1m",
        "SQLServer" => "mssql.x4.medium.s2",
        _ => "rds.mysql.s2.large",
    };
}
