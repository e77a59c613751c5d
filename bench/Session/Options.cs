using System.Globalization;

namespace Bastion.Bench.Session;

/// <summary>What is measured, and against what.</summary>
internal sealed record Options
{
    internal const string Usage = """
        bench-session [options]      compares plain ssh, ssh again (the noise) and our client, each under a pseudo terminal, in turns
          --keys N         keystrokes for each client (800; 0: leave out)
          --starts N       starts of each client (0)
          --bulk MB        megabytes of output (100; 0: leave out)
          --rounds N       rounds of bulk and Ctrl-C for each client (5)
          --ctrlc yes|no   Ctrl-C into endless output on a terminal that takes --speed MB/s (10)
          --delay MS       milliseconds added each way by a relay on loopback (0)
          --ours COMMAND   command line of our client, run by /bin/sh; it finds the host in BENCH_HOST, BENCH_PORT, BENCH_USER,
                           BENCH_KEY (private key file) and BENCH_HOSTKEY (public key blob, base64). Default: this program itself.
        """;

    internal int Keys { get; init; } = 800;
    internal int Starts { get; init; }
    internal int BulkMegabytes { get; init; } = 100;
    internal int Rounds { get; init; } = 5;
    internal bool CtrlC { get; init; } = true;
    internal int Speed { get; init; } = 10_000_000;
    internal TimeSpan Delay { get; init; }
    internal string? Ours { get; init; }

    internal static Options Parse(string[] args)
    {
        var options = new Options();
        if (args.Length % 2 != 0) throw new FormatException("Every option takes a value.");
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = args[i + 1];
            options = args[i] switch
            {
                "--keys" => options with { Keys = Number(value) },
                "--starts" => options with { Starts = Number(value) },
                "--bulk" => options with { BulkMegabytes = Number(value) },
                "--rounds" => options with { Rounds = Number(value) },
                "--ctrlc" => options with { CtrlC = value == "yes" },
                "--speed" => options with { Speed = Number(value) * 1_000_000 },
                "--delay" => options with { Delay = TimeSpan.FromMilliseconds(Number(value)) },
                "--ours" => options with { Ours = value },
                _ => throw new FormatException($"Unknown option {args[i]}."),
            };
        }

        return options;
    }

    private static int Number(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"'{value}' is no number.");
}
