namespace Bastion.Users.Locks;

/// <summary>Locks users and unlocks them. Who is locked opens no session and signs in nowhere; running sessions end within a second.</summary>
public sealed class UserLockService
{
    private readonly EngineContext _context;

    internal UserLockService(EngineContext context) => _context = context;

    /// <summary>Locks a user; who is locked already gets the new end and reason.</summary>
    /// <param name="caller">Who locks.</param>
    /// <param name="reference">Whom.</param>
    /// <param name="until">Not at or after; <see langword="null"/>: until somebody unlocks the user.</param>
    /// <param name="reason">Free text, for administrators.</param>
    /// <exception cref="BastionException">No such user, or the end has passed.</exception>
    public User Lock(Caller caller, UserReference reference, DateTimeOffset? until = null, string? reason = null) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        if (until <= change.Now) throw new LockEndsInPastException(user.Name, until.Value);
        var held = new UserLock(UserLockKind.Administrator, change.Now, Validity.Cut(until), caller.Name, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        UserLockStore.Put(change.Connection, user.Id, held);
        change.Audit("user.locked", user.Name, detail: held.ToString());
        return (user with { Lock = held }).At(change.Now);
    });

    /// <summary>Unlocks a user, whatever locked it. Who is not locked stays as he is.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public User Unlock(Caller caller, UserReference reference) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        if (user.Lock?.Holds(change.Now) == true) change.Audit("user.unlocked", user.Name, detail: $"was locked {user.Lock}");
        UserLockStore.Remove(change.Connection, user.Id);
        return (user with { Lock = null }).At(change.Now);
    });
}
