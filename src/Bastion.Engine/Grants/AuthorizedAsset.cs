using Bastion.Assets;

namespace Bastion.Grants;

/// <summary>An asset that a user may reach now, all grants taken together.</summary>
public sealed record AuthorizedAsset
{
    /// <summary>Name of the user.</summary>
    public required string User { get; init; }
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>Id of the asset.</summary>
    public required long AssetId { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Host or database.</summary>
    public required AssetKind Kind { get; init; }
    /// <summary>State of the asset as last seen.</summary>
    public required AssetState State { get; init; }
    /// <summary>The address in use.</summary>
    public string? Address { get; init; }
    /// <summary>Protocols and ports, for people.</summary>
    public string Protocols { get; init; } = "";
    /// <summary>Logins that the user may use now. None: the asset is granted, with no account yet.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
    /// <summary>How it is granted: <c>directly</c>, or the groups that the grants go through, e.g. <c>ops (group)</c>, <c>web (group)</c>, <c>ops (group) → web (group)</c>.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];
    /// <summary>When the last of the grants that hold now ends; <see langword="null"/>: when it is revoked.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Asset;
}
