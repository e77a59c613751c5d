using System.Runtime.CompilerServices;
using Bastion.Cloud.Alibaba.Answers;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba;

/// <summary>Managed databases (RDS) of one account.</summary>
internal sealed class Databases(Endpoints endpoints) : IAssetListing
{
    public CloudAssetKind Kind => CloudAssetKind.Database;

    public Task<IReadOnlyList<RegionAnswer>> RegionsAsync(Member member, CancellationToken stop) =>
        member.CallAsync(new RpcCall(Product.Rds, "DescribeRegions", endpoints.Rds(null)), DatabaseAnswers.Regions, stop);

    public async IAsyncEnumerable<IReadOnlyList<CloudAsset>> ListAsync(Member member, RegionAnswer region, [EnumeratorCancellation] CancellationToken stop)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        bool restarted = false;
        do
        {
            RpcCall call = Page(region, "100", token);
            DatabasePage page;
            try
            {
                page = await member.CallAsync(call, answer => DatabaseAnswers.Page(answer, member.Id, region.Id), stop);
            }
            catch (CloudException e) when (e.Code == "Invalid.NextToken" && token is not null && !restarted)
            {
                // The listing changed under the token: from the start, without those already told.
                (token, restarted) = (null, true);
                continue;
            }

            yield return [.. (await Task.WhenAll(page.Databases.Where(d => seen.Add(d.InstanceId)).Select(d => WithNetAsync(member, region, d, stop)))).OfType<CloudAsset>()];

            // Depending on the paging that the service took for, the total is this page's or everything's; more than was shown must not get lost.
            if ((page.Next is null && page.Total > seen.Count) || (page.Next is not null && page.Next == token)) throw AlibabaErrors.Unending(call);
            token = page.Next;
            restarted &= token is not null;
        }
        while (token is not null || restarted);
    }

    public Task TryListAsync(Member member, RegionAnswer region, CancellationToken stop) => member.CallAsync(Page(region, "1", null), _ => true, stop);

    /// <summary>Asks for the addresses of a database that need not be there.</summary>
    internal Task TryNetAsync(Member member, RegionAnswer region, CancellationToken stop) => member.CallAsync(NetInfo(region, "rm-bastion00000000"), _ => true, stop);

    // Null: released since it was listed.
    private async Task<CloudAsset?> WithNetAsync(Member member, RegionAnswer region, CloudAsset database, CancellationToken stop)
    {
        try
        {
            return await member.CallAsync(NetInfo(region, database.InstanceId), answer => DatabaseAnswers.WithNet(database, answer), stop);
        }
        catch (CloudException e) when (e.Code is "InvalidDBInstanceId.NotFound" or "InvalidDBInstanceName.NotFound")
        {
            return null;
        }
    }

    private RpcCall Page(RegionAnswer region, string size, string? token) =>
        new(Product.Rds, "DescribeDBInstances", endpoints.Rds(region.Id), ("RegionId", region.Id), ("MaxResults", size), ("NextToken", token));

    private RpcCall NetInfo(RegionAnswer region, string id) => new(Product.Rds, "DescribeDBInstanceNetInfo", endpoints.Rds(region.Id), ("DBInstanceId", id));
}
