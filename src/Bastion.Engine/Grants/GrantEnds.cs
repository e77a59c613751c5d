using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Grants;

/// <summary>To whom something is granted: a user, or a group of users with all its members, later ones too.</summary>
public sealed class Grantee
{
    /// <summary>A user.</summary>
    public Grantee(UserReference user) => User = user;

    /// <summary>A group of users.</summary>
    public Grantee(UserGroupReference group) => Group = group;

    /// <summary>The user, if it is one.</summary>
    public UserReference? User { get; }

    /// <summary>The group, if it is one.</summary>
    public UserGroupReference? Group { get; }

    /// <inheritdoc/>
    public override string ToString() => User?.ToString() ?? $"{Group} (group)";
}

/// <summary>On what something is granted: an asset, or a group of assets with all its members, later ones too.</summary>
public sealed class GrantTarget
{
    /// <summary>An asset.</summary>
    public GrantTarget(AssetReference asset) => Asset = asset;

    /// <summary>A group of assets.</summary>
    public GrantTarget(AssetGroupReference group) => Group = group;

    /// <summary>The asset, if it is one.</summary>
    public AssetReference? Asset { get; }

    /// <summary>The group, if it is one.</summary>
    public AssetGroupReference? Group { get; }

    /// <inheritdoc/>
    public override string ToString() => Asset?.ToString() ?? $"{Group} (group)";
}

/// <summary>Both ends of a grant, looked up.</summary>
internal sealed record GrantEnds
{
    internal User? User { get; private init; }
    internal UserGroup? UserGroup { get; private init; }
    internal Asset? Asset { get; private init; }
    internal AssetGroup? AssetGroup { get; private init; }

    internal string To => User?.Name ?? $"{UserGroup!.Name} (group)";

    internal string On => Asset?.Name ?? $"{AssetGroup!.Name} (group)";

    /// <exception cref="BastionException">One of them is not there.</exception>
    internal static GrantEnds Resolve(Connection connection, Grantee to, GrantTarget on) => new()
    {
        User = to.User is { } user ? UserStore.Resolve(connection, user) : null,
        UserGroup = to.Group is { } users ? UserGroupStore.Resolve(connection, users) : null,
        Asset = on.Asset is { } asset ? AssetStore.Resolve(connection, asset) : null,
        AssetGroup = on.Group is { } assets ? AssetGroupStore.Resolve(connection, assets) : null,
    };
}
