using Bastion.Users.Locks;

namespace Bastion.Users;

/// <summary>Whether a user may do anything at a given time.</summary>
public enum UserState
{
    /// <summary>Valid only later.</summary>
    NotYetValid,
    /// <summary>Valid.</summary>
    Active,
    /// <summary>No longer valid.</summary>
    Expired,
    /// <summary>Locked by an administrator.</summary>
    Locked,
    /// <summary>Locked because too many sign-ins failed.</summary>
    LockedOut,
}

/// <summary>Someone who can be granted accounts on assets.</summary>
public sealed record User
{
    /// <summary>Stable id; never given to another user.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Name for people.</summary>
    public required string DisplayName { get; init; }
    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Not valid before; <see langword="null"/>: from the beginning.</summary>
    public DateTimeOffset? ValidFrom { get; init; }
    /// <summary>Not valid from then on; <see langword="null"/>: without end.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
    /// <summary>What locks the user; <see langword="null"/>: nothing.</summary>
    public UserLock? Lock { get; init; }
    /// <summary>When the password was set; <see langword="null"/>: there is none.</summary>
    public DateTimeOffset? PasswordSetAt { get; init; }
    /// <summary>Whether another password has to be chosen at the next sign-in.</summary>
    public bool MustChangePassword { get; init; }
    /// <summary>Since when signing in takes a code; <see langword="null"/>: it takes none.</summary>
    public DateTimeOffset? TotpSince { get; init; }
    /// <summary>Since when a code generator waits for its first code; <see langword="null"/>: none does.</summary>
    public DateTimeOffset? TotpPendingSince { get; init; }
    /// <summary>The directory with whose password the user signs in; <see langword="null"/>: a local user.</summary>
    public long? DirectoryId { get; init; }
    /// <summary>What the directory calls the user.</summary>
    public string? DirectoryName { get; init; }
    /// <summary>When the user was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The state when it was read; <see cref="StateAt"/> tells it for any time.</summary>
    public UserState State { get; init; }

    /// <summary>The state at a time.</summary>
    public UserState StateAt(DateTimeOffset now)
    {
        var validity = new Validity(ValidFrom, ValidUntil);
        bool locked = Lock?.Holds(now) == true;
        return locked && Lock!.Kind == UserLockKind.Administrator ? UserState.Locked
            : validity.IsOver(now) ? UserState.Expired
            : validity.IsAhead(now) ? UserState.NotYetValid
            : locked ? UserState.LockedOut : UserState.Active;
    }

    /// <summary>Why the user may do nothing at a time, to follow the name in a sentence: <c>is locked</c>; <see langword="null"/>: the user is active.</summary>
    public string? WhyNotActive(DateTimeOffset now) => StateAt(now) switch
    {
        UserState.Active => null,
        UserState.Expired => "is no longer valid",
        UserState.NotYetValid => "is not yet valid",
        _ => Lock?.Until is { } until ? $"is locked until {Validity.Show(until)}" : "is locked",
    };

    /// <summary>As it is at a time: with its state, and without a lock that is over.</summary>
    internal User At(DateTimeOffset now) => this with { State = StateAt(now), Lock = Lock?.Holds(now) == true ? Lock : null };

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A user by name, id or itself.</summary>
public sealed class UserReference
{
    /// <summary>By name.</summary>
    public UserReference(string name) => Name = name;

    /// <summary>By id.</summary>
    public UserReference(long id) => (Name, Id) = ($"#{id}", id);

    /// <summary>Itself.</summary>
    public UserReference(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        (Name, Id) = (user.Name, user.Id);
    }

    /// <summary>The name; for people when <see cref="Id"/> is there.</summary>
    public string Name { get; }

    /// <summary>The id, where known.</summary>
    public long? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Which users; what is not set does not narrow.</summary>
public sealed record UserFilter
{
    /// <summary>Names with wildcards; several add up.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    /// <summary>States; several add up.</summary>
    public IReadOnlyList<UserState> States { get; init; } = [];

    internal bool Fits(User user) => Names.Fit(user.Name) && (States.Count == 0 || States.Contains(user.State));
}

/// <summary>No such user.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class UserNotFoundException(string name, string? near = null) : BastionException("UserNotFound", ErrorKind.NotFound, name,
    $"No user is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhUser lists them; New-BhUser makes one.");

/// <summary>An e-mail address is not one.</summary>
/// <param name="email">What was given.</param>
public sealed class InvalidEmailException(string email) : BastionException("InvalidEmail", ErrorKind.InvalidInput, Printable.Escape(email),
    $"'{Printable.Escape(email)}' is not an e-mail address. Write it as name@example.com.");
