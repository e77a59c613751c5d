namespace Bastion.Users.SignIn;

/// <summary>A sign-in failed. Why is in the audit; whoever tries is not told.</summary>
/// <param name="name">The name that was given.</param>
public sealed class SignInFailedException(string name) : BastionException("SignInFailed", ErrorKind.Authentication, Printable.Escape(name),
    $"'{Printable.Escape(name)}' could not be signed in: the name, the password or the code is wrong, or the user is locked or not valid now. Try again with all of them; an administrator sees the state with Get-BhUser and can unlock with Unlock-BhUser.");

/// <summary>Name and password are right, but the password has to be changed first.</summary>
/// <param name="name">The user.</param>
public sealed class PasswordChangeRequiredException(string name) : BastionException("PasswordChangeRequired", ErrorKind.Authentication, name,
    $"User '{name}' has to choose another password before going on. Sign in again with the new one beside: -NewPassword (Read-Host -AsSecureString)");
