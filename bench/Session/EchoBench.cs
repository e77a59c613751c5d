using System.Diagnostics;

namespace Bastion.Bench.Session;

/// <summary>From a key to its echo. The clients stay open side by side and take turns, twenty keys each.</summary>
internal static class EchoBench
{
    private const int Turn = 20;
    private const int WarmUp = 200;

    internal static void Run(Lab lab)
    {
        PtyProcess[] clients = [.. Lab.Clients.Select(lab.Start)];
        // The host's terminal echoes; no line editor in between.
        foreach (PtyProcess client in clients)
        {
            client.Type("echo st''art; exec cat > /dev/null\r");
            client.TakeUntil("start\r\n");
        }

        var times = Lab.Clients.ToDictionary(c => c, _ => new List<double>());
        foreach (PtyProcess client in clients) Keys(client, WarmUp, []);
        TimeSpan[] cpu = [.. clients.Select(c => c.Cpu)];
        while (times["ours"].Count < lab.Options.Keys)
        {
            for (int i = 0; i < clients.Length; i++) Keys(clients[i], Turn, times[Lab.Clients[i]]);
        }

        double ssh = times["ssh"].Median(), sshLate = times["ssh"].Percentile(95);
        Figures.Title($"Key to echo, {times["ours"].Count} keys each", "median µs", "more µs", "ratio", "p95 µs", "p95 ratio", "CPU µs/key", "RSS MB");
        for (int i = 0; i < clients.Length; i++)
        {
            List<double> t = times[Lab.Clients[i]];
            Figures.Row(Lab.Clients[i], t.Median(), t.Median() - ssh, t.Median() / ssh, t.Percentile(95), t.Percentile(95) / sshLate, (clients[i].Cpu - cpu[i]).TotalMicroseconds / t.Count, clients[i].Memory);
            clients[i].Dispose();
        }
    }

    private static void Keys(PtyProcess client, int count, List<double> times)
    {
        for (int i = 0; i < count; i++)
        {
            // A hand is slower; but long enough that everything sleeps again.
            Thread.Sleep(Random.Shared.Next(4, 9));
            byte key = (byte)('a' + i % 26);
            long pressed = Stopwatch.GetTimestamp();
            client.Type([key]);
            ReadOnlySpan<byte> echo = client.Take();
            times.Add(Stopwatch.GetElapsedTime(pressed).TotalMicroseconds);
            if (echo is not [var back] || back != key) throw new InvalidOperationException($"Key {key} came back as {Convert.ToHexString(echo)}.");
        }

        client.Type("\r");
        client.TakeUntil("\r\n");
    }
}
