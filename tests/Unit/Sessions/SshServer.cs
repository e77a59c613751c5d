using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bastion.Sandbox.Hosts;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions;

/// <summary>
/// A real sshd of its own on loopback: own configuration, host key and folder, log-on by key as the current user.
/// With passwords it runs in a mount namespace whose /etc/passwd, /etc/shadow and /etc/pam.d/sshd are copies that know one more user; that needs root.
/// </summary>
public sealed class SshServer : IAsyncDisposable
{
    /// <summary>The user that has a password, and the password.</summary>
    public const string PasswordUser = "bastion-test";
    public const string Password = "correct horse 42";
    // openssl passwd -6 of the password above
    private const string PasswordHash = "$6$bastiontest$pgTPEH1hsxY8Yln1s/PmGzxHCoiSFcgWPPaYKiT0Ufu.8nwv4dmXRN73/7/2aiJlSwGvYX.f4qYvLqT6RnoxO/";

    private readonly string _folder;
    private readonly OpenSsh _ssh;
    private Process? _process;

    private SshServer(string folder, OpenSsh ssh) => (_folder, _ssh) = (folder, ssh);

    private string LogOnShell { get; init; } = "/bin/sh";

    private bool HasBash { get; init; } = true;

    public int Port { get; private set; }

    public byte[] ClientKey => File.ReadAllBytes(Path.Combine(_folder, "client"));

    /// <summary>The host's public key blob.</summary>
    public byte[] HostKey => Convert.FromBase64String(File.ReadAllText(Path.Combine(_folder, "host.pub")).Split(' ')[1]);

    public string Log => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "";

    /// <summary>Lets a public key in, as the current user.</summary>
    public void Authorize(string line) => File.AppendAllText(Path.Combine(_folder, "authorized_keys"), line + "\n");

    /// <summary>A folder for the test's files.</summary>
    public string Home => Path.Combine(_folder, "home");

