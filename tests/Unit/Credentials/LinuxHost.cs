using System.Diagnostics;

namespace Bastion.Unit.Credentials;

/// <summary>
/// A real sshd with users of its own whose passwords can be changed. It runs in a mount namespace over a copy of /etc, so that nothing of the machine
/// is touched; that needs root. Users: app, boss (sudo with his password), free (sudo without), root; all with <see cref="Password"/>.
/// </summary>
internal sealed class LinuxHost : IAsyncDisposable
{
    internal const string Password = "Old-secret-7-of-app";
    private readonly string _folder;
    private Process? _process;

    private LinuxHost(string folder) => _folder = folder;

    internal int Port { get; } = Programs.FreePort();

    internal string AuthorizedKeys => Path.Combine(_folder, "home", "app", ".ssh", "authorized_keys");

    /// <summary>A private key that app may log on with once its line is in the file.</summary>
    internal byte[] ClientKey => File.ReadAllBytes(Path.Combine(_folder, "client"));

    internal string ClientLine => File.ReadAllText(Path.Combine(_folder, "client.pub")).Trim();

    internal string Shadow => File.ReadAllText(Path.Combine(_folder, "etc", "shadow"));

    internal static async Task<LinuxHost> StartAsync(string more = "true")
    {
        var host = new LinuxHost(Directory.CreateTempSubdirectory("bastion-linux-").FullName);
        try
        {
            await host.LaunchAsync(more);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
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

    private async Task LaunchAsync(string more)
    {
        string script = $$"""
            set -e; F='{{_folder}}'; chmod 755 "$F"; cp -a /etc "$F/etc"; mount --bind "$F/etc" /etc
            uid=61300
            for u in app boss free; do
                uid=$((uid + 1)); mkdir -p "$F/home/$u"; useradd -u $uid -M -d "$F/home/$u" -s /bin/sh "$u"; chown "$u" "$F/home/$u"
            done
            for u in app boss free root; do echo "$u:{{Password}}"; done | chpasswd
            printf 'boss ALL=(ALL) ALL\nfree ALL=(ALL) NOPASSWD: ALL\n' >/etc/sudoers.d/bastion-test; chmod 440 /etc/sudoers.d/bastion-test
            ssh-keygen -q -t ed25519 -N '' -f "$F/host"; ssh-keygen -q -t ed25519 -N '' -C app-key -f "$F/client"
            install -d -o app -g app -m 700 "$F/home/app/.ssh"; install -o app -g app -m 640 "$F/client.pub" "$F/home/app/.ssh/authorized_keys"
            mkdir -p /run/sshd
            {{more}}
            cat >"$F/config" <<END
            Port {{Port}}
            ListenAddress 127.0.0.1
            HostKey $F/host
            PidFile none
            StrictModes yes
            PermitRootLogin yes
            UsePAM no
            PasswordAuthentication yes
            KbdInteractiveAuthentication no
            PrintLastLog no
            PrintMotd no
            MaxStartups 100
            LogLevel VERBOSE
            TrustedUserCAKeys $F/ca
            END
            : >"$F/ca"
            { /usr/sbin/sshd -D -f "$F/config" -E "$F/log" & read -r _; kill $!; }
            """;
        var start = new ProcessStartInfo("unshare") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (string argument in new[] { "--mount", "/bin/sh", "-c", script }) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        for (int i = 0; i < 800; i++)
        {
            if (Log.Contains("Server listening", StringComparison.Ordinal)) return;
            if (_process.HasExited) break;
            await Task.Delay(25);
        }

        throw new InvalidOperationException($"The host did not start: {Log}");
    }

    internal string Log => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "";

    /// <summary>The authorities whose certificates the host believes.</summary>
    internal void TrustAuthority(string publicKey) => File.WriteAllText(Path.Combine(_folder, "ca"), publicKey + "\n");
}
