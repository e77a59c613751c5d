using System.Diagnostics;

namespace Bastion.Bench.Session;

/// <summary>From starting the client to the host's prompt.</summary>
internal static class StartBench
{
    internal static void Run(Lab lab)
    {
        var times = Lab.Clients.ToDictionary(c => c, _ => new List<double>());
        for (int round = 0; round < lab.Options.Starts; round++)
        {
            foreach (string name in Lab.Clients)
            {
                long began = Stopwatch.GetTimestamp();
                using PtyProcess client = lab.Start(name);
                times[name].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        double ssh = times["ssh"].Median();
        Figures.Title($"Start to prompt, {lab.Options.Starts} each", "median ms", "more ms", "ratio");
        foreach (string name in Lab.Clients) Figures.Row(name, times[name].Median(), times[name].Median() - ssh, times[name].Median() / ssh);
    }
}
