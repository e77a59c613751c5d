namespace Bastion.Users.Groups;

/// <summary>A group of users: what is granted to it is granted to its members.</summary>
public sealed record UserGroup
{
    /// <summary>Stable id; never given to another group.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>How many users are in it.</summary>
    public long Users { get; init; }
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it or its members last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A group of users by name, id or itself.</summary>
public sealed class UserGroupReference
{
    /// <summary>By name.</summary>
    public UserGroupReference(string name) => Name = name;

    /// <summary>By id.</summary>
    public UserGroupReference(long id) => (Name, Id) = ($"#{id}", id);

    /// <summary>Itself.</summary>
    public UserGroupReference(UserGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        (Name, Id) = (group.Name, group.Id);
    }

    /// <summary>The name; for people when <see cref="Id"/> is there.</summary>
    public string Name { get; }

    /// <summary>The id, where known.</summary>
    public long? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A group of users to be made.</summary>
public sealed record NewUserGroup
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Its first members.</summary>
    public IReadOnlyList<UserReference> Users { get; init; } = [];
}

/// <summary>What to change of a group of users; what is not set stays.</summary>
public sealed record UserGroupChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }
    /// <summary>Users to put in.</summary>
    public IReadOnlyList<UserReference> Add { get; init; } = [];
    /// <summary>Users to take out.</summary>
    public IReadOnlyList<UserReference> Remove { get; init; } = [];
}

/// <summary>No such group of users.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class UserGroupNotFoundException(string name, string? near = null) : BastionException("UserGroupNotFound", ErrorKind.NotFound, name,
    $"No group of users is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhUserGroup lists them.");

/// <summary>The user is not in the group.</summary>
/// <param name="group">The group.</param>
/// <param name="user">The user.</param>
public sealed class UserNotInGroupException(string group, string user) : BastionException("UserNotInGroup", ErrorKind.NotFound, group,
    $"User '{user}' is not in group '{group}'. Nothing was changed.");
