namespace Bastion.Sessions.Ssh;

/// <summary>Opens connections to hosts.</summary>
public sealed class SshConnector
{
    /// <summary>How often a silent host is asked whether it is still there; after three questions without an answer the connection counts as lost.</summary>
    internal TimeSpan KeepAliveEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connects, verifies the host's key and logs on. The target's credential is no longer needed afterwards.</summary>
    /// <param name="target">Where and as whom.</param>
    /// <param name="hostKeys">Asked about the host's key before any secret is sent; what it throws reaches the caller unchanged.</param>
    /// <param name="stop">Gives up at once, in every phase.</param>
    /// <exception cref="SshUnreachableException">No answer: refused, no route, unknown name, or the target's time limit.</exception>
    /// <exception cref="SshHandshakeFailedException">No SSH server, or no common algorithm.</exception>
    /// <exception cref="SshAuthenticationFailedException">Key or password was not accepted.</exception>
    /// <exception cref="PrivateKeyUnusableException">The kept key can't be read.</exception>
    public async Task<SshConnection> ConnectAsync(SshTarget target, IHostKeyVerifier hostKeys, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(hostKeys);
        using var attempt = new ConnectAttempt(target, hostKeys);
        return await attempt.RunAsync(KeepAliveEvery, stop);
    }
}