    /// <summary>Starts one.</summary>
    /// <param name="settings">Lines for its configuration; the first value of a keyword counts.</param>
    /// <param name="passwords">Log-on by password: <c>password</c> or <c>pam</c> (keyboard-interactive).</param>
    /// <param name="hostKeyType">For ssh-keygen.</param>
    /// <param name="logOnShell">Shell of the user with the password.</param>
    /// <param name="hasBash">Whether the host has bash; only with passwords.</param>
    public static async Task<SshServer> StartAsync(string settings = "", string? passwords = null, string hostKeyType = "ed25519", string logOnShell = "/bin/sh", bool hasBash = true)
    {
        OpenSsh ssh = await OpenSsh.EnsureInstalledAsync();
        var server = new SshServer(Directory.CreateTempSubdirectory("bastion-sshd-").FullName, ssh) { LogOnShell = logOnShell, HasBash = hasBash };
        try
        {
            await server.PrepareAsync(settings, passwords, hostKeyType);
            for (int attempt = 0; !await server.LaunchAsync(passwords); attempt++)
            {
                if (attempt == 4) throw new InvalidOperationException($"sshd did not start: {server.Log}");
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where to log on with the right key, as the current user.</summary>
    public SshTarget Target(SshCredential? credential = null, string? login = null, int? port = null, TimeSpan? timeout = null) =>
        new("web-1", "127.0.0.1", port ?? Port, login ?? Environment.UserName, credential ?? new SshCredential(ClientKey, null, null), timeout ?? TimeSpan.FromSeconds(20));

    public Task<SshConnection> ConnectAsync(SshCredential? credential = null, string? login = null, int? port = null) =>
        new SshConnector().ConnectAsync(Target(credential, login, port), new TrustKey(HostKey), CancellationToken.None);

    /// <summary>Process ids of the sshd processes that serve one connection each.</summary>
    public IReadOnlyList<int> Connections() => [.. Descendants(_process!.Id).Skip(1).Where(p => Name(p) is "sshd" or "sshd-session")];

    /// <summary>Ends every connection as a crash would.</summary>
    public void KillConnections()
    {
        foreach (int id in Connections()) Signal(id, "KILL");
    }

    public static void Signal(int process, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync(string settings, string? passwords, string hostKeyType)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("These tests need sshd on Linux.");
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_001_001);
        Directory.CreateDirectory(Home);
        await RunAsync(_ssh.Keygen, "-q", "-t", hostKeyType, "-N", "", "-f", Path.Combine(_folder, "host"));
        await RunAsync(_ssh.Keygen, "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_folder, "client"));
        File.Copy(Path.Combine(_folder, "client.pub"), Path.Combine(_folder, "authorized_keys"));
        await File.WriteAllTextAsync(Path.Combine(Home, ".bash_profile"), "PS1='here> '\nunset HISTFILE\nbind 'set enable-bracketed-paste off'\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "settings"), $"""
            {settings}
            ListenAddress 127.0.0.1
            HostKey {_folder}/host
            PidFile {_folder}/pid
            AuthorizedKeysFile {_folder}/authorized_keys
            StrictModes no
            PermitRootLogin yes
            UsePAM {(passwords == "pam" ? "yes" : "no")}
            PasswordAuthentication {(passwords == "password" ? "yes" : "no")}
            KbdInteractiveAuthentication {(passwords == "pam" ? "yes" : "no")}
            PrintLastLog no
            PrintMotd no
            AcceptEnv LANG LC_*
            SetEnv HOME={Home}
            LogLevel VERBOSE
            """);
        if (passwords is not null) await AddUserAsync();
    }

    private async Task AddUserAsync()
    {
        if (!Environment.IsPrivilegedProcess) throw new InvalidOperationException("Tests that log on with a password need root on Linux: they give sshd a user of its own in a mount namespace.");
        await File.WriteAllTextAsync(Path.Combine(_folder, "passwd"), await File.ReadAllTextAsync("/etc/passwd") + $"{PasswordUser}:x:61234:61234::{Home}:{LogOnShell}\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "shadow"), await File.ReadAllTextAsync("/etc/shadow") + $"{PasswordUser}:{PasswordHash}:20000:0:99999:7:::\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "pam"), "auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n");
    }

    private async Task<bool> LaunchAsync(string? passwords)
    {
        Port = Programs.FreePort();
        await File.WriteAllTextAsync(Path.Combine(_folder, "log"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "config"), $"Port {Port}\n" + await File.ReadAllTextAsync(Path.Combine(_folder, "settings")));
        string mounts = passwords is null ? "" : $"mount --bind {_folder}/passwd /etc/passwd && mount --bind {_folder}/shadow /etc/shadow && mount --bind {_folder}/pam /etc/pam.d/sshd && ";
        // Nobody may run it, so it is not there.
        if (!HasBash) mounts += $"touch {_folder}/none && chmod 644 {_folder}/none && mount --bind {_folder}/none /usr/bin/bash && ";
        // The shell ends sshd when its input closes: however the tests end, no sshd is left.
        string script = $"{mounts}{{ {_ssh.Sshd} -D -f {_folder}/config -E {_folder}/log & read -r _; kill $!; }}";
        var start = new ProcessStartInfo(passwords is null ? "/bin/sh" : "unshare") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (string argument in passwords is null ? (string[])["-c", script] : ["--mount", "/bin/sh", "-c", script]) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        for (int i = 0; i < 400; i++)
        {
            if (Log.Contains("Server listening", StringComparison.Ordinal)) return true;
            if (Log.Contains("Cannot bind", StringComparison.Ordinal) || Log.Contains("fatal", StringComparison.Ordinal) || Log.Contains("Bad configuration", StringComparison.Ordinal)) break;
            await Task.Delay(25);
        }

        _process.Kill(entireProcessTree: true);
        return false;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private static IEnumerable<int> Descendants(int parent)
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out int id) || ParentOf(id) != parent) continue;
            yield return id;
            foreach (int grandchild in Descendants(id)) yield return grandchild;
        }
    }

    private static string? Name(int process) => StatusOf(process, "Name:");

    private static int? ParentOf(int process) => StatusOf(process, "PPid:") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? StatusOf(int process, string field)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal))?[field.Length..].Trim();
        }
        catch (IOException)
        {
            return null;        // It ended in the same moment
        }
    }
}

/// <summary>Trusts one key; notes what it was asked.</summary>
public sealed class TrustKey(byte[] trusted, params string[] knownTypes) : IHostKeyVerifier
{
    public List<(string Type, byte[] Key)> Asked { get; } = [];

    public IReadOnlyList<string> KnownKeyTypes => knownTypes;

    public void Verify(string keyType, ReadOnlyMemory<byte> key)
    {
        Asked.Add((keyType, key.ToArray()));
        if (!key.Span.SequenceEqual(trusted)) throw new KeyRefusedException(Encoding.ASCII.GetString(key.Span[4..15]));
    }
}

/// <summary>Stands for the error of the real verifier.</summary>
public sealed class KeyRefusedException(string type) : BastionException("HostKeyChanged", ErrorKind.Security, type, "The key has changed.");
