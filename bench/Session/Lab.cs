using Bastion.Unit.Sessions;

namespace Bastion.Bench.Session;

/// <summary>The host, the clients that are compared, and how they are started.</summary>
internal sealed class Lab
{
    internal const string Prompt = "here> ";
    private readonly Dictionary<string, string> _variables;
    private readonly string _ssh;
    private readonly string _ours;

    internal Lab(SshServer server, string folder, int port, Options options)
    {
        Options = options;
        Folder = folder;
        string key = Path.Combine(folder, "key");
        File.WriteAllBytes(key, server.ClientKey);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string hostKey = Convert.ToBase64String(server.HostKey);
        File.WriteAllText(Path.Combine(folder, "known"), $"[127.0.0.1]:{port} ssh-ed25519 {hostKey}\n");
        _ssh = $"ssh -F /dev/null -p {port} -i {key} -o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes {Environment.UserName}@127.0.0.1";
        _ours = options.Ours ?? $"'{Environment.ProcessPath}' client";
        _variables = new Dictionary<string, string>
        {
            ["BENCH_HOST"] = "127.0.0.1",
            ["BENCH_PORT"] = port.ToString(),
            ["BENCH_USER"] = Environment.UserName,
            ["BENCH_KEY"] = key,
            ["BENCH_HOSTKEY"] = hostKey,
        };
    }

    internal static IReadOnlyList<string> Clients { get; } = ["ssh", "ssh again", "ours"];

    internal Options Options { get; }

    /// <summary>For files that the host's commands read.</summary>
    internal string Folder { get; }

    /// <summary>Starts a client and waits for the host's prompt.</summary>
    internal PtyProcess Start(string client)
    {
        PtyProcess process = PtyProcess.Start(client == "ours" ? _ours : _ssh, _variables);
        process.TakeUntil(Prompt);
        return process;
    }
}
