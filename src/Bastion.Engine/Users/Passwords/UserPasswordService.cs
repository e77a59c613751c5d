using Bastion.Users.Directories;
using Bastion.Users.SignIn;

namespace Bastion.Users.Passwords;

/// <summary>The passwords with which users sign in. They go in and never come out.</summary>
public sealed class UserPasswordService
{
    private readonly EngineContext _context;

    internal UserPasswordService(EngineContext context) => _context = context;

    /// <summary>Gives a user a password; the one so far no longer works.</summary>
    /// <param name="caller">Who gives it.</param>
    /// <param name="reference">To whom.</param>
    /// <param name="password">UTF-8; the caller wipes it.</param>
    /// <param name="mustChange">Whether the user has to choose another at the next sign-in.</param>
    /// <exception cref="BastionException">No such user, or the password breaks a rule. Nothing was changed then.</exception>
    public User Set(Caller caller, UserReference reference, byte[] password, bool mustChange = true)
    {
        // First of all: what the rules say of a password tells whether it is one that the user had.
        _context.RightsOf(caller).RequireEverything(Role.Administrator);
        User user = _context.Database.Read(connection => UserStore.Resolve(connection, reference));
        NewPassword made = Prepare(user, password);
        return _context.Change(caller, change =>
        {
            User present = UserStore.Resolve(change.Connection, new UserReference(user));
            made.Put(change, present.Id, mustChange);
            User now = UserStore.Resolve(change.Connection, new UserReference(user));
            change.Audit("user.password.set", present.Name, detail: mustChange ? "to be changed at the next sign-in" : null, before: present, after: now);
            return now.At(change.Now);
        });
    }

    /// <summary>Says whether a user has to choose another password at the next sign-in.</summary>
    /// <exception cref="BastionException">No such user, or it has no password.</exception>
    public User RequireChange(Caller caller, UserReference reference, bool mustChange) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        if (user.PasswordSetAt is null) throw new PasswordMissingException(user.Name);
        if (user.MustChangePassword != mustChange)
        {
            UserPasswordStore.RequireChange(change.Connection, user.Id, mustChange);
            change.Audit("user.password.change", user.Name, detail: mustChange ? "required" : "not required", before: user, after: user with { MustChangePassword = mustChange });
        }

        return (user with { MustChangePassword = mustChange }).At(change.Now);
    });

    /// <summary>Takes a user's password away; keys stay. Who has none stays as he is.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public User Remove(Caller caller, UserReference reference) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        UserPasswordStore.Remove(change.Connection, user.Id);
        if (user.PasswordSetAt is not null) change.Audit("user.password.removed", user.Name, before: user, after: user with { PasswordSetAt = null, MustChangePassword = false });
        return (user with { PasswordSetAt = null, MustChangePassword = false }).At(change.Now);
    });

    /// <summary>Checks a new password and hashes it: slow on purpose, and so before any transaction.</summary>
    /// <exception cref="PasswordRefusedException">It breaks a rule.</exception>
    internal NewPassword Prepare(User user, byte[] password)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (user.DirectoryId is not null) throw new UserFromDirectoryException(user.Name);
        (SignInPolicy policy, IReadOnlyList<byte[]> kept) = _context.Database.Read(connection =>
        {
            SignInPolicy rules = SignInPolicyStore.Read(connection);
            return (rules, UserPasswordStore.Hashes(connection, _context.Vault, user.Id, rules.PasswordHistory));
        });
        PasswordRules.Check(user, password, policy);
        if (kept.Any(hash => PasswordHash.Verify(password, hash).IsRight)) throw new PasswordRefusedException(user.Name, $"it is one of the last {policy.PasswordHistory}");
        return new NewPassword(PasswordHash.Make(password), policy.PasswordHistory);
    }
}

/// <summary>A password that keeps the rules, hashed and ready to be stored.</summary>
internal sealed class NewPassword(byte[] hash, int history)
{
    internal void Put(Change change, long user, bool mustChange) => UserPasswordStore.Put(change, user, hash, mustChange, history);
}
