using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Renci.SshNet;
using Renci.SshNet.Messages;

namespace Bastion.Sessions.Ssh;

/// <summary>
/// The two members of SSH.NET's session that we need and that are not public. The package's version is pinned and ships with us;
/// a member that is gone shows in the first test that opens a channel.
/// </summary>
internal static class SshNetSession
{
    /// <summary>Encrypts and sends one message. Blocks while the network takes no more and while keys are exchanged anew.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SendMessage")]
    internal static extern void SendMessage(Session session, Message message);

    /// <summary>Cuts the connection, whichever thread waits on it for whatever: SSH.NET's own Disconnect waits for locks that a stuck send holds.</summary>
    internal static void Cut(Session session)
    {
        try
        {
            SocketOf(session)?.Dispose();
        }
        catch (SocketException)
        {
            // It was gone before.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_socket")]
    private static extern ref Socket? SocketOf(Session session);
}
