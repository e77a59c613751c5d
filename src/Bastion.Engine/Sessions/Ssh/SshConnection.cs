using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Messages;

namespace Bastion.Sessions.Ssh;

/// <summary>A connection to a host, logged on. Made by <see cref="SshConnector"/>; carries shells and commands until disposed.</summary>
public sealed class SshConnection : IDisposable
{
    // Leaves time to say goodbye; a connection that hangs is cut.
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(100);
    private readonly Socket _socket;
    private readonly TimeSpan _keepAliveEvery;
    private readonly SendGate _gate;
    // SSH.NET numbers its own channels from 0.
    private uint _lastChannel = 1000;
    private int _disposed;

    internal SshConnection(Session session, Socket socket, SendGate gate, string assetName, TimeSpan keepAliveEvery)
    {
        (Session, _socket, _gate, AssetName, _keepAliveEvery) = (session, socket, gate, assetName, keepAliveEvery);
    }

    /// <summary>What the host says that it is, e.g. <c>SSH-2.0-OpenSSH_9.2p1</c>. Text of unknown origin.</summary>
    public string ServerVersion => Session.ServerVersion;

    /// <summary>Name of the asset, for messages.</summary>
    internal string AssetName { get; }

    internal Session Session { get; }

    private bool CanWrite
    {
        get
        {
            try
            {
                return _socket.Poll(0, SelectMode.SelectWrite);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Ends the connection and all that runs over it. Never waits for the host.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        // SSH.NET's Dispose waits for its receive thread, which may be held by a terminal that takes no more.
        Task ending = Task.Run(Session.Dispose);
        if (!ending.ContinueWith(t => _ = t.Exception, TaskScheduler.Default).Wait(Goodbye)) Cut();
    }

    /// <summary>Opens a channel for one shell or command.</summary>
    /// <exception cref="SshRequestRefusedException">The host allows no more.</exception>
    internal async Task<SshChannel> OpenChannelAsync(IChannelOutput output, CancellationToken stop)
    {
        var channel = new SshChannel(this, Interlocked.Increment(ref _lastChannel), output);
        try
        {
            await channel.OpenAsync(stop);
            channel.KeepAlive(_keepAliveEvery);
            return channel;
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of messages to come that were received already. Asked on the thread that receives.</summary>
    internal int Received => SshNetSession.Received(Session);

    /// <summary>Whether a short message would go out without waiting.</summary>
    internal bool CanSendNow => _gate.IsFree && CanWrite;

    /// <summary>Sends a message. On the thread that receives only after <see cref="CanSendNow"/>.</summary>
    internal void Send(Message message) => _gate.Send(Session, message);

    /// <summary>Cuts the connection without a word, whichever thread waits on it for whatever: SSH.NET's own Disconnect waits for locks that a stuck send holds.</summary>
    internal void Cut() => _socket.Dispose();
}
