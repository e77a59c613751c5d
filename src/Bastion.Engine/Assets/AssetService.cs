using System.Net;
using Bastion.Accounts;
using Bastion.Assets.Groups;
using Bastion.Store;

namespace Bastion.Assets;

/// <summary>Hosts and databases: lists them, and keeps those that are made by hand.</summary>
public sealed class AssetService
{
    private readonly EngineContext _context;

    internal AssetService(EngineContext context) => _context = context;

    /// <summary>Assets that fit, by name (by owner first when several owners are named), one by one in constant memory.</summary>
    /// <exception cref="AssetGroupNotFoundException">There is no such group.</exception>
    public IEnumerable<Asset> List(AssetFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        long? group = filter.Group is { } named ? _context.Database.Read(connection => AssetGroupStore.Resolve(connection, named).Id) : null;
        string?[] owners = OwnerAccounts.OneByOne(filter.OwnerAccountIds);
        string?[] keys = filter.Names.Count > 0 && filter.Names.All(p => p.IsLiteral) ? [.. filter.Names.Select(p => Names.Key(p.Text)).Distinct(StringComparer.Ordinal)] : [null];
        foreach (string? owner in owners)
        {
            foreach (string? key in keys)
            {
                (string sql, (string, object?)[] parameters) = AssetStore.Filter(filter, group, owner, key);
                foreach (Asset asset in _context.Database.Stream(sql, AssetStore.Read, parameters))
                {
                    if (key is not null || filter.Names.Count == 0 || filter.Names.Any(p => p.Matches(asset.Name))) yield return asset;
                }
            }
        }
    }

    /// <summary>The asset that a name, an instance id, an id or an asset means, as it is now.</summary>
    /// <exception cref="AssetNotFoundException">There is none.</exception>
    public Asset Resolve(AssetReference reference) => _context.Database.Read(connection => AssetStore.Resolve(connection, reference));

    /// <summary>The asset that a name or instance id means, where a list narrowed to that name gave nothing.</summary>
    /// <returns><see langword="null"/> when the asset is there and only the filter leaves it out.</returns>
    /// <exception cref="AssetNotFoundException">There is none, or none of the owners that the filter names.</exception>
    public Asset? Require(string name, AssetFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Asset asset = Resolve(new AssetReference(name));
        if (filter.OwnerAccountIds.Count > 0 && !filter.OwnerAccountIds.Contains(asset.OwnerAccountId, StringComparer.Ordinal)) throw new AssetNotFoundException(name);
        return List(filter with { Names = [new NamePattern(asset.Name)] }).FirstOrDefault();
    }

    /// <summary>All names, of one owner's assets or of all.</summary>
    public IReadOnlyList<string> AllNames(string? ownerAccountId = null) => _context.Database.Read(connection => AssetStore.AllNames(connection, ownerAccountId).ToList());

    /// <summary>Owner account ids that have assets here, with their number of assets.</summary>
    public IReadOnlyDictionary<string, long> CountsByOwner() => _context.Database.Read(AssetStore.CountsByOwner);

    /// <summary>Makes an asset by hand.</summary>
    /// <exception cref="BastionException">The name is taken or bad, an address or port is missing or bad.</exception>
    public Asset Add(Caller caller, NewAsset asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        return _context.ChangeOwned(caller, change =>
        {
            string owner = AccountIds.Check(asset.OwnerAccountId);
            change.Authorize(owner, asset.Name);
            Asset made = Check(new Asset
            {
                Name = Names.Check("asset", asset.Name),
                Kind = asset.Kind,
                Source = AssetSource.Manual,
                OwnerAccountId = owner,
                InstanceId = asset.InstanceId,
                Region = asset.Region,
                PrivateAddress = asset.PrivateAddress,
                PublicAddress = asset.PublicAddress,
                AddressType = asset.AddressType ?? (asset.PrivateAddress is null ? AddressType.Public : AddressType.Private),
                OperatingSystem = asset.OperatingSystem,
                Engine = asset.Engine,
                Ports = asset.Ports.Count > 0 ? Protocols.CheckPorts(asset.Name, asset.Ports) : Protocols.Default(asset.Kind, asset.OperatingSystem, asset.Engine),
                Comment = asset.Comment,
                CreatedAt = change.Now,
                ChangedAt = change.Now,
            });
            RefuseTwin(change.Connection, made.Name, null);
            made = made with { Id = AssetStore.Add(change.Connection, made, null) };
            change.Audit("asset.added", made.Name, made.OwnerAccountId, $"{made.Address} {made.Protocols}", after: made);
            return made;
        });
    }

