using System.Text.Json;

namespace Bastion.Sandbox.Cloud.Rds;

/// <summary>ApsaraDB RDS, 2014-08-15: the list of instances.</summary>
internal sealed class DatabaseListOperations(PageToken tokens)
{
    public Operation DescribeDBInstances() => new("Rds", "2014-08-15", "DescribeDBInstances", Describe);

    private object Describe(Call call)
    {
        string region = call.Parameters.Required("RegionId");
        if (call.World.Regions.All(r => r.Id != region))
            throw new CloudError(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
        Database[] found = [.. Matching(call, region)];
        return call.Parameters.Text("MaxResults") is not null || call.Parameters.Text("NextToken") is not null
            ? ByToken(call, found, region)
            : ByNumber(call, found);
    }

    private static IEnumerable<Database> Matching(Call call, string region)
    {
        Parameters asked = call.Parameters;
        string? id = asked.Text("DBInstanceId"), engine = asked.Text("Engine"), status = asked.Text("DBInstanceStatus");
        string? type = asked.Text("DBInstanceType"), vpc = asked.Text("VpcId"), search = asked.Text("SearchKey");
        if (engine is not null && !WorldRules.Engines.Contains(engine)) throw CloudError.Invalid("Engine");
        IReadOnlyList<(string Key, string? Value)> tags = Tags(asked);
        bool none = asked.Text("InstanceNetworkType") is "Classic" || asked.Text("PayType") is "Prepaid" || type is not (null or "Primary");
        return call.World.DatabasesOf(call.Account.Id).Where(d => !none
            && d.RegionId == region
            && Filters.Is(d.Id, id) && Filters.Is(d.Engine, engine) && Filters.Is(d.Status, status) && Filters.Is(d.VpcId, vpc)
            && (search is null || d.Id.Contains(search, StringComparison.Ordinal) || d.Name.Contains(search, StringComparison.Ordinal))
            && Filters.HasTags(d.Tags, tags));
    }

    private static IReadOnlyList<(string Key, string? Value)> Tags(Parameters asked)
    {
        if (asked.Text("Tags") is not { } text) return [];
        try
        {
            var tags = JsonSerializer.Deserialize<Dictionary<string, string>>(text);
            return tags is not null && tags.Count <= 5 ? [.. tags.Select(t => (t.Key, (string?)t.Value))] : throw CloudError.Invalid("Tags");
        }
        catch (JsonException)
        {
            throw CloudError.Invalid("Tags");
        }
    }

    private static object ByNumber(Call call, Database[] found)
    {
        int number = call.Parameters.Number("PageNumber", 1, 1, int.MaxValue);
        int size = call.Parameters.Number("PageSize", 30, 1, 100);
        Database[] page = [.. found.Skip((int)Math.Min(int.MaxValue, (number - 1L) * size)).Take(size)];
        return Page(call, page, number, found.Length, next: null);
    }

    private object ByToken(Call call, Database[] found, string region)
    {
        int size = call.Parameters.Number("MaxResults", 30, 1, 100);
        string listing = $"databases {call.Account.Id} {region}";
        string after = call.Parameters.Text("NextToken") is { } token
            ? tokens.Read(token, listing) ?? throw new CloudError(400, "Invalid.NextToken", "The specified NextToken is invalid.")
            : "";
        Database[] rest = [.. found.Where(d => string.CompareOrdinal(d.Id, after) > 0)];
        Database[] page = rest[..Math.Min(size, rest.Length)];
        return Page(call, page, 1, page.Length, rest.Length > size ? tokens.After(page[^1].Id, listing) : null);
    }

    private static object Page(Call call, Database[] page, int number, int total, string? next) => new
    {
        call.RequestId,
        PageNumber = number,
        PageRecordCount = page.Length,
        TotalRecordCount = total,
        NextToken = next,
        Items = new { DBInstance = page.Select(d => DatabaseView.Listed(d, call.Parameters.Text("InstanceLevel") is "1")) },
    };
}
