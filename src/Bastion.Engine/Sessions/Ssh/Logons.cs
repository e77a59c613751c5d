using Bastion.Credentials.Secrets;

namespace Bastion.Sessions.Ssh;

/// <summary>Logs on with what the vault gave.</summary>
internal static class Logons
{
    /// <summary>Connects; where a password is being changed and the old one is refused, with the new one.</summary>
    /// <param name="target">Where and as whom; its credential is not looked at.</param>
    /// <param name="kept">With what.</param>
    /// <param name="hostKeys">Asked about the host's key before any secret is sent.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BastionException">As <see cref="SshConnector.ConnectAsync"/>.</exception>
    internal static async Task<SshConnection> ConnectAsync(SshTarget target, KeptCredential kept, IHostKeyVerifier hostKeys, CancellationToken stop)
    {
        try
        {
            return await new SshConnector().ConnectAsync(target with { Credential = Of(kept) }, hostKeys, stop);
        }
        catch (SshAuthenticationFailedException) when (kept.NewPassword is not null)
        {
            return await new SshConnector().ConnectAsync(target with { Credential = Of(kept.Renewed) }, hostKeys, stop);
        }
    }

    /// <summary>For a target whose credential is given later.</summary>
    internal static SshCredential Nothing { get; } = new(null, null, null);

    private static SshCredential Of(KeptCredential kept) => new(null, null, kept.Password)
    {
        PreferredKeys = [.. kept.Keys.Select(key => new SshKey(key.PrivateKey, key.Passphrase) { Certificate = key.Certificate })],
    };
}
