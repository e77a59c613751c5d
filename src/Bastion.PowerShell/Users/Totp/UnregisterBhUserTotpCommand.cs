using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Totp;

/// <summary>Takes users' code generators away; signing in then takes no code.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "BhUserTotp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(User))]
public sealed class UnregisterBhUserTotpCommand : UserChangeCommand
{
    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ChangeEachAsync("Take the code generator away", user => Engine.Totp.Remove(Caller, user));
}
