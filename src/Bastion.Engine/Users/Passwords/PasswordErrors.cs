namespace Bastion.Users.Passwords;

/// <summary>A new password breaks the rules.</summary>
/// <param name="user">Whose it would be.</param>
/// <param name="why">Which rule.</param>
public sealed class PasswordRefusedException(string user, string why) : BastionException("PasswordRefused", ErrorKind.InvalidInput, user,
    $"The new password of user '{user}' is refused: {why}. Get-BhSignInPolicy shows the rules.");

/// <summary>The user has no password.</summary>
/// <param name="user">Who.</param>
public sealed class PasswordMissingException(string user) : BastionException("PasswordMissing", ErrorKind.Conflict, user,
    $"User '{user}' has no password. Give one with: Set-BhUserPassword '{user}' -Password (Read-Host -AsSecureString)");
