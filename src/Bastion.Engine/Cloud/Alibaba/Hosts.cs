using System.Runtime.CompilerServices;
using Bastion.Cloud.Alibaba.Answers;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba;

/// <summary>Servers (ECS) of one account.</summary>
internal sealed class Hosts(Endpoints endpoints) : IAssetListing
{
    public CloudAssetKind Kind => CloudAssetKind.Host;

    public Task<IReadOnlyList<RegionAnswer>> RegionsAsync(Member member, CancellationToken stop) =>
        member.CallAsync(new RpcCall(Product.Ecs, "DescribeRegions", endpoints.Ecs(null), ("AcceptLanguage", "en-US")), HostAnswers.Regions, stop);

    public async IAsyncEnumerable<IReadOnlyList<CloudAsset>> ListAsync(Member member, RegionAnswer region, [EnumeratorCancellation] CancellationToken stop)
    {
        Uri endpoint = endpoints.Ecs(region.Id, region.Endpoint);
        string? token = null;
        do
        {
            var call = new RpcCall(Product.Ecs, "DescribeInstances", endpoint, ("RegionId", region.Id), ("MaxResults", "100"), ("NextToken", token));
            (IReadOnlyList<CloudAsset> hosts, string? next) = await member.CallAsync(call, answer => HostAnswers.Page(answer, member.Id, region.Id), stop);
            yield return hosts;
            if (next is not null && next == token) throw AlibabaErrors.Unending(call);
            token = next;
        }
        while (token is not null);
    }

    public Task TryListAsync(Member member, RegionAnswer region, CancellationToken stop) => member.CallAsync(
        new RpcCall(Product.Ecs, "DescribeInstances", endpoints.Ecs(region.Id, region.Endpoint), ("RegionId", region.Id), ("MaxResults", "10")), _ => true, stop);
}
