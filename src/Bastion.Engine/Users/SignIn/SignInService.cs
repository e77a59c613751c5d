using Bastion.Audit.Events;
using Bastion.Roles.Rights;
using Bastion.Store;
using Bastion.Users.Directories;
using Bastion.Users.Locks;
using Bastion.Users.Passwords;
using Bastion.Users.Totp;

namespace Bastion.Users.SignIn;

/// <summary>
/// Signs users in. Every attempt is in the audit with its outcome; whoever tries learns only that it failed, after the same work,
/// whether there is such a user or not.
/// </summary>
public sealed class SignInService
{
    private const string NoSuchUser = "(no such user)"; // not the name as typed: people type their password there
    private readonly EngineContext _context;
    private readonly UserPasswordService _passwords;
    private readonly UserDirectoryService _directories;

    internal SignInService(EngineContext context, UserPasswordService passwords, UserDirectoryService directories) =>
        (_context, _passwords, _directories) = (context, passwords, directories);

    /// <summary>Signs a user in.</summary>
    /// <param name="door">Who stands at the door: the caller so far.</param>
    /// <param name="attempt">What is given.</param>
    /// <exception cref="SignInFailedException">Something given is wrong, or the user is locked or not valid.</exception>
    /// <exception cref="PasswordChangeRequiredException">All is right, but another password has to be chosen.</exception>
    /// <exception cref="PasswordRefusedException">All is right, but the new password breaks a rule.</exception>
    public SignedIn SignIn(Caller door, SignInAttempt attempt)
    {
        ArgumentNullException.ThrowIfNull(door);
        ArgumentNullException.ThrowIfNull(attempt);
        Try open = _context.Database.Write(connection => Begin(connection, attempt.Name));
        bool isRight = false, isOutdated = false;
        if (open is { Refused: null, User.DirectoryId: not null }) isRight = Ask(door, open.User, attempt);
        else if (open.Hash is null) PasswordHash.Waste(attempt.Password);
        else (isRight, isOutdated) = PasswordHash.Verify(attempt.Password, open.Hash);
        byte[]? renewed = isRight && isOutdated ? PasswordHash.Make(attempt.Password) : null;

        (User? user, bool mustChange) = _context.Database.Write(connection => End(Begin(connection, door), open, isRight, renewed, attempt.TotpCode));
        if (user is null) throw new SignInFailedException(attempt.Name);
        if (attempt.NewPassword is { } chosen) ChangePassword(door, user, chosen);
        else if (mustChange) throw new PasswordChangeRequiredException(user.Name);
        return _context.Database.Write(connection =>
        {
            User now = UserStore.Resolve(connection, new UserReference(user)).At(_context.Now);
            AuditEventStore.Record(connection, door, _context.Now, "signin.succeeded", now.Name);
            return new SignedIn(now, new Caller(now.Name, door.SourceAddress, door.Door, IsAdministrator: false) { UserId = now.Id });
        });
    }

    // A directory that can't be asked is no failure of the user.
    private bool Ask(Caller door, User user, SignInAttempt attempt)
    {
        try
        {
            return _directories.Verify(user, attempt.Password);
        }
        catch (UserDirectoryException e)
        {
            _context.Database.Write(connection =>
            {
                FailedSignInStore.Uncount(connection, user.Id);
                AuditEventStore.Record(connection, door, _context.Now, "signin.failed", user.Name, detail: e.Message);
            });
            throw new SignInFailedException(attempt.Name);
        }
    }

    // Nobody has rights at the door yet: what is written here is what signing in is.
    private Change Begin(Connection connection, Caller door) => new(connection, door, _context.Now, _context.Vault, CallerRights.None(door.Name));

    private Try Begin(Connection connection, string name)
    {
        DateTimeOffset now = _context.Now;
        SignInPolicy policy = SignInPolicyStore.Read(connection);
        User? user = UserStore.Find(connection, name);
        string? refused = user is null ? NoSuchUser : user.WhyNotActive(now) ?? (user.PasswordSetAt is null && user.DirectoryId is null ? "has no password" : null);
        int? count = 0;
        if (refused is null) count = FailedSignInStore.Count(connection, user!.Id, policy, now);
        else FailedSignInStore.CountNobody(connection);
        if (count is null) refused = "too many attempts at once";
        return new Try(user, policy, count ?? 0, refused, refused is null && UserPasswordStore.Hashes(connection, _context.Vault, user!.Id, 1) is [var hash] ? hash : null);
    }

    // Read anew: the user may have been locked or removed while the hash was computed.
    private static (User? User, bool MustChange) End(Change change, Try open, bool isRight, byte[]? renewed, string? code)
    {
        User? user = open.User is null ? null : UserStore.Find(change.Connection, open.User.Id);
        string? refused = open.Refused
            ?? (user is null ? "was removed meanwhile" : null)
            ?? (isRight ? null : "wrong password")
            ?? user!.WhyNotActive(change.Now)
            ?? TotpCheck.WhyWrong(change, user!, code, open.Policy.RequireTotp);
        if (user is null || refused is not null)
        {
            change.Audit("signin.failed", user?.Name ?? NoSuchUser, detail: refused);
            if (user is not null && open.Refused is null) LockOut(change, user, open);
            return (null, false);
        }

        FailedSignInStore.Clear(change.Connection, user.Id);
        if (renewed is not null) UserPasswordStore.Renew(change.Connection, change.Vault, user.Id, renewed, change.Now);
        bool isOld = open.Policy.MaxPasswordAgeDays > 0 && user.PasswordSetAt?.AddDays(open.Policy.MaxPasswordAgeDays) <= change.Now;
        return (user, user.MustChangePassword || isOld);
    }

    private static void LockOut(Change change, User user, Try open)
    {
        if (open.Policy.LockAfter == 0 || open.Count < open.Policy.LockAfter || user.WhyNotActive(change.Now) is not null) return;
        DateTimeOffset? until = open.Policy.LockMinutes == 0 ? null : change.Now.AddMinutes(open.Policy.LockMinutes);
        var held = new UserLock(UserLockKind.FailedSignIns, change.Now, until, change.Caller.Name, $"{open.Count} in a row, the last from {change.Caller.SourceAddress}");
        FailedSignInStore.Clear(change.Connection, user.Id);
        UserLockStore.Put(change.Connection, user.Id, held);
        change.Audit("user.locked", user.Name, detail: held.ToString(), before: user, after: user with { Lock = held });
    }

    private void ChangePassword(Caller door, User user, byte[] chosen)
    {
        NewPassword made = _passwords.Prepare(user, chosen);
        _context.Database.Write(connection =>
        {
            Change change = Begin(connection, door);
            made.Put(change, user.Id, mustChange: false);
            change.Audit("user.password.set", user.Name, detail: "by the user");
        });
    }

    // One attempt between its two transactions.
    private sealed record Try(User? User, SignInPolicy Policy, int Count, string? Refused, byte[]? Hash);
}
