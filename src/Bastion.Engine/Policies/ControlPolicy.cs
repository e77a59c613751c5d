using Bastion.Policies.Rules;

namespace Bastion.Policies;

/// <summary>A control policy: whom it covers, and the rule sections that it sets. A section that it does not set is left to policies behind it.</summary>
public sealed record ControlPolicy
{
    /// <summary>The priority that decides first.</summary>
    public const int FirstPriority = 1;
    /// <summary>The priority that decides last.</summary>
    public const int LastPriority = 100;

    /// <summary>Stable id; grows with time.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>1 (first) to 100 (last). Among equals the newest policy decides.</summary>
    public int Priority { get; init; } = FirstPriority;
    /// <summary>Whether it counts.</summary>
    public bool Enabled { get; init; } = true;
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Whom and what it covers.</summary>
    public required PolicyScope Scope { get; init; }
    /// <summary>The rule sections that it sets.</summary>
    public required PolicyRules RuleSet { get; init; }
    /// <summary>The users that it covers, for people.</summary>
    public string Users => Scope.ShowUsers();
    /// <summary>The assets that it covers, for people.</summary>
    public string Assets => Scope.ShowAssets();
    /// <summary>The rule sections, for people.</summary>
    public string Rules => RuleSet.ToString();
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Itself: what can't be read is neither copied nor written down.</summary>
    /// <exception cref="PolicyUnreadableException">Its rules or its scope can't be read.</exception>
    internal ControlPolicy RequireReadable() => (RuleSet.Fault ?? Scope.Fault) is { } fault ? throw new PolicyUnreadableException(Name, fault) : this;
}

/// <summary>A control policy by name, id or itself.</summary>
public sealed class PolicyReference
{
    /// <summary>By name.</summary>
    public PolicyReference(string name) => Name = name;

    /// <summary>By id.</summary>
    public PolicyReference(long id) => (Name, Id) = ($"#{id}", id);

    /// <summary>Itself.</summary>
    public PolicyReference(ControlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        (Name, Id) = (policy.Name, policy.Id);
    }

    /// <summary>The name; for people when <see cref="Id"/> is there.</summary>
    public string Name { get; }

    /// <summary>The id, where known.</summary>
    public long? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Which policies; what is not set does not narrow.</summary>
public sealed record PolicyFilter
{
    /// <summary>Names with wildcards; several add up.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];
    /// <summary>Only those that count, or only those that don't.</summary>
    public bool? Enabled { get; init; }
}
