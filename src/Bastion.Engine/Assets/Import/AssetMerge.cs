using Bastion.Cloud;

namespace Bastion.Assets.Import;

/// <summary>Merges what the cloud has of one account into what the store has. What people changed here (name, comment, ports, address type) stays.</summary>
internal sealed class AssetMerge(Change change, string account)
{
    private readonly IReadOnlyDictionary<string, StoredAsset> _stored = AssetStore.OfAccount(change.Connection, account);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _added, _updated, _unchanged, _hosts, _databases;

    internal void Take(CloudAsset found)
    {
        // A cloud that lists one instance twice (paging while it changes) must not make two of it.
        if (!_seen.Add(found.InstanceId)) return;
        if (found.Kind == CloudAssetKind.Host) _hosts++;
        else _databases++;
        if (_stored.TryGetValue(found.InstanceId, out StoredAsset? stored)) Update(stored, found);
        else Add(found);
    }

    internal AccountImport Finish(CloudAssetQuery query, IReadOnlyList<CloudRegionRefusal> refused)
    {
        int vanished = 0;
        bool all = _stored.Keys.All(_seen.Contains);
        if (all && _stored.Count > 0) AssetStore.AllSeen(change.Connection, account, change.Now);
        foreach (StoredAsset stored in all ? [] : _stored.Values)
        {
            Asset asset = stored.Asset;
            if (_seen.Contains(asset.InstanceId!))
            {
                AssetStore.Seen(change.Connection, asset.Id, change.Now);
                continue;
            }

            bool lookedFor = asset.Source == AssetSource.Cloud && query.Kinds.Contains(KindOf(asset.Kind)) && (query.Regions.Count == 0 || query.Regions.Contains(asset.Region ?? ""))
                && !refused.Any(r => r.Covers(KindOf(asset.Kind), asset.Region));
            if (!lookedFor || asset.State == AssetState.Vanished) continue;
            Asset gone = asset with { State = AssetState.Vanished, CloudStatus = null, ChangedAt = change.Now };
            AssetStore.Change(change.Connection, gone, stored.CloudName);
            change.Audit("asset.vanished", asset.Name, account, before: asset, after: gone);
            vanished++;
        }

        return new AccountImport { OwnerAccountId = account, Hosts = _hosts, Databases = _databases, Added = _added, Updated = _updated, Unchanged = _unchanged, Vanished = vanished };
    }

    private void Add(CloudAsset found)
    {
        var asset = new Asset
        {
            Name = FreeName(found),
            Kind = found.Kind == CloudAssetKind.Host ? AssetKind.Host : AssetKind.Database,
            Source = AssetSource.Cloud,
            OwnerAccountId = account,
            InstanceId = found.InstanceId,
            AddressType = found.PrivateAddress is null && found.PublicAddress is not null ? AddressType.Public : AddressType.Private,
            Ports = PortsOf(found, null),
            CreatedAt = change.Now,
            ChangedAt = change.Now,
            SeenAt = change.Now,
        };
        AssetStore.Add(change.Connection, Follow(asset, found), found.Name);
        _added++;
    }

    private void Update(StoredAsset stored, CloudAsset found)
    {
        Asset old = stored.Asset;
        // The name follows the cloud's only as long as nobody gave it another one here.
        bool nameIsTheClouds = stored.CloudName is not null && (old.Name == Clean(stored.CloudName) || old.Name == WithId(stored.CloudName, found.InstanceId));
        Asset updated = Follow(old, found) with
        {
            Name = nameIsTheClouds && stored.CloudName != found.Name ? FreeName(found) : old.Name,
            Ports = PortsOf(found, old.Ports),
        };
        if (Same(old, updated) && stored.CloudName == found.Name)
        {
            _unchanged++;
            return;
        }

        AssetStore.Change(change.Connection, updated with { ChangedAt = change.Now, SeenAt = change.Now }, found.Name);
        _updated++;
    }

