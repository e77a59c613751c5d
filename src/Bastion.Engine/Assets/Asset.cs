namespace Bastion.Assets;

/// <summary>What an asset is.</summary>
public enum AssetKind
{
    /// <summary>A server.</summary>
    Host,
    /// <summary>A database.</summary>
    Database,
}

/// <summary>Where an asset's record came from.</summary>
public enum AssetSource
{
    /// <summary>Made by hand.</summary>
    Manual,
    /// <summary>Imported from a cloud.</summary>
    Cloud,
}

/// <summary>Which of its addresses an asset is reached by.</summary>
public enum AddressType
{
    /// <summary>The private network's.</summary>
    Private,
    /// <summary>The internet's.</summary>
    Public,
}

/// <summary>State of an asset as last seen.</summary>
public enum AssetState
{
    /// <summary>Nobody told: made by hand, or a status word this version does not know.</summary>
    Unknown,
    /// <summary>Up.</summary>
    Running,
    /// <summary>Down.</summary>
    Stopped,
    /// <summary>Between two states.</summary>
    Changing,
    /// <summary>The cloud no longer has it. Its grants and its audit stay until it is removed.</summary>
    Vanished,
}

/// <summary>A host or database that users can be given access to.</summary>
public sealed record Asset
{
    /// <summary>Stable id.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Host or database.</summary>
    public required AssetKind Kind { get; init; }
    /// <summary>By hand or from a cloud.</summary>
    public AssetSource Source { get; init; }
    /// <summary>The account that owns it.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>The cloud's id.</summary>
    public string? InstanceId { get; init; }
    /// <summary>Region.</summary>
    public string? Region { get; init; }
    /// <summary>IP address or domain name in the private network.</summary>
    public string? PrivateAddress { get; init; }
    /// <summary>IP address or domain name on the internet.</summary>
    public string? PublicAddress { get; init; }
    /// <summary>Which address is used.</summary>
    public AddressType AddressType { get; init; }
    /// <summary>The address in use: that of <see cref="AddressType"/>, or the other where that is missing.</summary>
    public string? Address => AddressType == AddressType.Private ? PrivateAddress ?? PublicAddress : PublicAddress ?? PrivateAddress;
    /// <summary>Linux or Windows, for hosts.</summary>
    public string? OperatingSystem { get; init; }
    /// <summary>The operating system's full name.</summary>
    public string? SystemName { get; init; }

    /// <summary>Whether it runs Windows, by the kind of its system or by its name; as <see cref="AssetStore.IsWindows"/> asks the store.</summary>
    internal bool RunsWindows => new[] { OperatingSystem, SystemName }.Any(name => name?.StartsWith("win", StringComparison.OrdinalIgnoreCase) == true);
    /// <summary>MySQL, MariaDB, PostgreSQL or SQLServer, for databases.</summary>
    public string? Engine { get; init; }
    /// <summary>Version of the engine.</summary>
    public string? EngineVersion { get; init; }
    /// <summary>Protocols and the port of each, e.g. <c>SSH</c> → 22.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();
    /// <summary>The protocols, for people: <c>SSH:22</c>.</summary>
    public string Protocols => string.Join(", ", Ports.Select(p => $"{p.Key}:{p.Value}"));
    /// <summary>The cloud's labels.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
    /// <summary>State as last seen.</summary>
    public AssetState State { get; init; }
    /// <summary>The cloud's own word for its status.</summary>
    public string? CloudStatus { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>When it came into the store.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When its record last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }
    /// <summary>When an import last found it.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>An asset by its name, its id or itself.</summary>
public sealed class AssetReference
{
    /// <summary>By name, or by a cloud's instance id.</summary>
    public AssetReference(string name) => Name = name;

    /// <summary>By id.</summary>
    public AssetReference(long id) => (Name, Id) = ($"#{id}", id);

    /// <summary>Itself.</summary>
    public AssetReference(Asset asset)
    {
        ArgumentNullException.ThrowIfNull(asset);
        (Name, Id) = (asset.Name, asset.Id);
    }

    /// <summary>Name or instance id; for people when <see cref="Id"/> is there.</summary>
    public string Name { get; }

    /// <summary>The id, where known.</summary>
    public long? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>No such asset.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class AssetNotFoundException(string name, string? near = null) : BastionException("AssetNotFound", ErrorKind.NotFound, name,
    $"No asset is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhAsset lists them.");
