namespace Bastion.Roles.Rights;

/// <summary>What a caller may do, as it was when it was read.</summary>
internal sealed class CallerRights
{
    private readonly IReadOnlyDictionary<Role, HeldRole> _held;

    internal CallerRights(string caller, long? userId, IReadOnlyDictionary<Role, HeldRole> held) => (Caller, UserId, _held) = (caller, userId, held);

    /// <summary>Everything: the right of whoever holds the store.</summary>
    internal static CallerRights OfHolder(string caller) => new(caller, null, Enum.GetValues<Role>().ToDictionary(role => role, _ => HeldRole.Everywhere));

    /// <summary>Nothing.</summary>
    internal static CallerRights None(string caller) => new(caller, null, new Dictionary<Role, HeldRole>());

    internal string Caller { get; }

    /// <summary>The user; <see langword="null"/>: nobody signed in.</summary>
    internal long? UserId { get; }

    /// <summary>Whether a role is held for everything.</summary>
    internal bool ForEverything(Role role) => Of(role).ForEverything;

    /// <summary>Whether a role is held for an account.</summary>
    internal bool On(Role role, string ownerAccountId) => Of(role) is var held && (held.ForEverything || held.Accounts.Contains(ownerAccountId));

    /// <summary>Whether a role is held for a project, or for everything.</summary>
    internal bool For(Role role, long project) => Of(role) is var held && (held.ForEverything || held.Projects.Contains(project));

    /// <summary>Whether a role is held for anything at all.</summary>
    internal bool Any(Role role) => Of(role) is var held && (held.ForEverything || held.Projects.Count > 0);

    /// <summary>What may be looked at: by administrators and auditors.</summary>
    internal HeldRole Looks => Of(Role.Administrator).And(Of(Role.Auditor));

    /// <summary>For what a role is held.</summary>
    internal HeldRole Of(Role role) => _held.GetValueOrDefault(role, HeldRole.Nowhere);

    /// <exception cref="NotAuthorizedException">The role is not held for the account; what was meant is named as <paramref name="subject"/>.</exception>
    internal void Require(Role role, string ownerAccountId, string? subject)
    {
        if (!On(role, ownerAccountId)) throw NotAuthorizedException.Elsewhere(Caller, role, subject);
    }

    /// <exception cref="NotAuthorizedException">The role is not held for everything.</exception>
    internal void RequireEverything(Role role)
    {
        if (!ForEverything(role)) throw NotAuthorizedException.ForEverything(Caller, role);
    }
}

/// <summary>For what a role is held.</summary>
/// <param name="ForEverything">For everything, later accounts too.</param>
/// <param name="Projects">For these projects.</param>
/// <param name="Accounts">Which is to say: for these accounts.</param>
internal sealed record HeldRole(bool ForEverything, IReadOnlySet<long> Projects, IReadOnlySet<string> Accounts)
{
    internal static HeldRole Everywhere { get; } = new(true, new HashSet<long>(), new HashSet<string>());

    internal static HeldRole Nowhere { get; } = new(false, new HashSet<long>(), new HashSet<string>());

    internal HeldRole And(HeldRole other) => new(ForEverything || other.ForEverything, Projects.Union(other.Projects).ToHashSet(), Accounts.Union(other.Accounts).ToHashSet(StringComparer.Ordinal));

    /// <summary>What a list is to be narrowed to, of the accounts that are asked for.</summary>
    /// <returns>One query for each; <see langword="null"/> for all.</returns>
    internal IEnumerable<string?> Narrow(IReadOnlyList<string> ownerAccountIds)
    {
        if (ForEverything) return OwnerAccounts.OneByOne(ownerAccountIds);
        return ownerAccountIds.Count == 0 ? Accounts.Order(StringComparer.Ordinal) : ownerAccountIds.Distinct(StringComparer.Ordinal).Where(Accounts.Contains);
    }
}
