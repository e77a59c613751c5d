using System.Diagnostics;
using Bastion.Console.Host;
using Bastion.Sandbox;
using Bastion.Sandbox.Hosts;

namespace Bastion.Console.Quickstart;

/// <summary>The main job on real input, without a cloud account: a rehearsal cloud with real hosts, and examples/quickstart.ps1 against it.</summary>
internal static class QuickstartVerb
{
    /// <summary>The instance of the rehearsal's world that the script works on.</summary>
    private const string Asset = "web-1";

    private static string Script => Path.Combine(AppContext.BaseDirectory, "Examples", "quickstart.ps1");

    /// <summary>Runs it and gives the exit code.</summary>
    /// <param name="line">An argument, if there is one, is the folder for the store and the exports.</param>
    public static int Run(CommandLine line)
    {
        if (line.Arguments is { Count: > 1 }) return Fail("'bastion quickstart' takes one argument at most: a folder for the store and the exports.", Verbs.Usage);
        try
        {
            string folder = line.Arguments is [var named] ? Path.GetFullPath(named) : Directory.CreateTempSubdirectory("bastion-quickstart-").FullName;
            if (Directory.Exists(Path.Combine(folder, "store"))) return Fail($"There is a store in '{folder}' already. Name an empty or new folder.", Verbs.Usage);
            Directory.CreateDirectory(folder);
            return RunAsync(folder).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is HostException or WorldException or IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message, 1);
        }
    }

    private static async Task<int> RunAsync(string folder)
    {
        TextWriter screen = System.Console.Out;
        await screen.WriteLineAsync("Bastion quickstart: a rehearsal of Alibaba Cloud on this machine, with real sshd hosts.");
        if (OpenSsh.Find() is null) await screen.WriteLineAsync("sshd is missing; trying to install openssh-server ...");
        await OpenSsh.EnsureInstalledAsync();

        int code;
        IReadOnlyList<int> processes;
        await using (RehearsalCloud cloud = await RehearsalCloud.StartAsync(World.Acme(), new RehearsalOptions { StartHosts = true }))
        {
            HostInfo host = cloud.Hosts.All.First(h => h.Name == Asset);
            processes = [.. cloud.Hosts.All.Select(h => h.ProcessId)];
            Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_ID", cloud.ManagementCredentials.AccessKeyId);
            Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", cloud.ManagementCredentials.AccessKeySecret);
            await screen.WriteLineAsync($"The rehearsal cloud answers at {cloud.Endpoint}; {processes.Count} hosts run. Now examples/quickstart.ps1, an ordinary script:");
            code = Shell.Run(new CommandLine(Wish.File, Script,
            [
                "-Endpoint", cloud.Endpoint.GetLeftPart(UriPartial.Authority), "-Folder", folder, "-PrivateKeyPath", host.PrivateKeyPath, "-Account", host.User, "-Asset", Asset,
            ]) { NonInteractive = true });
        }

        if (code != 0) return Fail($"The script ended with {code}. What it left is in {folder}.", code);
        int[] left = [.. processes.Where(IsAlive)];
        if (left.Length > 0) return Fail($"Processes of the rehearsal are left running: {string.Join(", ", left)}.", 1);
        await screen.WriteLineAsync($$"""

            The rehearsal cloud and its {{processes.Count}} hosts have ended; nothing is left running.

            Go on at a prompt, with the store that was made:
              BASTION_STORE={{Path.Combine(folder, "store")}} dotnet run --project src/Bastion.Console
            for example with
              Get-BhSessionAudit | Format-Table
              Get-BhSessionAudit | Where-Object Channel -eq SshShell | Show-BhSessionReplay
            With a rehearsal cloud that stays until Ctrl-C, in another terminal:
              dotnet run --project src/Bastion.Sandbox -- --hosts
            """);
        return 0;
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int Fail(string message, int code)
    {
        System.Console.Error.WriteLine($"bastion: {message}");
        return code;
    }
}
