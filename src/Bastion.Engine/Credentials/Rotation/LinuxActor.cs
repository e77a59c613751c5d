using Bastion.Credentials.Secrets;
using Bastion.Credentials.SignIns;
using Bastion.Sessions.Ssh;

namespace Bastion.Credentials.Rotation;

/// <summary>Who changes something of an account on a Linux host: the account itself, or a privileged account for it.</summary>
internal sealed class LinuxActor : IDisposable
{
    private readonly AssetShell _shell;
    private readonly Elevation? _elevation;

    private LinuxActor(AssetShell shell, Elevation? elevation) => (_shell, _elevation) = (shell, elevation);

    /// <summary>Whether a privileged account acts.</summary>
    internal bool IsPrivileged => _elevation is not null;

    /// <summary>Signs in.</summary>
    /// <param name="job">The change.</param>
    /// <param name="own">With what the account itself signs in.</param>
    /// <param name="stop">Gives up.</param>
    internal static async Task<LinuxActor> SignInAsync(SecretChangeJob job, KeptCredential own, CancellationToken stop)
    {
        SshConnection connection = await SignIn.SshAsync(job.ViaTarget ?? job.Target, job.ViaCredential ?? own, stop);
        var shell = new AssetShell(connection, job.Target.Timeout);
        try
        {
            if (job.ViaTarget is null) return new LinuxActor(shell, null);
            Elevation elevation = await Elevation.FindAsync(shell, job.ViaCredential!, stop)
                ?? throw new SecretChangeRefusedException(job.Account, $"'{job.ViaTarget.Account}' is neither root nor allowed to use sudo.");
            return new LinuxActor(shell, elevation);
        }
        catch
        {
            shell.Dispose();
            throw;
        }
    }

    /// <summary>Runs a script as the account.</summary>
    internal Task<ShellAnswer> AsAccountAsync(SecretChangeJob job, string script, byte[] input, CancellationToken stop) =>
        _elevation is null ? _shell.RunAsync("", script, input, stop) : _elevation.RunAsync(_shell, job.Target.Account.Name, script, input, stop);

    /// <summary>Runs a script as root; only where a privileged account acts.</summary>
    internal Task<ShellAnswer> AsRootAsync(string script, byte[] input, CancellationToken stop) => _elevation!.RunAsync(_shell, "root", script, input, stop);

    public void Dispose() => _shell.Dispose();
}
