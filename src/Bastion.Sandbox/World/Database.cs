namespace Bastion.Sandbox;

/// <summary>A managed database of a member account.</summary>
public sealed record Database
{
    /// <summary>The cloud's id: <c>rm-</c> for MySQL and SQL Server, <c>pgm-</c> for PostgreSQL by default.</summary>
    public required string Id { get; init; }

    /// <summary>The cloud calls this the description.</summary>
    public required string Name { get; init; }

    /// <summary>For example <c>cn-hangzhou</c>.</summary>
    public required string RegionId { get; init; }

    /// <summary><c>MySQL</c>, <c>SQLServer</c>, <c>PostgreSQL</c> or <c>MariaDB</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>For example <c>8.0</c>.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>For example <c>Running</c> or <c>Stopped</c>.</summary>
    public string Status { get; init; } = "Running";

    /// <summary>Address inside the VPC.</summary>
    public string PrivateIp { get; init; } = "";

    /// <summary>Name or address reachable from outside; empty when there is none.</summary>
    public string PublicHost { get; init; } = "";

    /// <summary>Name inside the VPC.</summary>
    public required string PrivateHost { get; init; }

    /// <summary>TCP port of both connection strings.</summary>
    public required int Port { get; init; }

    /// <summary>The database's network.</summary>
    public string VpcId { get; init; } = "vpc-01";

    /// <summary>Tags, in the order in which they are shown.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal string ZoneId => $"{RegionId}-h";

    /// <summary>The port on which an engine listens unless told otherwise.</summary>
    public static int DefaultPort(string engine) => engine switch
    {
        "PostgreSQL" => 5432,
        "SQLServer" => 1433,
        _ => 3306,
    };
}
