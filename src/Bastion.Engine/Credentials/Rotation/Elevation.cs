using System.Text;
using Bastion.Credentials.Secrets;
using Bastion.Policies.Commands;

namespace Bastion.Credentials.Rotation;

/// <summary>How a privileged account runs something as root or as another user: it is root, or it has sudo with or without its password.</summary>
internal sealed record Elevation(bool IsRoot, byte[]? SudoPassword)
{
    /// <summary>Finds out.</summary>
    /// <returns><see langword="null"/>: it can't.</returns>
    internal static async Task<Elevation?> FindAsync(AssetShell shell, KeptCredential credential, CancellationToken stop)
    {
        ShellAnswer answer = await shell.RunAsync("", "id -u; sudo -k -n true >/dev/null 2>&1 && echo free; command -v sudo >/dev/null && echo sudo; true", [], stop);
        string[] lines = Encoding.UTF8.GetString(answer.Output).Split('\n', StringSplitOptions.TrimEntries);
        if (lines.Contains("0", StringComparer.Ordinal)) return new Elevation(IsRoot: true, null);
        if (lines.Contains("free", StringComparer.Ordinal)) return new Elevation(IsRoot: false, null);
        return lines.Contains("sudo", StringComparer.Ordinal) && credential.Password is { } password ? new Elevation(IsRoot: false, Encoding.UTF8.GetBytes(password)) : null;
    }

    /// <summary>Runs a script as a user, with that user's home.</summary>
    internal Task<ShellAnswer> RunAsync(AssetShell shell, string user, string script, byte[] input, CancellationToken stop)
    {
        string login = KnownShell.Quote(user);
        if (IsRoot && user == "root") return shell.RunAsync("", script, input, stop);
        // su and sudo start a shell that starts ours: the script stays one quoted word.
        if (IsRoot) return shell.RunAsync("", $"exec su -s /bin/sh {login} -c {KnownShell.Quote(script)}", input, stop);
        return SudoPassword is null ? shell.RunAsync($"sudo -n -H -u {login} -- ", script, input, stop)
            // -k: the password is asked for whether or not it was just given, so that it never reaches the script.
            : shell.RunAsync($"sudo -k -S -p '' -H -u {login} -- ", script, [.. AssetShell.Lines(SudoPassword), .. input], stop);
    }
}
