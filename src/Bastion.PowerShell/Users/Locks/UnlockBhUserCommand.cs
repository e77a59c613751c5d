using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Locks;

/// <summary>Unlocks users, whether an administrator or failed sign-ins locked them.</summary>
[Cmdlet(VerbsCommon.Unlock, "BhUser", SupportsShouldProcess = true)]
[OutputType(typeof(User))]
public sealed class UnlockBhUserCommand : UserChangeCommand
{
    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ChangeEachAsync("Unlock user", user => Engine.UserLocks.Unlock(Caller, user));
}
