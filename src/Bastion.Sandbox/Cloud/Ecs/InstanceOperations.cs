namespace Bastion.Sandbox.Cloud.Ecs;

/// <summary>Elastic Compute Service, 2014-05-26: instances.</summary>
internal sealed class InstanceOperations(PageToken tokens)
{
    public Operation DescribeInstances() => new("Ecs", "2014-05-26", "DescribeInstances", Describe);

    private object Describe(Call call)
    {
        Parameters asked = call.Parameters;
        string region = asked.Required("RegionId");
        if (call.World.Regions.All(r => r.Id != region))
            throw new CloudError(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
        Instance[] found = [.. Matching(call, region)];
        return asked.Text("PageNumber") is not null || asked.Text("PageSize") is not null
            ? ByNumber(call, found)
            : ByToken(call, found, region);
    }

    private static IEnumerable<Instance> Matching(Call call, string region)
    {
        Parameters asked = call.Parameters;
        string? status = asked.Text("Status");
        if (status is not null && !WorldRules.InstanceStatuses.Contains(status))
            throw new CloudError(404, "InvalidStatus.NotFound", "The specified instance status does not exist.");
        if (asked.Text("InstanceNetworkType") is not (null or "vpc" or "classic"))
            throw new CloudError(404, "InvalidNetworkType.NotFound", "The specified network type does not exist.");
        IReadOnlyList<string>? ids = asked.JsonTexts("InstanceIds", 100);
        IReadOnlyList<string>? privateIps = asked.JsonTexts("PrivateIpAddresses", 100);
        IReadOnlyList<string>? publicIps = asked.JsonTexts("PublicIpAddresses", 100);
        IReadOnlyList<string>? eips = asked.JsonTexts("EipAddresses", 100);
        IReadOnlyList<(string Key, string? Value)> tags = asked.Tags();
        string? name = asked.Text("InstanceName"), vpc = asked.Text("VpcId"), zone = asked.Text("ZoneId");
        bool none = asked.Text("InstanceNetworkType") is "classic";
        return call.World.InstancesOf(call.Account.Id).Where(i => !none
            && i.RegionId == region
            && Filters.Is(i.Status, status) && Filters.Is(i.VpcId, vpc) && Filters.Is(i.ZoneId, zone)
            && Filters.Like(i.Name, name) && Filters.Among(i.Id, ids)
            && Filters.Among(i.PrivateIp, privateIps) && Filters.Among(i.PublicIp, publicIps) && Filters.Among(i.Eip, eips)
            && Filters.HasTags(i.Tags, tags));
    }

    private static object ByNumber(Call call, Instance[] found)
    {
        int number = call.Parameters.Number("PageNumber", 1, 1, int.MaxValue);
        int size = call.Parameters.Number("PageSize", 10, 1, 100);
        return Page(call, found.Skip((int)Math.Min(int.MaxValue, (number - 1L) * size)).Take(size), found.Length, number, size, "");
    }

    private object ByToken(Call call, Instance[] found, string region)
    {
        int size = Math.Clamp(call.Parameters.Number("MaxResults", 10, int.MinValue, int.MaxValue), 10, 100);
        string listing = $"instances {call.Account.Id} {region}";
        string after = call.Parameters.Text("NextToken") is { } token
            ? tokens.Read(token, listing) ?? throw CloudError.Invalid("NextToken")
            : "";
        Instance[] rest = [.. found.Where(i => string.CompareOrdinal(i.Id, after) > 0)];
        Instance[] page = rest[..Math.Min(size, rest.Length)];
        // TotalCount means nothing in this mode; a wrong one shows who relies on it
        return Page(call, page, 0, 1, size, rest.Length > size ? tokens.After(page[^1].Id, listing) : "");
    }

    private static object Page(Call call, IEnumerable<Instance> page, int total, int number, int size, string next) => new
    {
        call.RequestId,
        TotalCount = total,
        PageNumber = number,
        PageSize = size,
        NextToken = next,
        Instances = new { Instance = page.Select(InstanceView.Of) },
    };
}
