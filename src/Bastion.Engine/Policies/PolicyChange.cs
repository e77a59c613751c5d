using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Policies.Rules;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Policies;

/// <summary>A control policy to be made.</summary>
public sealed record NewControlPolicy
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>1 (decides first) to 100.</summary>
    public int Priority { get; init; } = ControlPolicy.FirstPriority;
    /// <summary>Whether it counts at once.</summary>
    public bool Enabled { get; init; } = true;
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Users. Where neither these nor groups are given it covers all, later ones too. An empty list is refused: it would never be meant.</summary>
    public IReadOnlyList<UserReference>? Users { get; init; }
    /// <summary>Groups of users.</summary>
    public IReadOnlyList<UserGroupReference>? UserGroups { get; init; }
    /// <summary>Assets. Where neither these nor groups are given it covers all, later ones too. An empty list is refused.</summary>
    public IReadOnlyList<AssetReference>? Assets { get; init; }
    /// <summary>Groups of assets.</summary>
    public IReadOnlyList<AssetGroupReference>? AssetGroups { get; init; }
    /// <summary>Only accounts of these names; <see langword="null"/> or <c>*</c>: all.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }
    /// <summary>The rule sections to set.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];
}

/// <summary>What to change of a control policy; what is not set stays.</summary>
public sealed record ControlPolicyChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>1 (decides first) to 100.</summary>
    public int? Priority { get; init; }
    /// <summary>Whether it counts.</summary>
    public bool? Enabled { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }
    /// <summary>Users that it covers. Where users or groups are set anew, the others are no longer covered.</summary>
    public ScopeChange<UserReference> Users { get; init; } = new();
    /// <summary>Groups of users that it covers.</summary>
    public ScopeChange<UserGroupReference> UserGroups { get; init; } = new();
    /// <summary>Assets that it covers. Where assets or groups are set anew, the others are no longer covered.</summary>
    public ScopeChange<AssetReference> Assets { get; init; } = new();
    /// <summary>Groups of assets that it covers.</summary>
    public ScopeChange<AssetGroupReference> AssetGroups { get; init; } = new();
    /// <summary>Only accounts of these names, on the assets and groups that are named here, or on all that it covers when none are; <c>*</c>: all; <see langword="null"/>: as they are, and all on those that are named here.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }
    /// <summary>Makes the new rule sections of the old; <see langword="null"/>: they stay.</summary>
    public Func<PolicyRules, PolicyRules>? Rules { get; init; }
}

/// <summary>What to change of a scope.</summary>
/// <typeparam name="T">How members are named.</typeparam>
public sealed record ScopeChange<T>
{
    /// <summary>Cover all, later ones too.</summary>
    public bool All { get; init; }
    /// <summary>Cover just these; <see langword="null"/>: those it covers stay.</summary>
    public IReadOnlyList<T>? Set { get; init; }
    /// <summary>Cover these too.</summary>
    public IReadOnlyList<T> Add { get; init; } = [];
    /// <summary>No longer cover these.</summary>
    public IReadOnlyList<T> Remove { get; init; } = [];
}
