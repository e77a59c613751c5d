using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Bastion.Sandbox;

/// <summary>A rehearsal from the command line: starts, tells how to connect, and waits for the end.</summary>
internal static class Rehearsal
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static async Task RunAsync(CommandLine asked)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;                                   // We end by ourselves, so that the hosts end too
            end.TrySetResult();
        }
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);

        World world = asked.Accounts is { } accounts ? World.Generate(accounts, asked.Assets)
            : asked.World is { } file ? World.Load(file)
            : World.Acme();
        var options = new RehearsalOptions { Port = asked.Port, LatencyMs = asked.LatencyMs, StartHosts = asked.Hosts };
        await using RehearsalCloud cloud = await RehearsalCloud.StartAsync(world, options);
        if (asked.EnvFile is not null) WritePrivate(asked.EnvFile, Environment(cloud));
        Tell(cloud, asked);
        if (asked.ReadyFile is not null) WritePrivate(asked.ReadyFile, JsonSerializer.Serialize(Ready(cloud, asked), Readable));
        await end.Task;
    }

    private static void Tell(RehearsalCloud cloud, CommandLine asked)
    {
        string endpoint = cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        SandboxCredentials key = cloud.ManagementCredentials;
        Console.WriteLine($"The rehearsal cloud answers at {endpoint}.");
        Console.WriteLine();
        foreach (Account account in cloud.World.Accounts.Take(20))
            Console.WriteLine($"  {account.Id}  {account.DisplayName}{Remark(account)}");
        if (cloud.World.Accounts.Count > 20) Console.WriteLine($"  … {cloud.World.Accounts.Count} accounts in all");
        Console.WriteLine($"""

            In a shell (an invented key, good for this run only):
              export ALIBABA_CLOUD_ACCESS_KEY_ID={key.AccessKeyId}
              export ALIBABA_CLOUD_ACCESS_KEY_SECRET={key.AccessKeySecret}
            In PowerShell:
              $env:ALIBABA_CLOUD_ACCESS_KEY_ID = '{key.AccessKeyId}'
              $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = '{key.AccessKeySecret}'
            Then:
              Connect-BhCloud -Endpoint {endpoint}

            Faults and changes: POST {endpoint}/_sandbox/… with the header x-sandbox-key: {cloud.ControlKey}
            """);
        if (asked.Hosts)
        {
            Console.WriteLine();
            foreach (Hosts.HostInfo host in cloud.Hosts.All)
                Console.WriteLine($"  {host.Name,-14} {host.AccountId}  ssh -i {host.PrivateKeyPath} -p {host.Port} {host.User}@127.0.0.1");
        }
        Console.WriteLine();
        Console.WriteLine("Ctrl-C ends it.");
    }

    private static string Remark(Account account) => account switch
    {
        { Kind: AccountKind.Management } => "  (management account)",
        { Kind: AccountKind.Outside } => "  (outside the directory)",
        { DelegatedAdministrator: true } => "  (delegated administrator)",
        { Usable: false } => $"  ({account.Status})",
        { Roles.Count: 0 } => "  (no role to assume)",
        _ => "",
    };

    private static string Environment(RehearsalCloud cloud) => $"""
        export ALIBABA_CLOUD_ACCESS_KEY_ID={cloud.ManagementCredentials.AccessKeyId}
        export ALIBABA_CLOUD_ACCESS_KEY_SECRET={cloud.ManagementCredentials.AccessKeySecret}
        export BASTION_SANDBOX_ENDPOINT={cloud.Endpoint.GetLeftPart(UriPartial.Authority)}

        """;

    private static object Ready(RehearsalCloud cloud, CommandLine asked) => new
    {
        Endpoint = cloud.Endpoint.GetLeftPart(UriPartial.Authority),
        System.Environment.ProcessId,
        cloud.ControlKey,
        Management = Key(cloud.ManagementCredentials),
        Root = Key(cloud.RootCredentials),
        Delegated = cloud.World.Members.Any(m => m.DelegatedAdministrator) ? Key(cloud.DelegatedCredentials) : null,
        Accounts = cloud.World.Accounts.Select(a => new { a.Id, a.DisplayName, Kind = a.Kind.ToString(), a.Status }),
        Hosts = asked.Hosts ? cloud.Hosts.All : [],
    };

    private static object Key(SandboxCredentials key) => new { key.AccessKeyId, key.AccessKeySecret };

    // Written beside and moved, so that who waits for the file never reads half of it; only the owner may read
    private static void WritePrivate(string path, string text)
    {
        string full = Path.GetFullPath(path), part = full + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(part, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options)) writer.Write(text);
        File.Move(part, full, overwrite: true);
    }
}
