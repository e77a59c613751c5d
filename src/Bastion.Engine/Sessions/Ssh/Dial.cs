using System.Net;
using System.Net.Sockets;

namespace Bastion.Sessions.Ssh;

/// <summary>Opens TCP connections whose socket was never used asynchronously.</summary>
internal static class Dial
{
    /// <summary>Tries the addresses of a host one after the other.</summary>
    /// <param name="host">Address or domain name.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="limit">For all of them together; each gets its share.</param>
    /// <param name="stop">Gives up at once.</param>
    /// <exception cref="SocketException">The last address did not answer, or there is none.</exception>
    internal static async Task<Socket> ConnectAsync(string host, int port, TimeSpan limit, CancellationToken stop)
    {
        IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : await Dns.GetHostAddressesAsync(host, stop);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        foreach (IPAddress address in addresses[..^1])
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(limit / addresses.Length);
            try
            {
                return await ConnectAsync(new IPEndPoint(address, port), patience.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                // The next address may answer.
            }
        }

        return await ConnectAsync(new IPEndPoint(addresses[^1], port), stop);
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address, CancellationToken stop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // Blocks a thread of the pool for as long as the host lets us wait; closing the socket frees it.
        Task connecting = Task.Run(() => socket.Connect(address), CancellationToken.None);
        try
        {
            await connecting.WaitAsync(stop);
            return socket;
        }
        catch
        {
            _ = connecting.ContinueWith(t => _ = t.Exception, TaskScheduler.Default);
            socket.Dispose();
            throw;
        }
    }
}
