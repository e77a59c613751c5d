namespace Bastion.Assets.Groups;

/// <summary>A group of assets: those that were put in by hand, or those that a rule means, later ones too.</summary>
public sealed record AssetGroup
{
    /// <summary>Stable id; never given to another group.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Which assets are in it; <see langword="null"/>: those that were put in by hand.</summary>
    public AssetGroupRule? Rule { get; init; }
    /// <summary>Why its rule can't be read; <see langword="null"/>: it can, or there is none.</summary>
    public string? Fault { get; init; }
    /// <summary>How many assets are in it.</summary>
    public long Assets { get; init; }
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it, its rule or its members by hand last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A group of assets by name, id or itself.</summary>
public sealed class AssetGroupReference
{
    /// <summary>By name.</summary>
    public AssetGroupReference(string name) => Name = name;

    /// <summary>By id.</summary>
    public AssetGroupReference(long id) => (Name, Id) = ($"#{id}", id);

    /// <summary>Itself.</summary>
    public AssetGroupReference(AssetGroup group)
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

/// <summary>A group of assets to be made.</summary>
public sealed record NewAssetGroup
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Which assets are in it; <see langword="null"/>: those put in by hand.</summary>
    public AssetGroupRule? Rule { get; init; }
    /// <summary>Its first members, where it has no rule.</summary>
    public IReadOnlyList<AssetReference> Assets { get; init; } = [];
}

/// <summary>What to change of a group of assets; what is not set stays.</summary>
public sealed record AssetGroupChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }
    /// <summary>Another rule; its members are those that it means. Set to nothing: members stay as they are, and are put in and taken out by hand.</summary>
    public ChangeOf<AssetGroupRule> Rule { get; init; }
    /// <summary>Assets to put in.</summary>
    public IReadOnlyList<AssetReference> Add { get; init; } = [];
    /// <summary>Assets to take out.</summary>
    public IReadOnlyList<AssetReference> Remove { get; init; } = [];
}

/// <summary>No such group of assets.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class AssetGroupNotFoundException(string name, string? near = null) : BastionException("AssetGroupNotFound", ErrorKind.NotFound, name,
    $"No group of assets is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhAssetGroup lists them.");

/// <summary>The asset is not in the group.</summary>
/// <param name="group">The group.</param>
/// <param name="asset">The asset.</param>
public sealed class AssetNotInGroupException(string group, string asset) : BastionException("AssetNotInGroup", ErrorKind.NotFound, group,
    $"Asset '{asset}' is not in group '{group}'. Nothing was changed.");

/// <summary>Members of a group with a rule are not put in or taken out by hand.</summary>
/// <param name="group">The group.</param>
/// <param name="rule">Its rule.</param>
public sealed class GroupHasRuleException(string group, string rule) : BastionException("GroupHasRule", ErrorKind.Conflict, group,
    $"The members of group '{group}' are those that its rule means ({Printable.Escape(rule)}); none can be put in or taken out by hand. Change the rule, or clear it first.");

/// <summary>A rule without any condition would mean every asset.</summary>
/// <param name="group">The group.</param>
public sealed class EmptyGroupRuleException(string group) : BastionException("EmptyGroupRule", ErrorKind.InvalidInput, group,
    $"The rule of group '{group}' has no condition and would mean every asset. Give an owner account, a name, a tag, a region, an operating system or an engine; for every asset, grant or write the policy without a group.");

/// <summary>The rule of a group can't be read, so it can't be told which assets are in it.</summary>
/// <param name="group">The group.</param>
/// <param name="cause">What is wrong with it, where that is known.</param>
public sealed class GroupRuleUnreadableException(string group, Exception? cause = null) : BastionException("GroupRuleUnreadable", ErrorKind.Security, group,
    $"The rule of group '{group}' can't be read, so it can't be told which assets are in it, and none can be added or changed. Give the group another rule, or restore the store from a backup.", cause);
