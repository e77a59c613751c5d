using Bastion.Accounts.Projects;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Roles;

/// <summary>A role that a user, or a group of users, holds for everything or for a project.</summary>
public sealed record RoleHolding
{
    /// <summary>Stable id.</summary>
    public long Id { get; init; }
    /// <summary>The role.</summary>
    public required Role Role { get; init; }
    /// <summary>Id of the user; <see langword="null"/> when a group holds it.</summary>
    public long? UserId { get; init; }
    /// <summary>Name of the user.</summary>
    public string? User { get; init; }
    /// <summary>Id of the group; <see langword="null"/> when a user holds it.</summary>
    public long? UserGroupId { get; init; }
    /// <summary>Name of the group: its members hold the role, later ones too.</summary>
    public string? UserGroup { get; init; }
    /// <summary>Id of the project; <see langword="null"/>: for everything.</summary>
    public long? ProjectId { get; init; }
    /// <summary>Name of the project.</summary>
    public string? Project { get; init; }
    /// <summary>When it was given.</summary>
    public DateTimeOffset GrantedAt { get; init; }
    /// <summary>Who gave it.</summary>
    public required string GrantedBy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{User ?? $"{UserGroup} (group)"}: {Role} for {Project ?? "everything"}";
}

/// <summary>Who holds a role: a user, or a group of users with all its members, later ones too.</summary>
public sealed class RoleHolder
{
    /// <summary>A user.</summary>
    public RoleHolder(UserReference user) => User = user;

    /// <summary>A group of users.</summary>
    public RoleHolder(UserGroupReference group) => Group = group;

    /// <summary>The user, if it is one.</summary>
    public UserReference? User { get; }

    /// <summary>The group, if it is one.</summary>
    public UserGroupReference? Group { get; }

    /// <inheritdoc/>
    public override string ToString() => User?.ToString() ?? $"{Group} (group)";
}

/// <summary>Which roles; what is not set does not narrow.</summary>
public sealed record RoleFilter
{
    /// <summary>Roles; several add up.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];
    /// <summary>Held by this user, itself or through its groups.</summary>
    public UserReference? User { get; init; }
    /// <summary>Held by this group.</summary>
    public UserGroupReference? UserGroup { get; init; }
    /// <summary>Held for this project; what is held for everything counts too.</summary>
    public ProjectReference? Project { get; init; }
}

/// <summary>The role is not held.</summary>
/// <param name="holder">By whom it is not held.</param>
/// <param name="role">The role.</param>
/// <param name="project">For which project; <see langword="null"/>: for everything.</param>
/// <param name="held">Roles that are held instead, for people.</param>
public sealed class RoleNotHeldException(string holder, Role role, string? project, string held) : BastionException("RoleNotHeld", ErrorKind.NotFound, holder,
    $"'{holder}' does not hold the role {role} for {(project is null ? "everything" : $"project '{project}'")}. {(held.Length == 0 ? "No role is held." : $"What is held: {held}.")} Nothing was changed.");

/// <summary>It is not said who is to have the role.</summary>
public sealed class RoleHolderMissingException() : BastionException("RoleHolderMissing", ErrorKind.InvalidInput, null,
    "A role is a user's, or a group of users'; none is named. Give -User or -UserGroup. Nothing was changed.");
