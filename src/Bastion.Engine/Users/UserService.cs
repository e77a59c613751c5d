using Bastion.Store;
using Bastion.Users.Passwords;
using Bastion.Users.Totp;

namespace Bastion.Users;

/// <summary>The people who can be granted something.</summary>
public sealed class UserService
{
    private const int LongestEmail = 254;
    private readonly EngineContext _context;
    private readonly UserPasswordService _passwords;

    internal UserService(EngineContext context, UserPasswordService passwords) => (_context, _passwords) = (context, passwords);

    /// <summary>Users that fit, by name.</summary>
    public IReadOnlyList<User> List(UserFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _context.Database.Read(connection => UserStore.All(connection).Select(Now).Where(filter.Fits).ToList());
    }

    /// <summary>The user that a name, an id or a user means, as it is now.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public User Resolve(UserReference reference) => Now(_context.Database.Read(connection => UserStore.Resolve(connection, reference)));

    /// <summary>Why a user may do nothing now, to follow the name in a sentence; <see langword="null"/>: the user is active.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public string? WhyNotActive(UserReference reference) => Resolve(reference).WhyNotActive(_context.Now);

    /// <summary>Makes a user.</summary>
    /// <exception cref="BastionException">The name is taken or bad, or the validity makes no sense.</exception>
    public User Add(Caller caller, NewUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        User made = Check(user, _context.Now);
        if (user.Password is not null) _context.RightsOf(caller).RequireEverything(Role.Administrator);
        NewPassword? password = user.Password is null ? null : _passwords.Prepare(made, user.Password);
        return _context.Change(caller, change => Add(change, made, password));
    }

    /// <summary>Changes a user. An end that has passed is allowed here: it ends what the user may do at once.</summary>
    /// <exception cref="BastionException">No such user; or the change makes no sense. Nothing was changed then.</exception>
    public User Change(Caller caller, UserReference reference, UserChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _context.Change(caller, change => Change(change, UserStore.Resolve(change.Connection, reference), update));
    }

    /// <summary>Removes a user with all grants and from the scope of every policy. Its sessions stay in the audit.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public User Remove(Caller caller, UserReference reference) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        UserPasswordStore.Remove(change.Connection, user.Id);
        TotpStore.Remove(change.Connection, user.Id);
        UserStore.Remove(change.Connection, user.Id);
        change.Audit("user.removed", user.Name, detail: Describe(user), before: user);
        return user;
    });

    /// <summary>Checks what a new user would be.</summary>
    /// <exception cref="BastionException">The name is bad, or the validity makes no sense.</exception>
    internal static User Check(NewUser user, DateTimeOffset now)
    {
        string name = Names.Check("user", user.Name);
        Validity validity = Validity.CheckNew($"User '{name}'", user.ValidFrom, user.ValidUntil, now);
        return new User
        {
            Name = name,
            DisplayName = CheckDisplayName(user.DisplayName) ?? name,
            Email = CheckEmail(user.Email),
            Comment = user.Comment,
            ValidFrom = validity.From,
            ValidUntil = validity.Until,
            CreatedAt = now,
        };
    }

    /// <summary>Makes a checked user within a change.</summary>
    internal static User Add(Change change, User made, NewPassword? password)
    {
        RefuseTwin(change.Connection, made.Name, null);
        long id = UserStore.Add(change.Connection, made);
        password?.Put(change, id, mustChange: true);
        User added = UserStore.Resolve(change.Connection, new UserReference(id)).At(change.Now);
        change.Audit("user.added", added.Name, detail: Describe(added), after: added);
        return added;
    }

    /// <summary>Changes a user within a change.</summary>
    internal static User Change(Change change, User old, UserChange update)
    {
        User changed = Changed(old, update);
        if (changed == old) return old.At(change.Now);
        RefuseTwin(change.Connection, changed.Name, old.Name);
        UserStore.Change(change.Connection, changed);
        change.Audit("user.changed", changed.Name, detail: changed.Name == old.Name ? Describe(changed) : $"was called {old.Name}; {Describe(changed)}", before: old, after: changed);
        return changed.At(change.Now);
    }

    /// <summary>What a user would be after a change.</summary>
    /// <exception cref="BastionException">The change makes no sense.</exception>
    internal static User Changed(User old, UserChange update)
    {
        string name = update.Name is null ? old.Name : Names.Check("user", update.Name);
        Validity validity = Validity.Check($"User '{name}'", update.ValidFrom.Or(old.ValidFrom), update.ValidUntil.Or(old.ValidUntil));
        return old with
        {
            Name = name,
            DisplayName = update.DisplayName.IsSet ? CheckDisplayName(update.DisplayName.Value) ?? name : old.DisplayName,
            Email = update.Email.IsSet ? CheckEmail(update.Email.Value) : old.Email,
            Comment = update.Comment.Or(old.Comment),
            ValidFrom = validity.From,
            ValidUntil = validity.Until,
        };
    }

    private User Now(User user) => user.At(_context.Now);

    private static string Describe(User user)
    {
        string validity = new Validity(user.ValidFrom, user.ValidUntil).ToString();
        return $"{user.DisplayName}{(user.Email is null ? "" : $" <{user.Email}>")}{(validity.Length == 0 ? "" : $", {validity}")}";
    }

    private static void RefuseTwin(Connection connection, string name, string? own) => Names.RefuseTwin("user", name, own, key => UserStore.IsTaken(connection, key));

    private static string? CheckDisplayName(string? name)
    {
        string? trimmed = name?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        return trimmed.Length <= Names.MaxLength && !trimmed.EnumerateRunes().Any(Printable.IsHidden) ? trimmed
            : throw new InvalidNameException("user", Printable.Escape(trimmed), $"a display name has no hidden characters and is not longer than {Names.MaxLength}");
    }

    // What is refused here could not be written to, or would deceive who reads it; whether the address exists only a message tells.
    private static string? CheckEmail(string? email)
    {
        string? trimmed = email?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        bool good = trimmed.Length <= LongestEmail && trimmed.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            && !trimmed.EnumerateRunes().Any(r => Printable.IsHidden(r) || System.Text.Rune.IsWhiteSpace(r) || r.Value is '<' or '>' or ',' or ';' or '"');
        return good ? trimmed : throw new InvalidEmailException(trimmed);
    }
}

/// <summary>A user to be made.</summary>
public sealed record NewUser
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Name for people; <see langword="null"/>: the unique name.</summary>
    public string? DisplayName { get; init; }
    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Not valid before.</summary>
    public DateTimeOffset? ValidFrom { get; init; }
    /// <summary>Not valid from then on.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
    /// <summary>A password, UTF-8, to be changed at the first sign-in; the caller wipes it.</summary>
    public byte[]? Password { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What to change of a user; what is not set stays.</summary>
public sealed record UserChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>Name for people; set to nothing: the unique name.</summary>
    public ChangeOf<string> DisplayName { get; init; }
    /// <summary>E-mail address.</summary>
    public ChangeOf<string> Email { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }
    /// <summary>Not valid before.</summary>
    public ChangeOf<DateTimeOffset?> ValidFrom { get; init; }
    /// <summary>Not valid from then on.</summary>
    public ChangeOf<DateTimeOffset?> ValidUntil { get; init; }
}
