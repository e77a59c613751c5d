using System.Management.Automation;

namespace Bastion.PowerShell.Roles;

/// <summary>Takes roles from users or groups of users. It holds at once; sessions that rest on them end within a second.</summary>
[Cmdlet(VerbsSecurity.Revoke, "BhRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RevokeBhRoleCommand : RoleCommand
{
    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachRoleAsync(async (from, role, project) =>
    {
        if (await ConfirmAsync(from.ToString(), $"Take the role {role} for {For(project)}")) Engine.Roles.Remove(Caller, from, role, project);
    });
}
