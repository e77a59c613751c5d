using Bastion.Assets;
using Bastion.Users;

namespace Bastion.Grants;

/// <summary>One way in which a user reaches an account: a grant, directly or through groups.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="UserGroup">The group of users that it is to; <see langword="null"/>: to the user.</param>
/// <param name="AssetGroup">The group of assets that it is on; <see langword="null"/>: on the asset.</param>
/// <param name="ValidUntil">When it ends; <see langword="null"/>: when it is revoked.</param>
public sealed record AccessPath(long GrantId, string? UserGroup, string? AssetGroup, DateTimeOffset? ValidUntil)
{
    /// <inheritdoc/>
    public override string ToString() => string.Concat(
        $"grant {GrantId}",
        UserGroup is null ? " to the user" : $" to group '{UserGroup}'",
        AssetGroup is null ? " on the asset" : $" on group '{AssetGroup}'",
        ValidUntil is { } until ? $" until {Validity.Show(until)}" : "");
}

/// <summary>An account that a user reaches, with all ways in which it does.</summary>
/// <param name="User">The user.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Account">The login; <see langword="null"/>: the asset is granted, with no account yet.</param>
/// <param name="Protocol">The login's protocol.</param>
/// <param name="Paths">The grants that hold, by id.</param>
internal sealed record ReachedAccount(User User, Asset Asset, string? Account, string? Protocol, IReadOnlyList<AccessPath> Paths);