    /// <summary>Changes an asset. Of a cloud's asset, what the cloud tells can't be changed here, but its name, comment, ports and address type can.</summary>
    /// <exception cref="BastionException">No such asset; or the change makes no sense. Nothing was changed then.</exception>
    public Asset Change(Caller caller, AssetReference reference, AssetChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _context.ChangeOwned(caller, change =>
        {
            Asset old = AssetStore.Resolve(change.Connection, reference);
            change.Authorize(old.OwnerAccountId, reference.Name);
            if (old.Source == AssetSource.Cloud && (update.PrivateAddress.IsSet || update.PublicAddress.IsSet || update.OwnerAccountId is not null || update.OperatingSystem is not null || update.Engine is not null))
                throw new AssetFromCloudException(old.Name);
            Asset changed = Check(old with
            {
                Name = update.Name is null ? old.Name : Names.Check("asset", update.Name),
                OwnerAccountId = update.OwnerAccountId is null ? old.OwnerAccountId : AccountIds.Check(update.OwnerAccountId),
                PrivateAddress = update.PrivateAddress.Or(old.PrivateAddress),
                PublicAddress = update.PublicAddress.Or(old.PublicAddress),
                AddressType = update.AddressType ?? old.AddressType,
                OperatingSystem = update.OperatingSystem ?? old.OperatingSystem,
                Engine = update.Engine ?? old.Engine,
                Ports = update.Ports is null ? old.Ports : Protocols.CheckPorts(old.Name, update.Ports),
                Comment = update.Comment.Or(old.Comment),
                ChangedAt = change.Now,
            });
            change.Authorize(changed.OwnerAccountId, reference.Name);
            RefuseTwin(change.Connection, changed.Name, old.Name);
            AssetStore.Change(change.Connection, changed, AssetStore.CloudName(change.Connection, old.Id));
            change.Audit("asset.changed", changed.Name, changed.OwnerAccountId, changed.Name == old.Name ? null : $"was called {old.Name}", old, changed);
            return changed;
        });
    }

    /// <summary>Removes an asset with its accounts, their secrets, its grants and its host keys. Its sessions stay in the audit.</summary>
    /// <exception cref="AssetNotFoundException">There is none.</exception>
    public Asset Remove(Caller caller, AssetReference reference) => _context.ChangeOwned(caller, change =>
    {
        Asset asset = AssetStore.Resolve(change.Connection, reference);
        change.Authorize(asset.OwnerAccountId, reference.Name);
        return Remove(change, asset);
    });

    internal static Asset Remove(Change change, Asset asset)
    {
        foreach (AssetAccount account in AssetAccountStore.ListOfAsset(change.Connection, asset.Id)) AssetAccountService.RemoveSecrets(change.Connection, account.Id);
        AssetStore.Remove(change.Connection, asset.Id);
        change.Audit("asset.removed", asset.Name, asset.OwnerAccountId, before: asset);
        return asset;
    }

    private static void RefuseTwin(Connection connection, string name, string? own) => Names.RefuseTwin("asset", name, own, key => AssetStore.IsTaken(connection, key));

    private static Asset Check(Asset asset)
    {
        foreach (string address in new[] { asset.PrivateAddress, asset.PublicAddress }.OfType<string>())
        {
            if (!IPAddress.TryParse(address, out _) && Uri.CheckHostName(address) != UriHostNameType.Dns) throw new InvalidAddressException(address);
        }

        string? inUse = asset.AddressType == AddressType.Private ? asset.PrivateAddress : asset.PublicAddress;
        return inUse is not null || asset.Source == AssetSource.Cloud ? asset : throw new AddressMissingException(asset.Name, asset.AddressType);
    }
}

/// <summary>An asset to be made by hand.</summary>
public sealed record NewAsset
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Host or database.</summary>
    public AssetKind Kind { get; init; }
    /// <summary>The account that owns it.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>The cloud's id, where it has one.</summary>
    public string? InstanceId { get; init; }
    /// <summary>Region.</summary>
    public string? Region { get; init; }
    /// <summary>IP address or domain name.</summary>
    public string? PrivateAddress { get; init; }
    /// <summary>IP address or domain name.</summary>
    public string? PublicAddress { get; init; }
    /// <summary>Which address is used; <see langword="null"/>: the private one where there is one.</summary>
    public AddressType? AddressType { get; init; }
    /// <summary>Linux (default for hosts) or Windows.</summary>
    public string? OperatingSystem { get; init; }
    /// <summary>MySQL, MariaDB, PostgreSQL or SQLServer.</summary>
    public string? Engine { get; init; }
    /// <summary>Protocols and ports; empty: the usual ones.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
}

/// <summary>What to change of an asset; what is not set stays.</summary>
public sealed record AssetChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>New owner; only of assets made by hand.</summary>
    public string? OwnerAccountId { get; init; }
    /// <summary>Only of assets made by hand.</summary>
    public ChangeOf<string> PrivateAddress { get; init; }
    /// <summary>Only of assets made by hand.</summary>
    public ChangeOf<string> PublicAddress { get; init; }
    /// <summary>Which address is used.</summary>
    public AddressType? AddressType { get; init; }
    /// <summary>Only of assets made by hand.</summary>
    public string? OperatingSystem { get; init; }
    /// <summary>Only of assets made by hand.</summary>
    public string? Engine { get; init; }
    /// <summary>All protocols and ports anew.</summary>
    public IReadOnlyDictionary<string, int>? Ports { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }
}
