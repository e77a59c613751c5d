using System.Text.Json;
using Bastion.Assets.Groups;
using Bastion.Store;

namespace Bastion.Assets;

internal static class AssetStore
{
    private const string Columns = "SELECT * FROM assets ";
    private const string ById = Columns + "WHERE id = $id";
    private const string ByKey = Columns + "WHERE name_key = $key";
    private const string ByInstance = Columns + "WHERE instance_id = $instance ORDER BY id LIMIT 2";
    private const string Filtered = Columns + """
        WHERE ($owner IS NULL OR owner_account_id = $owner)
          AND ($key IS NULL OR name_key = $key)
          AND ($kind IS NULL OR kind = $kind)
          AND ($source IS NULL OR source = $source)
          AND ($state IS NULL OR state = $state)
          AND ($region IS NULL OR region = $region)
          AND ($group IS NULL OR id IN (SELECT asset_id FROM asset_group_members WHERE group_id = $group))
        ORDER BY name_key
        """;

    private const string OfOwner = Columns + """
        WHERE owner_account_id = $owner
          AND ($key IS NULL OR name_key = $key)
          AND ($kind IS NULL OR kind = $kind)
          AND ($source IS NULL OR source = $source)
          AND ($state IS NULL OR state = $state)
          AND ($region IS NULL OR region = $region)
          AND ($group IS NULL OR id IN (SELECT asset_id FROM asset_group_members WHERE group_id = $group))
        ORDER BY name_key
        """;

    private const string Insert = """
        INSERT INTO assets (name, name_key, kind, source, owner_account_id, instance_id, cloud_name, region, private_address, public_address, address_type,
                            operating_system, system_name, engine, engine_version, ports, tags, state, cloud_status, comment, created_at, changed_at, seen_at)
        VALUES ($name, $key, $kind, $source, $owner, $instance, $cloudName, $region, $private, $public, $addressType,
                $os, $system, $engine, $version, $ports, $tags, $state, $status, $comment, $created, $changed, $seen)
        RETURNING id
        """;

    private const string Update = """
        UPDATE assets SET name = $name, name_key = $key, cloud_name = $cloudName, region = $region, private_address = $private, public_address = $public,
                          address_type = $addressType, operating_system = $os, system_name = $system, engine = $engine, engine_version = $version, ports = $ports,
                          tags = $tags, state = $state, cloud_status = $status, comment = $comment, changed_at = $changed, seen_at = $seen, owner_account_id = $owner
        WHERE id = $id
        """;

    internal static Asset? Find(Connection connection, long id) => connection.Query(ById, Read, ("$id", id)).FirstOrDefault();

    internal static Asset? Find(Connection connection, string key) => connection.Query(ByKey, Read, ("$key", key)).FirstOrDefault();

    internal static IReadOnlyList<Asset> FindInstance(Connection connection, string instanceId) => [.. connection.Query(ByInstance, Read, ("$instance", instanceId))];

