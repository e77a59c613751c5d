using System.Diagnostics;

namespace Bastion.Bench.Session;

/// <summary>Ctrl-C into endless output, on a terminal that takes only so much: how long until it is quiet, and how much is still shown.</summary>
internal static class CtrlCBench
{
    private const int Quiet = 400;

    internal static void Run(Lab lab)
    {
        var times = Lab.Clients.ToDictionary(c => c, _ => new List<double>());
        var shown = Lab.Clients.ToDictionary(c => c, _ => new List<double>());
        var memory = Lab.Clients.ToDictionary(c => c, _ => 0.0);
        for (int round = 0; round < lab.Options.Rounds; round++)
        {
            foreach (string name in Lab.Clients)
            {
                using PtyProcess client = lab.Start(name);
                client.Type("yes 'a line of endless output that is as long as such lines are'\r");
                var slow = new SlowReader(client, lab.Options.Speed);
                slow.For(TimeSpan.FromSeconds(3));
                memory[name] = Math.Max(memory[name], client.Memory);
                long pressed = Stopwatch.GetTimestamp();
                client.Type("\u0003");
                (long bytes, long last) = slow.UntilQuiet(Quiet);
                times[name].Add(Stopwatch.GetElapsedTime(pressed, last).TotalMilliseconds);
                shown[name].Add(bytes / 1e6);
                client.Type("echo al''ive\r");
                client.TakeUntil("alive\r\n" + Lab.Prompt);
            }
        }

        Figures.Title($"Ctrl-C into endless output, terminal takes {lab.Options.Speed / 1_000_000} MB/s, {lab.Options.Rounds} rounds", "median ms", "most ms", "MB shown", "RSS MB");
        foreach (string name in Lab.Clients) Figures.Row(name, times[name].Median(), times[name].Max(), shown[name].Median(), memory[name]);
    }

    private sealed class SlowReader(PtyProcess client, int bytesPerSecond)
    {
        private long _began = Stopwatch.GetTimestamp();
        private long _taken;

        internal void For(TimeSpan time)
        {
            long from = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(from) < time)
            {
                if (client.HasOutput(100)) Take();
            }
        }

        /// <summary>Takes until nothing has come for some milliseconds.</summary>
        /// <returns>How many bytes, and when the last of them.</returns>
        internal (long Bytes, long Last) UntilQuiet(int milliseconds)
        {
            long bytes = 0, last = Stopwatch.GetTimestamp();
            while (client.HasOutput(milliseconds))
            {
                bytes += Take();
                last = Stopwatch.GetTimestamp();
            }

            return (bytes, last);
        }

        private int Take()
        {
            int count = client.Take(4096).Length;
            _taken += count;
            TimeSpan ahead = TimeSpan.FromSeconds((double)_taken / bytesPerSecond) - Stopwatch.GetElapsedTime(_began);
            if (ahead > TimeSpan.FromMilliseconds(1)) Thread.Sleep(ahead);
            else if (ahead < TimeSpan.FromMilliseconds(-50)) (_began, _taken) = (Stopwatch.GetTimestamp(), 0);      // What was not there in time is not caught up with
            return count;
        }
    }
}
