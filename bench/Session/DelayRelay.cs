using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bastion.Bench.Session;

/// <summary>Passes connections on to a port of this machine, each byte some milliseconds later, both ways.</summary>
internal sealed class DelayRelay : IAsyncDisposable
{
    private const int MostUnderWay = 4096;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TimeSpan _delay;
    private readonly Task _running;

    internal DelayRelay(int port, TimeSpan delay)
    {
        _delay = delay;
        _listener.Start();
        _running = RunAsync(port);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(int port)
    {
        while (true)
        {
            Socket near = await _listener.AcceptSocketAsync();
            var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            near.NoDelay = true;
            await far.ConnectAsync(IPAddress.Loopback, port);
            Pass(near, far);
            Pass(far, near);
        }
    }

    private void Pass(Socket from, Socket to)
    {
        var underWay = new BlockingCollection<(long Due, byte[] Bytes)>(MostUnderWay);
        Start(() =>
        {
            byte[] buffer = new byte[64 << 10];
            while (from.Receive(buffer) is > 0 and int count) underWay.Add((Stopwatch.GetTimestamp() + (long)(_delay.TotalSeconds * Stopwatch.Frequency), buffer[..count]));
        }, underWay.CompleteAdding);
        Start(() =>
        {
            foreach ((long due, byte[] bytes) in underWay.GetConsumingEnumerable())
            {
                // Sleep wakes late; the last moment is spun away.
                for (TimeSpan left; (left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due)) > TimeSpan.Zero;)
                {
                    if (left > TimeSpan.FromMilliseconds(1)) Thread.Sleep(left - TimeSpan.FromMilliseconds(0.5));
                    else Thread.SpinWait(20);
                }

                to.Send(bytes);
            }
        }, to.Dispose);
    }

    private static void Start(Action run, Action ended) => new Thread(() =>
    {
        try
        {
            run();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone.
        }

        ended();
    }) { IsBackground = true }.Start();
}
