namespace Bastion.Credentials.Rotation;

/// <summary>There is nothing to change.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="why">Why not, and what to do.</param>
public sealed class NothingToChangeException(string account, string why) : BastionException("NothingToChange", ErrorKind.InvalidInput, account, $"The secret of '{account}' can't be changed: {why}");

/// <summary>Another process is changing the account's secret.</summary>
/// <param name="account">Account and asset.</param>
public sealed class SecretChangeRunningException(string account) : BastionException("SecretChangeRunning", ErrorKind.Conflict, account,
    $"The secret of '{account}' is being changed by another process. Wait until it has ended.");

/// <summary>What is kept does not sign in, so it can't be replaced by the account itself.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="cause">What the asset said.</param>
public sealed class SecretNotWorkingException(string account, BastionException cause) : BastionException("SecretNotWorking", ErrorKind.Authentication, account,
    $"What is kept for '{account}' does not sign in, so nothing was changed: {cause.Message} Set the right secret, or let a privileged account of the asset make the change with -Via.", cause);

/// <summary>The asset does not take the new secret; the old one stays.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="why">What the asset said.</param>
/// <param name="cause">The cause.</param>
public sealed class SecretChangeRefusedException(string account, string why, Exception? cause = null) : BastionException("SecretChangeRefused", ErrorKind.Denied, account,
    $"The asset did not take the new secret of '{account}', and the old one stays: {Printable.Escape(why.Trim())}", cause);

/// <summary>Neither the old nor the new secret is known to work; both are kept.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="cause">What happened.</param>
public sealed class SecretChangeUnsettledException(string account, BastionException cause) : BastionException("SecretChangeUnsettled", cause.Kind, account,
    $"The change of the secret of '{account}' was broken off, and which secret works could not be found out: {cause.Message} Both are kept and sessions try both. Run Update-BhAssetAccountSecret -Resume when the asset can be reached.", cause);

/// <summary>The new key is the account's, but the old one is still on the asset.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="cause">Why.</param>
public sealed class OldKeyNotRemovedException(string account, BastionException cause) : BastionException("OldKeyNotRemoved", cause.Kind, account,
    $"'{account}' has its new secret and it works, but the old key could not be taken off the asset: {cause.Message} Run Update-BhAssetAccountSecret -Resume to try again.", cause);
