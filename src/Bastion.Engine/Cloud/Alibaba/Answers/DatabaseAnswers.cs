using System.Text.Json;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Answers;

/// <summary>A page of databases.</summary>
/// <param name="Databases">Without addresses and ports: those are asked for one by one.</param>
/// <param name="Next">Token of the next page; <see langword="null"/>: this is the last.</param>
/// <param name="Total">How many there are, of this page or of all.</param>
internal sealed record DatabasePage(IReadOnlyList<CloudAsset> Databases, string? Next, int Total);

/// <summary>Reads what RDS tells.</summary>
internal static class DatabaseAnswers
{
    /// <summary>The regions; the service names one for each of its zones.</summary>
    internal static IReadOnlyList<RegionAnswer> Regions(JsonElement answer) =>
        [.. answer.Counted("Regions", "RDSRegion", 1).Select(r => r.Required("RegionId")).Distinct(StringComparer.Ordinal).Select(id => new RegionAnswer(id, null))];

    internal static DatabasePage Page(JsonElement answer, string owner, string region)
    {
        int total = answer.Number("TotalRecordCount");
        return new DatabasePage([.. answer.Counted("Items", "DBInstance", total).Select(d => Database(d, owner, region))], answer.Text("NextToken"), total);
    }

    /// <summary>Where a database is reached.</summary>
    internal static CloudAsset WithNet(CloudAsset database, JsonElement answer)
    {
        IReadOnlyList<JsonElement> ends = answer.List("DBInstanceNetInfos", "DBInstanceNetInfo");
        JsonElement inside = End(ends, "Private", "Inner"), outside = End(ends, "Public");
        int port = inside.Number("Port") is > 0 and var told ? told : outside.Number("Port");
        return database with
        {
            PrivateAddress = inside.Text("ConnectionString") ?? inside.Text("IPAddress"),
            PublicAddress = outside.Text("ConnectionString") ?? outside.Text("IPAddress"),
            Port = port is > 0 and <= 65535 ? port : null,
        };
    }

    // The plain address goes before one that splits reads from writes.
    private static JsonElement End(IReadOnlyList<JsonElement> ends, params string[] types)
    {
        JsonElement[] fitting = [.. ends.Where(e => types.Contains(e.Text("IPType"), StringComparer.OrdinalIgnoreCase))];
        return fitting.FirstOrDefault(e => e.Text("ConnectionStringType") is null or "Normal") is { ValueKind: JsonValueKind.Object } plain ? plain : fitting.FirstOrDefault();
    }

    private static CloudAsset Database(JsonElement database, string owner, string region)
    {
        string id = database.Required("DBInstanceId");
        return new CloudAsset
        {
            Kind = CloudAssetKind.Database,
            InstanceId = id,
            Name = database.Text("DBInstanceDescription") ?? id,
            Region = database.Text("RegionId") ?? region,
            OwnerAccountId = owner,
            Status = database.Text("DBInstanceStatus") ?? "Unknown",
            Engine = database.Text("Engine"),
            EngineVersion = database.Text("EngineVersion"),
        };
    }
}
