using Bastion.Assets;
using Bastion.Sessions.Ssh;

namespace Bastion.Credentials.SignIns;

/// <summary>Where and as whom to sign in.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Account">The account on it.</param>
/// <param name="HostKeys">Asked before a secret is sent.</param>
/// <param name="Timeout">For the whole sign-in.</param>
internal sealed record SignInTarget(Asset Asset, AssetAccount Account, IHostKeyVerifier HostKeys, TimeSpan Timeout)
{
    internal string Host => Asset.Address!;

    internal int Port => Asset.Ports[Account.Protocol];

    /// <summary>Asset and address, for messages.</summary>
    internal string Place => $"'{Asset.Name}' ({Printable.Escape(Host)}:{Port})";
}
