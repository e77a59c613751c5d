using Bastion.Assets.Groups;

namespace Bastion.Assets;

/// <summary>Which assets; what is not set does not narrow.</summary>
public sealed record AssetFilter
{
    /// <summary>Names with wildcards; several add up.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];
    /// <summary>Owner account ids; several add up.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
    /// <summary>Host or database.</summary>
    public AssetKind? Kind { get; init; }
    /// <summary>By hand or from a cloud.</summary>
    public AssetSource? Source { get; init; }
    /// <summary>State as last seen.</summary>
    public AssetState? State { get; init; }
    /// <summary>Region.</summary>
    public string? Region { get; init; }
    /// <summary>In this group.</summary>
    public AssetGroupReference? Group { get; init; }
}
