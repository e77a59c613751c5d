namespace Bastion.Sandbox;

/// <summary>A virtual machine of a member account, as the cloud would describe it.</summary>
public sealed record Instance
{
    /// <summary>The cloud's id, <c>i-…</c>; unique in the world.</summary>
    public required string Id { get; init; }

    /// <summary>What its owner called it. Not unique: two accounts may each have a <c>web-1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For example <c>cn-hangzhou</c>.</summary>
    public required string RegionId { get; init; }

    /// <summary>One of <c>Pending Starting Running Stopping Stopped</c>.</summary>
    public string Status { get; init; } = "Running";

    /// <summary><c>linux</c> or <c>windows</c>, lower case as on the wire.</summary>
    public string OsType { get; init; } = "linux";

    /// <summary>The image's own name, for example <c>Ubuntu 22.04 64 bit</c>.</summary>
    public string OsName { get; init; } = "Ubuntu 22.04 64 bit";

    /// <summary>The zone is the region with this letter behind it.</summary>
    public string ZoneSuffix { get; init; } = "g";

    /// <summary>Address inside the VPC.</summary>
    public string PrivateIp { get; init; } = "";

    /// <summary>Fixed public address; empty when there is none.</summary>
    public string PublicIp { get; init; } = "";

    /// <summary>Elastic public address; empty when there is none.</summary>
    public string Eip { get; init; } = "";

    /// <summary>The instance's network.</summary>
    public string VpcId { get; init; } = "vpc-01";

    /// <summary>Start a real <c>sshd</c> for it while it runs, when the rehearsal starts hosts.</summary>
    public bool Host { get; init; }

    /// <summary>Tags, in the order in which they are shown.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal string ZoneId => $"{RegionId}-{ZoneSuffix}";
    internal bool IsLinux => OsType is "linux";
    internal bool IsRunning => Status is "Running";
}