    private static Asset Follow(Asset asset, CloudAsset found) => asset with
    {
        Region = found.Region,
        PrivateAddress = found.PrivateAddress,
        PublicAddress = found.PublicAddress,
        OperatingSystem = found.OperatingSystem switch { null => null, var os when os.Equals("windows", StringComparison.OrdinalIgnoreCase) => "Windows", _ => "Linux" },
        SystemName = found.OperatingSystemName,
        Engine = found.Engine,
        EngineVersion = found.EngineVersion,
        Tags = found.Tags,
        State = CloudStates.Read(found.Status),
        CloudStatus = found.Status,
    };

    private static bool Same(Asset a, Asset b) => SameEntries(a.Tags, b.Tags) && SameEntries(a.Ports, b.Ports)
        && a with { Tags = b.Tags, Ports = b.Ports } == b;

    private static bool SameEntries<T>(IReadOnlyDictionary<string, T> a, IReadOnlyDictionary<string, T> b) =>
        a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out T? value) && EqualityComparer<T>.Default.Equals(pair.Value, value));

    private static IReadOnlyDictionary<string, int> PortsOf(CloudAsset found, IReadOnlyDictionary<string, int>? present)
    {
        if (found.Kind == CloudAssetKind.Database)
        {
            IReadOnlyDictionary<string, int> usual = Protocols.Default(AssetKind.Database, null, found.Engine);
            return found.Port is { } port && usual.Count == 1 ? new Dictionary<string, int> { [usual.Keys.First()] = port } : present ?? usual;
        }

        var ports = new Dictionary<string, int>(present ?? Protocols.Default(AssetKind.Host, found.OperatingSystem, null));
        foreach ((string protocol, string tag) in new[] { (Protocols.Ssh, "bastion:ssh-port"), (Protocols.Rdp, "bastion:rdp-port") })
        {
            if (found.Tags.TryGetValue(tag, out string? text) && int.TryParse(text, out int port) && port is > 0 and <= 65535) ports[protocol] = port;
        }

        return ports;
    }

    private string FreeName(CloudAsset found)
    {
        string name = Clean(found.Name);
        if (!AssetStore.IsTaken(change.Connection, Names.Key(name))) return name;
        name = WithId(found.Name, found.InstanceId);
        // Instance ids are unique in the cloud, but a hand-made asset may have taken even this name.
        for (int i = 2; AssetStore.IsTaken(change.Connection, Names.Key(name)); i++) name = $"{WithId(found.Name, found.InstanceId)}-{i}";
        return name;
    }

    private static string WithId(string cloudName, string instanceId) => Clean($"{Cut(Clean(cloudName), Names.MaxLength - instanceId.Length - 4)}-{instanceId}");

    private static string Clean(string cloudName)
    {
        if (cloudName.Length is > 0 and <= Names.MaxLength - 4 && cloudName.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) return cloudName;
        string visible = string.Concat(cloudName.EnumerateRunes().Select(rune => Printable.IsHidden(rune) || rune.Value is '*' or '?' or '[' or ']' or '`' ? "_" : rune.ToString()));
        string name = Cut(visible.Trim(), Names.MaxLength - 4);
        return name.Length == 0 ? "unnamed" : name;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static CloudAssetKind KindOf(AssetKind kind) => kind == AssetKind.Host ? CloudAssetKind.Host : CloudAssetKind.Database;
}

/// <summary>Reads the cloud's status words.</summary>
internal static class CloudStates
{
    internal static AssetState Read(string status) => status switch
    {
        "Running" => AssetState.Running,
        "Stopped" => AssetState.Stopped,
        "Released" => AssetState.Vanished,
        "Pending" or "Starting" or "Stopping" or "Creating" or "Deleting" or "Rebooting" or "DBInstanceClassChanging" or "TRANSING" or "EngineVersionUpgrading"
            or "TransingToOthers" or "GuardDBInstanceCreating" or "Restoring" or "Importing" or "ImportingFromOthers" or "DBInstanceNetTypeChanging"
            or "GuardSwitching" or "INS_CLONING" => AssetState.Changing,
        _ => AssetState.Unknown,
    };
}
