using Renci.SshNet;
using Renci.SshNet.Messages;

namespace Bastion.Sessions.Ssh;

/// <summary>
/// Keeps sends out of the beginning of a key exchange. SSH.NET lets a send wait while keys are exchanged, but one that has passed this check
/// a moment before the exchange begins would still go out in its middle, under keys that the host has put away.
/// </summary>
internal sealed class SendGate
{
    // Nobody holds the gate so long but one who waits for the exchange to end, or whose message is already on its way.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private readonly object _gate = new();

    /// <summary>Whether nobody sends just now.</summary>
    internal bool IsFree
    {
        get
        {
            if (!Monitor.TryEnter(_gate)) return false;
            Monitor.Exit(_gate);
            return true;
        }
    }

    /// <summary>Sends a message; may wait, so not for the thread that receives.</summary>
    internal void Send(Session session, Message message)
    {
        lock (_gate) SshNetSession.SendMessage(session, message);
    }

    /// <summary>A key exchange begins; called on the thread that receives. Lets a send that has begun get away first.</summary>
    internal void OnKeyExchange()
    {
        if (Monitor.TryEnter(_gate, Patience)) Monitor.Exit(_gate);
    }
}
