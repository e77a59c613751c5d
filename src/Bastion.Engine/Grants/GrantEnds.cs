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

    /// <summary>The accounts that own what is granted. None: it belongs to the whole store.</summary>
    internal IReadOnlyList<string> Owners { get; private init; } = [];

    internal string To => User?.Name ?? $"{UserGroup!.Name} (group)";

    internal string On => Asset?.Name ?? $"{AssetGroup!.Name} (group)";

    /// <summary>Looks both up. Whoever administers all accounts that own what is granted may change the grant.</summary>
    /// <exception cref="BastionException">One of them is not there, or the caller does not administer it.</exception>
    internal static GrantEnds Resolve(Change change, Grantee to, GrantTarget on)
    {
        Connection connection = change.Connection;
        Asset? asset = on.Asset is { } one ? AssetStore.Resolve(connection, one) : null;
        AssetGroup? group = on.Group is { } many ? AssetGroupStore.Resolve(connection, many) : null;
        IReadOnlyList<string> owners = asset is not null ? [asset.OwnerAccountId] : group is not null ? AssetGroupStore.Owners(connection, group) : [];
        change.AuthorizeAll(owners, on.ToString());
        return new GrantEnds
        {
            User = to.User is { } user ? UserStore.Resolve(connection, user) : null,
            UserGroup = to.Group is { } users ? UserGroupStore.Resolve(connection, users) : null,
            Asset = asset,
            AssetGroup = group,
            Owners = owners,
        };
    }
}
