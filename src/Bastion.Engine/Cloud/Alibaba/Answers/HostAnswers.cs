using System.Text.Json;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Answers;

/// <summary>A region and where its hosts are asked for.</summary>
/// <param name="Id">E.g. <c>cn-hangzhou</c>.</param>
/// <param name="Endpoint">As the cloud tells it; <see langword="null"/>: it did not.</param>
internal sealed record RegionAnswer(string Id, string? Endpoint);

/// <summary>Reads what ECS tells.</summary>
internal static class HostAnswers
{
    internal static IReadOnlyList<RegionAnswer> Regions(JsonElement answer) =>
        [.. answer.Counted("Regions", "Region", 1).Select(r => new RegionAnswer(r.Required("RegionId"), r.Text("RegionEndpoint")))];

    internal static (IReadOnlyList<CloudAsset> Hosts, string? Next) Page(JsonElement answer, string owner, string region) =>
        ([.. answer.Counted("Instances", "Instance", answer.Number("TotalCount")).Select(i => Host(i, owner, region))], answer.Text("NextToken"));

    private static CloudAsset Host(JsonElement instance, string owner, string region)
    {
        string id = instance.Required("InstanceId");
        return new CloudAsset
        {
            Kind = CloudAssetKind.Host,
            InstanceId = id,
            Name = instance.Text("InstanceName") ?? id,
            Region = instance.Text("RegionId") ?? region,
            OwnerAccountId = owner,
            Status = instance.Text("Status") ?? "Unknown",
            PrivateAddress = PrivateAddress(instance),
            PublicAddress = instance.Child("EipAddress").Text("IpAddress") ?? instance.Texts("PublicIpAddress", "IpAddress").FirstOrDefault(),
            OperatingSystem = instance.Text("OSType")?.ToLowerInvariant(),
            OperatingSystemName = instance.Text("OSNameEn") ?? instance.Text("OSName"),
            Tags = Tags(instance),
        };
    }

    // In a VPC, in a classic network, or where neither is told, of the first card that has one.
    private static string? PrivateAddress(JsonElement instance) =>
        instance.Child("VpcAttributes").Texts("PrivateIpAddress", "IpAddress").FirstOrDefault()
        ?? instance.Texts("InnerIpAddress", "IpAddress").FirstOrDefault()
        ?? instance.List("NetworkInterfaces", "NetworkInterface").Select(card => card.Text("PrimaryIpAddress")).FirstOrDefault(address => address is not null);

    private static Dictionary<string, string> Tags(JsonElement instance)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonElement tag in instance.List("Tags", "Tag"))
        {
            if ((tag.Text("TagKey") ?? tag.Text("Key")) is { } key) tags[key] = tag.Text("TagValue") ?? tag.Text("Value") ?? "";
        }

        return tags;
    }
}
