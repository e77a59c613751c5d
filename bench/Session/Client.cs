using System.Globalization;
using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;
using Bastion.Unit.Sessions;

namespace Bastion.Bench.Session;

/// <summary>Our client alone: connector, shell, terminal and a recorder, without store and policies.</summary>
internal static class Client
{
    internal static async Task<int> RunAsync()
    {
        var target = new SshTarget("bench", Get("HOST"), int.Parse(Get("PORT"), CultureInfo.InvariantCulture), Get("USER"),
            new SshCredential(await File.ReadAllBytesAsync(Get("KEY")), null, null), TimeSpan.FromSeconds(20));
        ITerminal terminal = SystemTerminal.Open();
        using (terminal as IDisposable)
        {
            using SshConnection connection = await new SshConnector().ConnectAsync(target, new TrustKey(Convert.FromBase64String(Get("HOSTKEY"))), CancellationToken.None);
            using var recorder = new RingRecorder();
            ShellResult result = await new InteractiveShell(connection).RunAsync(terminal, recorder, CancellationToken.None);
            return result.ExitCode ?? 255;
        }
    }

    private static string Get(string name) => Environment.GetEnvironmentVariable("BENCH_" + name) ?? throw new InvalidOperationException($"BENCH_{name} is not set.");
}
