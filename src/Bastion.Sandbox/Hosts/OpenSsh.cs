using System.Diagnostics;

namespace Bastion.Sandbox.Hosts;

/// <summary>The OpenSSH of this machine.</summary>
/// <param name="Sshd">Full path: <c>sshd</c> insists on it.</param>
/// <param name="Keygen">Full path.</param>
public sealed record OpenSsh(string Sshd, string Keygen)
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin", "/opt/homebrew/bin", "/sbin", "/bin"];

    /// <summary>Finds <c>sshd</c> and <c>ssh-keygen</c>; null when one is missing.</summary>
    public static OpenSsh? Find() =>
        FindProgram("sshd") is { } sshd && FindProgram("ssh-keygen") is { } keygen ? new OpenSsh(sshd, keygen) : null;

    /// <summary>Finds OpenSSH, and installs it where that needs no question: on Debian and Ubuntu as root.</summary>
    /// <exception cref="HostException">It is not there; says what to install.</exception>
    public static async Task<OpenSsh> EnsureInstalledAsync(CancellationToken stop = default)
    {
        if (OperatingSystem.IsWindows())
            throw new HostException("The rehearsal's hosts need OpenSSH on Linux or macOS. In WSL they run as they are.");
        if (Find() is { } found) return Prepared(found);
        if (!File.Exists("/etc/debian_version") || !Environment.IsPrivilegedProcess)
            throw new HostException(HowToInstall());
        (int code, string errors) = await RunAsync("apt-get", ["install", "-y", "-q", "openssh-server"], stop);
        if (code != 0)
        {
            await RunAsync("apt-get", ["update", "-q"], stop);      // An image without package lists is common
            (code, errors) = await RunAsync("apt-get", ["install", "-y", "-q", "openssh-server"], stop);
        }
        return Find() is { } installed
            ? Prepared(installed)
            : throw new HostException($"apt-get could not install openssh-server (exit code {code}): {errors.Trim()}");
    }

    /// <summary>Makes an ed25519 key pair without passphrase; replaces an older one.</summary>
    internal async Task MakeKeyAsync(string path, string comment, CancellationToken stop)
    {
        File.Delete(path);
        File.Delete(path + ".pub");
        (int code, string errors) = await RunAsync(Keygen, ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path], stop);
        if (code != 0) throw new HostException($"ssh-keygen failed: {errors.Trim()}");
    }

    internal static string? FindProgram(string name) =>
        Folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    internal static async Task<(int Code, string Errors)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using Process process = Process.Start(start) ?? throw new HostException($"{program} could not be started.");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
        string errors = await process.StandardError.ReadToEndAsync(stop);
        await output;
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, errors);
    }

    // sshd as root refuses to start without its empty folder, which the service manager makes at boot only
    private static OpenSsh Prepared(OpenSsh found)
    {
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()) Directory.CreateDirectory("/run/sshd");
        return found;
    }

    private static string HowToInstall() => "sshd was not found. Install it: " + (
        File.Exists("/etc/debian_version") ? "sudo apt-get install -y openssh-server"
        : File.Exists("/etc/alpine-release") ? "apk add openssh-server openssh-keygen bash"
        : File.Exists("/etc/fedora-release") || File.Exists("/etc/redhat-release") ? "sudo dnf install -y openssh-server"
        : "the OpenSSH server of your system") + ".";
}
