namespace Bastion.Users.Locks;

/// <summary>What locked a user.</summary>
public enum UserLockKind
{
    /// <summary>An administrator did.</summary>
    Administrator,
    /// <summary>Too many sign-ins failed.</summary>
    FailedSignIns,
}

/// <summary>Why a user may do nothing for a while.</summary>
/// <param name="Kind">What locked the user.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">Not at or after; <see langword="null"/>: until somebody unlocks the user.</param>
/// <param name="By">Who locked, or whose attempts did.</param>
/// <param name="Reason">Free text, for administrators.</param>
public sealed record UserLock(UserLockKind Kind, DateTimeOffset At, DateTimeOffset? Until, string By, string? Reason)
{
    /// <summary>Whether it still holds.</summary>
    public bool Holds(DateTimeOffset now) => Until is null || now < Until;

    /// <inheritdoc/>
    public override string ToString() => string.Concat(
        Kind == UserLockKind.Administrator ? $"by {By}" : "after failed sign-ins",
        Until is { } until ? $" until {Validity.Show(until)}" : "",
        string.IsNullOrEmpty(Reason) ? "" : $": {Reason}");
}

/// <summary>The end of a lock is not ahead.</summary>
/// <param name="user">Who should have been locked.</param>
/// <param name="until">The end.</param>
public sealed class LockEndsInPastException(string user, DateTimeOffset until) : BastionException("LockEndsInPast", ErrorKind.InvalidInput, user,
    $"The lock of user '{user}' would have ended already, at {Validity.Show(until)}. Give an end that lies ahead, or none: it then holds until Unlock-BhUser.");
