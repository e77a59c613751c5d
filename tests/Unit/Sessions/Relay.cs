using System.Net;
using System.Net.Sockets;

namespace Bastion.Unit.Sessions;

/// <summary>Passes a connection on to a port of this machine, until it no longer does: as a link whose other end has vanished.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile bool _silent;

    public Relay(int port)
    {
        _listener.Start();
        _running = RunAsync(port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing passes, and nobody is told.</summary>
    public void GoSilent() => _silent = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(int port)
    {
        using Socket near = await _listener.AcceptSocketAsync(_stop.Token);
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
        await Task.WhenAny(PassAsync(near, far), PassAsync(far, near));
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[64 << 10];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and int count)
        {
            if (!_silent) await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
        }

        if (_silent) await Task.Delay(Timeout.Infinite, _stop.Token);
    }
}
