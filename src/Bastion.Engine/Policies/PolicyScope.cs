namespace Bastion.Policies;

/// <summary>Whom and what a policy covers.</summary>
public sealed record PolicyScope
{
    private const int Shown = 3;

    /// <summary>Every user, later ones too.</summary>
    public bool AllUsers { get; init; }
    /// <summary>The users, when not all. None, and no group: nobody is covered.</summary>
    public IReadOnlyList<ScopedUser> Users { get; init; } = [];
    /// <summary>The groups of users, when not all; their members are covered, later ones too.</summary>
    public IReadOnlyList<ScopedUserGroup> UserGroups { get; init; } = [];
    /// <summary>Every asset, later ones too.</summary>
    public bool AllAssets { get; init; }
    /// <summary>With <see cref="AllAssets"/>: only accounts of these names; <see langword="null"/>: all.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }
    /// <summary>The assets, when not all. None, and no group: nothing is covered.</summary>
    public IReadOnlyList<ScopedAsset> Assets { get; init; } = [];
    /// <summary>The groups of assets, when not all; their members are covered, later ones too.</summary>
    public IReadOnlyList<ScopedAssetGroup> AssetGroups { get; init; } = [];

    /// <summary>Why it can't be read; <see langword="null"/>: it can.</summary>
    internal string? Fault => Assets.Select(a => a.Accounts).Concat(AssetGroups.Select(g => g.Accounts)).Append(Accounts)
        .Any(accounts => ReferenceEquals(accounts, PolicyScopeStore.Unreadable)) ? "its accounts are not a list of names." : null;

    /// <inheritdoc/>
    public override string ToString() => $"users {ShowUsers()}; assets {ShowAssets()}";

    /// <summary>Everything.</summary>
    internal static PolicyScope All { get; } = new() { AllUsers = true, AllAssets = true };

    internal string ShowUsers() => AllUsers ? "(all)" : List([.. UserGroups, .. Users]);

    internal string ShowAssets() => AllAssets ? ScopedAsset.Show("(all)", Accounts) : List([.. AssetGroups, .. Assets]);

    /// <summary>What became of it, for the audit; empty when nothing did.</summary>
    internal string Compare(PolicyScope old) => string.Join("; ", new[]
    {
        Compare("users", old.Everybody(), Everybody()),
        Compare("assets", old.Everything(), Everything()),
    }.OfType<string>());

    internal IEnumerable<object> Everybody() => AllUsers ? ["(all)"] : [.. UserGroups, .. Users];

    internal IEnumerable<object> Everything() => AllAssets ? [ScopedAsset.Show("(all)", Accounts)] : [.. AssetGroups, .. Assets];

    private static string? Compare(string what, IEnumerable<object> before, IEnumerable<object> after)
    {
        HashSet<string> old = [.. before.Select(m => m.ToString()!)], now = [.. after.Select(m => m.ToString()!)];
        string[] changes = [.. now.Except(old).Order(StringComparer.Ordinal).Select(m => $"+{m}"), .. old.Except(now).Order(StringComparer.Ordinal).Select(m => $"-{m}")];
        return changes.Length == 0 ? null : $"{what} {string.Join(", ", changes)}";
    }

    private static string List(IReadOnlyList<object> members) =>
        members.Count == 0 ? "(none)" : string.Join(", ", members.Take(Shown)) + (members.Count > Shown ? $" … ({members.Count})" : "");
}

/// <summary>A user in the scope of a policy.</summary>
/// <param name="Id">Id of the user.</param>
/// <param name="Name">Name of the user.</param>
public sealed record ScopedUser(long Id, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A group of users in the scope of a policy.</summary>
/// <param name="Id">Id of the group.</param>
/// <param name="Name">Name of the group.</param>
public sealed record ScopedUserGroup(long Id, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} (group)";
}

/// <summary>A group of assets in the scope of a policy.</summary>
/// <param name="Id">Id of the group.</param>
/// <param name="Name">Name of the group.</param>
/// <param name="Accounts">Only accounts of these names, whether they exist already or not; <see langword="null"/>: all.</param>
public sealed record ScopedAssetGroup(long Id, string Name, IReadOnlyList<string>? Accounts)
{
    /// <inheritdoc/>
    public override string ToString() => ScopedAsset.Show($"{Name} (group)", Accounts);
}

/// <summary>An asset in the scope of a policy.</summary>
/// <param name="Id">Id of the asset.</param>
/// <param name="Name">Name of the asset.</param>
/// <param name="OwnerAccountId">The account that owns it.</param>
/// <param name="Accounts">Only accounts of these names, whether they exist already or not; <see langword="null"/>: all.</param>
public sealed record ScopedAsset(long Id, string Name, string OwnerAccountId, IReadOnlyList<string>? Accounts)
{
    /// <inheritdoc/>
    public override string ToString() => Show(Name, Accounts);

    internal static string Show(string name, IReadOnlyList<string>? accounts) => accounts is null ? name : $"{name} ({string.Join(", ", accounts)})";
}
