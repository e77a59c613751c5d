namespace Bastion.Sandbox;

/// <summary>What an account is to the resource directory.</summary>
public enum AccountKind
{
    /// <summary>Created or invited into the directory.</summary>
    Member,

    /// <summary>Owns the directory; is not among its members.</summary>
    Management,

    /// <summary>Belongs to no directory.</summary>
    Outside,
}

/// <summary>A role that lives in an account.</summary>
/// <param name="Name">Compared without case, as the cloud does.</param>
/// <param name="Id">The role's numeric id.</param>
/// <param name="TrustedAccounts">Accounts whose users may assume it; null: the management account and delegated administrators.</param>
/// <param name="MaxSession">Longest session; 3600 s unless changed.</param>
public sealed record Role(string Name, string Id, IReadOnlyList<string>? TrustedAccounts, TimeSpan MaxSession);

/// <summary>An account of the world: who it is and how it joined. Its assets are asked from <see cref="World"/>.</summary>
public sealed record Account
{
    /// <summary>Sixteen digits.</summary>
    public required string Id { get; init; }

    /// <summary>Shown in consoles.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What the account is to the directory.</summary>
    public AccountKind Kind { get; init; }

    /// <summary><c>created</c> or <c>invited</c>.</summary>
    public string JoinMethod { get; init; } = "created";

    /// <summary>For example <c>CreateSuccess</c>; what is no success is treated as suspended.</summary>
    public string Status { get; init; } = "CreateSuccess";

    /// <summary>May list members and assume their roles like the management account.</summary>
    public bool DelegatedAdministrator { get; init; }

    /// <summary>Name of its folder under the root; empty: the root itself.</summary>
    public string Folder { get; init; } = "";

    /// <summary>When it joined.</summary>
    public DateTimeOffset Joined { get; init; } = new(2025, 1, 18, 8, 1, 50, 522, TimeSpan.Zero);

    /// <summary>Tags, in the order in which they are shown.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Roles that live in it.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>Whether the account can be used: its status is a success.</summary>
    public bool Usable => Kind is not AccountKind.Member
        || Status is "CreateSuccess" or "InviteSuccess" or "PromoteSuccess" or "SwitchSuccess";

    internal string Type => JoinMethod is "invited" ? "CloudAccount" : "ResourceAccount";

    /// <summary>Finds a role by name, ignoring case; null when there is none.</summary>
    public Role? FindRole(string name) => Roles.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The role that a directory puts into every member.</summary>
    public static Role DirectoryRole(string accountId) =>
        new("ResourceDirectoryAccountAccessRole", "3" + accountId[1..], TrustedAccounts: null, TimeSpan.FromHours(1));
}
