using System.Diagnostics;
using System.Text;

namespace Bastion.Bench.Session;

/// <summary>Much output onto a terminal that takes all it gets.</summary>
internal static class BulkBench
{
    internal static async Task RunAsync(Lab lab)
    {
        string file = Path.Combine(lab.Folder, "text");
        await WriteTextAsync(file, lab.Options.BulkMegabytes);
        var speeds = Lab.Clients.ToDictionary(c => c, _ => new List<double>());
        var cpu = Lab.Clients.ToDictionary(c => c, _ => new List<double>());
        var memory = Lab.Clients.ToDictionary(c => c, _ => 0.0);
        for (int round = 0; round < lab.Options.Rounds; round++)
        {
            foreach (string name in Lab.Clients)
            {
                using PtyProcess client = lab.Start(name);
                TimeSpan used = client.Cpu;
                long began = Stopwatch.GetTimestamp();
                client.Type($"cat {file}; echo e''nd\r");
                long bytes = Drain(client, "end\r\n" + Lab.Prompt);
                double megabytes = bytes / 1e6;
                speeds[name].Add(megabytes / Stopwatch.GetElapsedTime(began).TotalSeconds);
                cpu[name].Add((client.Cpu - used).TotalSeconds / (megabytes / 1000));
                memory[name] = Math.Max(memory[name], client.Memory);
            }
        }

        Figures.Title($"Bulk output, {lab.Options.BulkMegabytes} MB, {lab.Options.Rounds} rounds", "median MB/s", "ratio", "least ratio", "most ratio", "CPU s/GB", "RSS MB");
        foreach (string name in Lab.Clients)
        {
            double[] ratios = [.. speeds[name].Zip(speeds["ssh"], (mine, ssh) => mine / ssh)];
            Figures.Row(name, speeds[name].Median(), speeds[name].Median() / speeds["ssh"].Median(), ratios.Min(), ratios.Max(), cpu[name].Median(), memory[name]);
        }
    }

    private static long Drain(PtyProcess client, string end)
    {
        byte[] wanted = Encoding.ASCII.GetBytes(end);
        byte[] last = [];
        long bytes = 0;
        while (!last.AsSpan().EndsWith(wanted))
        {
            ReadOnlySpan<byte> taken = client.Take();
            bytes += taken.Length;
            last = taken.Length >= wanted.Length ? taken[^wanted.Length..].ToArray() : [.. last.AsSpan(Math.Max(0, last.Length + taken.Length - wanted.Length)), .. taken];
        }

        return bytes;
    }

    private static async Task WriteTextAsync(string file, int megabytes)
    {
        await using var writer = new StreamWriter(file);
        for (int line = 0; writer.BaseStream.Position < megabytes * 1_000_000L; line++) await writer.WriteAsync($"\u001b[3{line % 8}m{line,8}\u001b[0m drwxr-xr-x 2 root root 4096 some file name of a usual length {line * 7}.txt\n");
    }
}
