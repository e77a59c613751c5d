using System.Security.Cryptography;
using System.Text;

namespace Bastion.Credentials.Rotation;

/// <summary>Changes a Linux password: root and privileged accounts by chpasswd, others by passwd.</summary>
internal sealed class LinuxPasswordChanger : ISecretChanger
{
    private const string ByItself = """
        if [ "$(id -u)" = 0 ]; then IFS= read -r old; IFS= read -r new; printf '%s:%s\n' "$(id -un)" "$new" | chpasswd; else exec passwd; fi
        """;

    /// <inheritdoc/>
    public async Task ChangeAsync(SecretChangeJob job, SecretChange change, CancellationToken stop)
    {
        using LinuxActor actor = await LinuxActor.SignInAsync(job, job.Current, stop);
        byte[] old = job.OldPassword;
        byte[] input = actor.IsPrivileged ? [.. Encoding.UTF8.GetBytes(job.Target.Account.Name), (byte)':', .. job.NewSecret, (byte)'\n'] : AssetShell.Lines(old, job.NewSecret, job.NewSecret);
        try
        {
            ShellAnswer answer = actor.IsPrivileged ? await actor.AsRootAsync("exec chpasswd", input, stop) : await actor.AsAccountAsync(job, ByItself, input, stop);
            if (answer.ExitCode != 0) throw new SecretChangeRefusedException(job.Account, answer.Said(old, job.NewSecret));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(old);
            CryptographicOperations.ZeroMemory(input);
        }
    }
}
