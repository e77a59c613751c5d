namespace Bastion.Sessions;

/// <summary>A session is not allowed. The attempt is in the audit.</summary>
/// <param name="id">Stable id: which gate said no.</param>
/// <param name="subject">Account and asset.</param>
/// <param name="reason">Why, and what to do.</param>
public sealed class SessionDeniedException(string id, string subject, string reason) : BastionException(id, ErrorKind.Denied, subject, reason);

/// <summary>It is not clear which account is meant.</summary>
public sealed class AccountNotChosenException : BastionException
{
    private AccountNotChosenException(string id, ErrorKind kind, string asset, string message)
        : base(id, kind, asset, message)
    {
    }

    internal static AccountNotChosenException Several(string asset, IEnumerable<string> accounts) => new("AccountNotChosen", ErrorKind.InvalidInput, asset,
        $"Several accounts of '{asset}' are granted: {string.Join(", ", accounts)}. Say which with -Account.");
}

/// <summary>No secret is kept for the account, and none was given.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="isSelf">Whether it is the user's own login.</param>
public sealed class CredentialMissingException(string account, bool isSelf = false) : BastionException("CredentialMissing", ErrorKind.Authentication, account,
    isSelf ? $"'{account}' is logged on to with the user's own password, and none was given. Give it for this session with -Credential."
        : $"No password or key is kept for '{account}'. Give one for this session with -Credential, or keep one with Set-BhAssetAccount.");

/// <summary>The asset can't take a session now.</summary>
/// <param name="asset">The asset.</param>
/// <param name="state">Its state.</param>
public sealed class AssetNotReachableException(string asset, Assets.AssetState state) : BastionException("AssetNotRunning", ErrorKind.Conflict, asset,
    $"Asset '{asset}' is {state.ToString().ToLowerInvariant()} in the cloud. {(state == Assets.AssetState.Vanished ? "It was released there." : "Start it there, then run Import-BhAsset to see its state.")}");

/// <summary>The session can't be recorded, so it does not start.</summary>
/// <param name="session">The session.</param>
/// <param name="cause">Why not.</param>
public sealed class RecordingUnavailableException(string session, Exception cause) : BastionException("RecordingUnavailable", ErrorKind.Resource, session,
    $"The session can't be recorded and so was not started: {cause.Message} Check the disk and the rights on the store's recordings folder.", cause);

/// <summary>The shell of a checked session got another text than the one that was allowed.</summary>
/// <param name="asset">The asset.</param>
public sealed class ShellDisturbedException(string asset) : BastionException("ShellDisturbed", ErrorKind.Security, asset,
    $"The shell on '{asset}' did not get the command that was allowed, so it was not run and the session was ended. Something on the asset changes what the shell reads; find out what ran there before.");
