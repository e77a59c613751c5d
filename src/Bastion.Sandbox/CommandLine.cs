using System.Globalization;

namespace Bastion.Sandbox;

/// <summary>The command line was not understood.</summary>
internal sealed class UsageException(string message) : Exception($"{message} --help shows what there is.");

/// <summary>What <c>bastion-sandbox</c> was asked to do.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        bastion-sandbox: a rehearsal cloud on this machine

          --world FILE     the organisation to serve, YAML or JSON (default: Acme, which comes along)
          --accounts N     instead of a file: N generated member accounts
          --assets M       with --accounts: M assets in each (default 100)
          --port P         TCP port on 127.0.0.1 (default: any free one)
          --latency-ms N   delay before every answer
          --hosts          start a real sshd for each running Linux instance that has 'host: true'
          --env-file F     write shell lines that set endpoint and key
          --ready-file F   write JSON with endpoint, keys and hosts as soon as everything runs
          --help           this text

        It ends on Ctrl-C.
        """;

    public string? World { get; private init; }
    public int? Accounts { get; private init; }
    public int Assets { get; private init; } = 100;
    public int Port { get; private init; }
    public int? LatencyMs { get; private init; }
    public bool Hosts { get; private init; }
    public string? EnvFile { get; private init; }
    public string? ReadyFile { get; private init; }
    public bool Help { get; private init; }

    public static CommandLine Parse(string[] args)
    {
        var asked = new CommandLine();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out string? option))
        {
            string Value() => rest.TryDequeue(out string? value) ? value : throw new UsageException($"{option} needs a value.");
            int Number(int to) => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= to
                ? number
                : throw new UsageException($"{option} needs a number from 0 to {to}.");
            asked = option switch
            {
                "--world" => asked with { World = Value() },
                "--accounts" => asked with { Accounts = Number(100_000) },
                "--assets" => asked with { Assets = Number(100_000) },
                "--port" => asked with { Port = Number(65_535) },
                "--latency-ms" => asked with { LatencyMs = Number(600_000) },
                "--hosts" => asked with { Hosts = true },
                "--env-file" => asked with { EnvFile = Value() },
                "--ready-file" => asked with { ReadyFile = Value() },
                "--help" or "-h" => asked with { Help = true },
                _ => throw new UsageException($"'{option}' is no option."),
            };
        }
        if (asked is { World: not null, Accounts: not null }) throw new UsageException("--world and --accounts exclude each other.");
        return asked;
    }
}
