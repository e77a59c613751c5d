using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Bench.Import;

/// <summary>
/// The floor: the calls that the import makes, issued flat out with as many in flight, their answers read to the end and thrown away. No
/// paging to follow, no order but role before use, no JSON but the role's key, no store.
/// </summary>
internal static class BareLoop
{
    private static readonly string[] Regions = ["cn-hangzhou", "ap-southeast-1", "eu-central-1"];

    internal static async Task<(TimeSpan Took, int Calls)> RunAsync(Rehearsal cloud, IReadOnlyDictionary<string, IReadOnlyList<string>> databases, int inFlight)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = inFlight, AutomaticDecompression = DecompressionMethods.All });
        var options = new ParallelOptions { MaxDegreeOfParallelism = inFlight };
        var manager = new AlibabaKey(cloud.KeyId, cloud.Secret);
        var work = new ConcurrentQueue<(AlibabaKey Key, RpcCall Call)>();
        int calls = 0;
        async Task<byte[]> SendAsync(AlibabaKey key, RpcCall call, CancellationToken stop)
        {
            using HttpRequestMessage request = RpcRequest.Signed(call, key, DateTimeOffset.UtcNow);
            using HttpResponseMessage response = await http.SendAsync(request, stop);
            response.EnsureSuccessStatusCode();
            Interlocked.Increment(ref calls);
            return await response.Content.ReadAsByteArrayAsync(stop);
        }

        long start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(databases, options, async (account, stop) =>
        {
            byte[] answer = await SendAsync(manager, new RpcCall(Product.Sts, "AssumeRole", cloud.Endpoint, ("RoleArn", $"acs:ram::{account.Key}:role/ResourceDirectoryAccountAccessRole"), ("RoleSessionName", "bench")), stop);
            using JsonDocument role = JsonDocument.Parse(answer);
            JsonElement key = role.RootElement.GetProperty("Credentials");
            var member = new AlibabaKey(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("AccessKeySecret").GetString()!, key.GetProperty("SecurityToken").GetString());
            foreach (RpcCall call in CallsOf(cloud.Endpoint, account.Value)) work.Enqueue((member, call));
        });
        await Parallel.ForEachAsync(work, options, async (item, stop) => await SendAsync(item.Key, item.Call, stop));
        return (Stopwatch.GetElapsedTime(start), calls);
    }

    private static IEnumerable<RpcCall> CallsOf(Uri endpoint, IReadOnlyList<string> databases) =>
    [
        new(Product.Ecs, "DescribeRegions", endpoint, ("AcceptLanguage", "en-US")),
        new(Product.Rds, "DescribeRegions", endpoint),
        .. Regions.Select(r => new RpcCall(Product.Ecs, "DescribeInstances", endpoint, ("RegionId", r), ("MaxResults", "100"))),
        .. Regions.Select(r => new RpcCall(Product.Rds, "DescribeDBInstances", endpoint, ("RegionId", r), ("MaxResults", "100"))),
        .. databases.Select(d => new RpcCall(Product.Rds, "DescribeDBInstanceNetInfo", endpoint, ("DBInstanceId", d))),
    ];
}
