using Bastion.Assets;
using Bastion.Credentials.Secrets;
using Bastion.Sessions.Ssh;

namespace Bastion.Credentials.SignIns;

/// <summary>Signs in to an asset, over whichever protocol the account is for.</summary>
internal static class SignIn
{
    private static readonly string[] Known = [Protocols.Ssh, Protocols.MySql, Protocols.PostgreSql];

    internal static bool Supports(string protocol) => Known.Contains(protocol, StringComparer.Ordinal);

    /// <summary>Signs in and out again.</summary>
    /// <exception cref="BastionException">Not reachable, not the trusted host, or not accepted.</exception>
    internal static async Task TryAsync(SignInTarget target, KeptCredential credential, CancellationToken stop)
    {
        switch (target.Account.Protocol)
        {
            case Protocols.Ssh:
                (await SshAsync(target, credential, stop)).Dispose();
                break;
            case Protocols.MySql:
                await (await MySqlSignIn.OpenAsync(target, credential, stop)).DisposeAsync();
                break;
            default:
                await (await PostgreSqlSignIn.OpenAsync(target, credential, stop)).DisposeAsync();
                break;
        }
    }

    /// <summary>Opens a connection over SSH.</summary>
    /// <exception cref="BastionException">Not reachable, not the trusted host, or not accepted.</exception>
    internal static Task<SshConnection> SshAsync(SignInTarget target, KeptCredential credential, CancellationToken stop) => Logons.ConnectAsync(
        new SshTarget(target.Asset.Name, target.Host, target.Port, target.Account.Name, Logons.Nothing, target.Timeout), credential, target.HostKeys, stop);
}
