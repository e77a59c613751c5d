using System.Security.Cryptography;

namespace Bastion.Sandbox.Hosts;

/// <summary>What a host needs on disk: its keys, its configuration, and a home of its own.</summary>
internal sealed class HostFolder(string run, string instanceId, string name, bool isolated)
{
    // Becomes part of paths and of the keeper's orders
    private readonly string _id = instanceId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
        ? instanceId
        : throw new HostException($"'{instanceId}' can't be the name of a host's folder.");

    public string Id => _id;
    public string Log => Path.Combine(Root, "log");
    private string Root => Path.Combine(run, _id);
    private string HostKey => Path.Combine(Root, "host_ed25519");
    private string Home => Path.Combine(Root, "home");

    /// <summary>The instance's name as a host name: letters, digits, hyphens.</summary>
    private string HostName
    {
        get
        {
            string safe = new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(63)]);
            return safe.Trim('-').Length == 0 ? _id : safe.Trim('-');
        }
    }

    public async Task PrepareAsync(OpenSsh ssh, CancellationToken stop)
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Root, "name"), HostName, stop);
        await File.WriteAllTextAsync(Path.Combine(Home, ".bashrc"), StartUp(), stop);
        await File.WriteAllTextAsync(Path.Combine(Home, ".bash_profile"), ". ~/.bashrc\n", stop);
        await File.WriteAllTextAsync(Path.Combine(Home, ".hushlogin"), "", stop);
        if (!File.Exists(HostKey)) await MakeHostKeyAsync(ssh, stop);
    }

    public Task MakeHostKeyAsync(OpenSsh ssh, CancellationToken stop) => ssh.MakeKeyAsync(HostKey, HostName, stop);

    public async Task WriteConfigurationAsync(int port, string user, CancellationToken stop)
    {
        string home = isolated ? "" : $" HOME={Home}";              // Isolated hosts have it mounted over the user's own
        string text = $"""
            ListenAddress 127.0.0.1
            Port {port}
            HostKey {HostKey}
            PidFile none
            AuthorizedKeysFile {Path.Combine(run, "client.pub")}
            AllowUsers {user}
            PermitRootLogin yes
            PubkeyAuthentication yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no
            UseDNS no
            PrintMotd no
            PrintLastLog no
            AllowTcpForwarding yes
            AllowAgentForwarding yes
            MaxStartups 200
            MaxSessions 200
            AcceptEnv LANG LC_*
            SetEnv BASTION_SANDBOX_HOST={Root}/{home}
            Subsystem sftp internal-sftp

            """;
        await File.WriteAllTextAsync(Path.Combine(Root, "sshd_config"), text, stop);
    }

    public async Task<string> FingerprintAsync(CancellationToken stop)
    {
        string line = await File.ReadAllTextAsync(HostKey + ".pub", stop);
        byte[] hash = SHA256.HashData(Convert.FromBase64String(line.Split(' ')[1]));
        return "SHA256:" + Convert.ToBase64String(hash).TrimEnd('=');
    }

    private string StartUp() => $"""
        # A host of Bastion's rehearsal cloud
        {(isolated ? "" : "[ \"$SHLVL\" -le 1 ] && cd \"$HOME\"")}
        case $- in *i*) PS1='\u@{HostName}:\w\$ ' ;; esac

        """;
}
