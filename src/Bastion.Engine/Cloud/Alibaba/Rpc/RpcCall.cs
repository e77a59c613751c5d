namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>A product of the cloud and the version of its API that is spoken here.</summary>
internal sealed record Product(string Name, string Version)
{
    internal static Product Sts { get; } = new("sts", "2015-04-01");

    internal static Product ResourceManager { get; } = new("resourcemanager", "2020-03-31");

    internal static Product Ecs { get; } = new("ecs", "2014-05-26");

    internal static Product Rds { get; } = new("rds", "2014-08-15");
}

/// <summary>One operation to call.</summary>
/// <param name="Product">Of which product.</param>
/// <param name="Action">E.g. <c>DescribeInstances</c>.</param>
/// <param name="Endpoint">Scheme, host and port; the path is always <c>/</c>.</param>
/// <param name="Parameters">Those without a value are not sent.</param>
internal sealed record RpcCall(Product Product, string Action, Uri Endpoint, params (string Name, string? Value)[] Parameters)
{
    /// <summary>The account that is asked about, for errors.</summary>
    internal string? Account { get; init; }

    /// <summary>The action as a policy names it.</summary>
    internal string Name => $"{Product.Name}:{Action}";

    /// <summary>The region, where one was named.</summary>
    internal string? Region => Array.Find(Parameters, p => p.Name == "RegionId").Value;

    internal IEnumerable<KeyValuePair<string, string>> Sent => Parameters.Where(p => p.Value is not null).Select(p => new KeyValuePair<string, string>(p.Name, p.Value!));
}