    /// <summary>Whether an asset runs Windows, by the kind of its system or by its name.</summary>
    internal static bool IsWindows(Connection connection, long id) =>
        connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM assets WHERE id = $id AND (operating_system LIKE 'win%' OR system_name LIKE 'win%'))", ("$id", id)) != 0;

    /// <summary>The asset that a reference means.</summary>
    /// <exception cref="AssetNotFoundException">There is none.</exception>
    internal static Asset Resolve(Connection connection, AssetReference reference)
    {
        Asset? found = reference.Id is { } id ? Find(connection, id) : Find(connection, Names.Key(reference.Name));
        if (found is not null) return found;
        if (reference.Id is null && FindInstance(connection, reference.Name) is [Asset only]) return only;
        throw new AssetNotFoundException(reference.Name, Names.Nearest(reference.Name, AllNames(connection)));
    }

    internal static IEnumerable<string> AllNames(Connection connection, string? owner = null) => connection.Query(
        "SELECT name FROM assets WHERE ($owner IS NULL OR owner_account_id = $owner) ORDER BY name_key", row => row.Text("name"), ("$owner", owner));

    internal static (string Sql, (string Name, object? Value)[] Parameters) Filter(AssetFilter filter, long? group, string? owner, string? key) =>
        (owner is null ? Filtered : OfOwner, [("$owner", owner), ("$key", key), ("$kind", filter.Kind), ("$source", filter.Source), ("$state", filter.State), ("$region", filter.Region),
            ("$group", group)]);

    internal static IReadOnlyDictionary<string, StoredAsset> OfAccount(Connection connection, string owner) => connection
        .Query(Columns + "WHERE owner_account_id = $owner AND instance_id IS NOT NULL", row => new StoredAsset(Read(row), row.TextOrNull("cloud_name")), ("$owner", owner))
        .ToDictionary(stored => stored.Asset.InstanceId!, StringComparer.Ordinal);

    internal static IReadOnlyList<Asset> OwnedBy(Connection connection, string owner) => [.. connection.Query(Columns + "WHERE owner_account_id = $owner", Read, ("$owner", owner))];

    internal static IEnumerable<Asset> All(Connection connection) => connection.Query(Columns, Read);

    // Whoever writes an asset puts it into the groups whose rules mean it: nobody can forget to.
    internal static long Add(Connection connection, Asset asset, string? cloudName)
    {
        long id = connection.Scalar<long>(Insert, Values(asset, cloudName));
        AssetGroupStore.Place(connection, asset with { Id = id });
        return id;
    }

    internal static void Change(Connection connection, Asset asset, string? cloudName)
    {
        connection.Execute(Update, Values(asset, cloudName));
        AssetGroupStore.Place(connection, asset);
    }

    internal static void Seen(Connection connection, long id, DateTimeOffset now) =>
        connection.Execute("UPDATE assets SET seen_at = $now WHERE id = $id", ("$id", id), ("$now", now));

    /// <summary>Every instance of an owner was seen.</summary>
    internal static void AllSeen(Connection connection, string owner, DateTimeOffset now) =>
        connection.Execute("UPDATE assets SET seen_at = $now WHERE owner_account_id = $owner AND instance_id IS NOT NULL", ("$owner", owner), ("$now", now));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM assets WHERE id = $id", ("$id", id));

    internal static string? CloudName(Connection connection, long id) => connection.Scalar<string>("SELECT cloud_name FROM assets WHERE id = $id", ("$id", id));

    internal static bool IsTaken(Connection connection, string key) => connection.Scalar<long>("SELECT EXISTS (SELECT 1 FROM assets WHERE name_key = $key)", ("$key", key)) != 0;

    internal static IReadOnlyDictionary<string, long> CountsByOwner(Connection connection) => connection
        .Query("SELECT owner_account_id, count(*) AS n FROM assets GROUP BY owner_account_id", row => (Owner: row.Text("owner_account_id"), Count: row.Long("n")))
        .ToDictionary(pair => pair.Owner, pair => pair.Count, StringComparer.Ordinal);

    internal static Asset Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Kind = row.Word<AssetKind>("kind"),
        Source = row.Word<AssetSource>("source"),
        OwnerAccountId = row.Text("owner_account_id"),
        InstanceId = row.TextOrNull("instance_id"),
        Region = row.TextOrNull("region"),
        PrivateAddress = row.TextOrNull("private_address"),
        PublicAddress = row.TextOrNull("public_address"),
        AddressType = row.Word<AddressType>("address_type"),
        OperatingSystem = row.TextOrNull("operating_system"),
        SystemName = row.TextOrNull("system_name"),
        Engine = row.TextOrNull("engine"),
        EngineVersion = row.TextOrNull("engine_version"),
        Ports = JsonSerializer.Deserialize<Dictionary<string, int>>(row.Text("ports"))!,
        Tags = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text("tags"))!,
        State = row.Word<AssetState>("state"),
        CloudStatus = row.TextOrNull("cloud_status"),
        Comment = row.TextOrNull("comment"),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
        SeenAt = row.TimeOrNull("seen_at"),
    };

    private static (string, object?)[] Values(Asset asset, string? cloudName) =>
    [
        ("$id", asset.Id), ("$name", asset.Name), ("$key", Names.Key(asset.Name)), ("$kind", asset.Kind), ("$source", asset.Source), ("$owner", asset.OwnerAccountId),
        ("$instance", asset.InstanceId), ("$cloudName", cloudName), ("$region", asset.Region), ("$private", asset.PrivateAddress), ("$public", asset.PublicAddress),
        ("$addressType", asset.AddressType), ("$os", asset.OperatingSystem), ("$system", asset.SystemName), ("$engine", asset.Engine), ("$version", asset.EngineVersion),
        ("$ports", JsonSerializer.Serialize(asset.Ports)), ("$tags", JsonSerializer.Serialize(asset.Tags)), ("$state", asset.State), ("$status", asset.CloudStatus),
        ("$comment", asset.Comment), ("$created", asset.CreatedAt), ("$changed", asset.ChangedAt), ("$seen", asset.SeenAt),
    ];
}

/// <summary>An asset with what only the importer needs to know.</summary>
internal sealed record StoredAsset(Asset Asset, string? CloudName);
