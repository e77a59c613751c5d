namespace Bastion.Sandbox.Cloud;

internal enum PrincipalKind
{
    Root,
    RamUser,
    AssumedRole,
}

/// <summary>Who calls.</summary>
/// <param name="Kind">Root key, RAM user's key or role.</param>
/// <param name="AccountId">The account whose data the caller sees.</param>
/// <param name="Id">User id, role id, or the account's id for the root key.</param>
/// <param name="UserName">For a RAM user.</param>
/// <param name="RoleName">For a role.</param>
/// <param name="SessionName">For a role.</param>
internal sealed record Principal(
    PrincipalKind Kind, string AccountId, string Id, string? UserName = null, string? RoleName = null, string? SessionName = null);

/// <summary>A key and whose it is.</summary>
internal sealed record AccessKey(string Id, string Secret, Principal Principal)
{
    public bool Active { get; init; } = true;

    /// <summary>Only for temporary keys.</summary>
    public string? Token { get; init; }

    /// <summary>Only for temporary keys.</summary>
    public DateTimeOffset? Expires { get; init; }
}
