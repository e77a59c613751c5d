namespace Bastion.Sessions.Ssh;

/// <summary>No SSH server answers at the asset's address: refused, no route, unknown name, or no answer in time.</summary>
public sealed class SshUnreachableException : BastionException
{
    private SshUnreachableException(SshTarget target, ErrorKind kind, string message, Exception? cause)
        : base("SshUnreachable", kind, target.AssetName, $"{target.Place} {message}", cause)
    {
    }

    internal static SshUnreachableException Refused(SshTarget target, Exception cause) => new(target, ErrorKind.Connection,
        "refused the connection: nothing listens on that port. Check the port (Get-BhAsset shows it, Set-BhAsset changes it) and that sshd runs there.", cause);

    internal static SshUnreachableException NoRoute(SshTarget target, Exception cause) => new(target, ErrorKind.Connection,
        "can't be reached: there is no route to it from here. Check the address, whether the private or the public one is used, and the network between.", cause);

    internal static SshUnreachableException UnknownName(SshTarget target, Exception cause) => new(target, ErrorKind.Connection,
        "can't be reached: no name server knows that host name. Check the asset's address.", cause);

    internal static SshUnreachableException Broken(SshTarget target, Exception cause) => new(target, ErrorKind.Connection,
        $"can't be reached: {Printable.Escape(cause.Message)} Check the network between and try again.", cause);

    internal static SshUnreachableException TimedOut(SshTarget target, ConnectPhase phase, Exception? cause) => new(target, ErrorKind.Timeout,
        phase switch
        {
            ConnectPhase.Greeting => $"did not answer within {target.Patience}. Check the address, the port and firewalls or security groups between; -ConnectTimeout waits longer.",
            ConnectPhase.Handshake => $"answered, but did not complete the key exchange within {target.Patience}. It may be overloaded; -ConnectTimeout waits longer.",
            _ => $"did not complete the log-on within {target.Patience}. It may be waiting for a directory or for a second factor; -ConnectTimeout waits longer.",
        }, cause);
}

/// <summary>The host answers, but no secure connection can be agreed on with it.</summary>
public sealed class SshHandshakeFailedException : BastionException
{
    private SshHandshakeFailedException(SshTarget target, string message, Exception cause)
        : base("SshHandshakeFailed", ErrorKind.Connection, target.AssetName, $"{target.Place} {message}", cause)
    {
    }

    internal static SshHandshakeFailedException NotSsh(SshTarget target, Exception cause) => new(target,
        "answers, but ended the connection or sent something else before it said that it is an SSH server. Check the port; a host that limits connections (MaxStartups, deny lists) does this too.", cause);

    internal static SshHandshakeFailedException NotAgreed(SshTarget target, Exception cause) => new(target,
        $"and Bastion could not agree on a secure connection: {Printable.Escape(cause.Message)} Bastion does not use SHA-1, CBC, 3DES or DSA; update the host's SSH server or its settings.", cause);
}

/// <summary>The host did not accept the account's key or password.</summary>
public sealed class SshAuthenticationFailedException : BastionException
{
    private SshAuthenticationFailedException(SshTarget target, string message, Exception? cause)
        : base("SshAuthenticationFailed", ErrorKind.Authentication, $"{target.Login}@{target.AssetName}", $"'{Printable.Escape(target.Login)}' could not log on to {target.Place}: {message}", cause)
    {
    }

    internal static SshAuthenticationFailedException NotAccepted(SshTarget target, IReadOnlyCollection<string> tried, IReadOnlyCollection<string> offered, Exception cause) => new(target,
        $"{(tried.Count == 0 ? "none of what is kept for the account is of a kind that the host takes" : $"the host did not accept it ({string.Join(", ", tried)})")}"
        + $"{(offered.Count > 0 ? $"; the host takes {Printable.Escape(string.Join(", ", offered))}" : "")}. Check the login name, and set the right key or password with Set-BhAssetAccount.", cause);

    internal static SshAuthenticationFailedException Ended(SshTarget target, Exception cause) => new(target,
        $"the host ended the log-on: {Printable.Escape(cause.Message)} Check the login name and what the host's own log says.", cause);

    internal static SshAuthenticationFailedException PasswordExpired(SshTarget target) => new(target,
        "the password has expired and the host wants a new one. Change it on the host, then set it with Set-BhAssetAccount.", null);

    internal static SshAuthenticationFailedException Asked(SshTarget target, string question) => new(target,
        $"the host asks '{Printable.Escape(question)}', which a kept password does not answer. Allow the account a key or a password alone.", null);
}

/// <summary>The private key that is kept for an account can't be used.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="why">Why not; never a part of the key.</param>
/// <param name="cause">The cause.</param>
public sealed class PrivateKeyUnusableException(string account, string why, Exception? cause) : BastionException("PrivateKeyUnusable", ErrorKind.Authentication, account,
    $"The private key kept for '{account}' can't be used: {why} Set it anew with Set-BhAssetAccount.", cause);

/// <summary>The host refuses what the session needs: a channel, a terminal, a shell or a command.</summary>
/// <param name="asset">The asset.</param>
/// <param name="what">What was refused.</param>
/// <param name="why">The host's reason, if it gave one.</param>
public sealed class SshRequestRefusedException(string asset, string what, string? why = null) : BastionException("SshRequestRefused", ErrorKind.Denied, asset,
    $"'{asset}' accepted the log-on but refuses {what}{(string.IsNullOrEmpty(why) ? "" : $" ({Printable.Escape(why)})")}. Check the host's sshd_config for the account (ForceCommand, PermitTTY, MaxSessions) and its log.");

/// <summary>The connection broke off while a session was open.</summary>
/// <param name="asset">The asset.</param>
/// <param name="cause">The cause.</param>
public sealed class SshConnectionLostException(string asset, Exception? cause) : BastionException("SshConnectionLost", ErrorKind.Connection, asset,
    $"The connection to '{asset}' was lost{(cause is null ? "" : $": {Printable.Escape(cause.Message.TrimEnd('.'))}")}. What ran there may still run, or may have ended half-way; look before you start it again.", cause);

/// <summary>A command ran longer than it may.</summary>
/// <param name="asset">The asset.</param>
/// <param name="limit">How long it might run.</param>
/// <param name="gone">Whether it is known to have ended since.</param>
public sealed class CommandTimeoutException(string asset, TimeSpan limit, bool gone) : BastionException("CommandTimeout", ErrorKind.Timeout, asset,
    $"The command on '{asset}' ran longer than {limit.TotalSeconds:0.###} s {(gone ? "and was ended" : "and could not be ended: it may still run there")}. Give it longer with -Timeout.");

/// <summary>The recording of a running command can no longer be written; the command was ended.</summary>
/// <param name="asset">The asset.</param>
/// <param name="cause">The cause.</param>
public sealed class RecordingLostException(string asset, Exception? cause) : BastionException("RecordingLost", ErrorKind.Resource, asset,
    $"The recording of the session on '{asset}' could no longer be written, so the session was ended{(cause is null ? "" : $": {Printable.Escape(cause.Message.TrimEnd('.'))}")}. Check the disk of the store.", cause);
