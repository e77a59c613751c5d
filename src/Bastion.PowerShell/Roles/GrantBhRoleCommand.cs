using System.Management.Automation;
using Bastion.Roles;

namespace Bastion.PowerShell.Roles;

/// <summary>Gives roles to users or groups of users, for everything or for projects.</summary>
[Cmdlet(VerbsSecurity.Grant, "BhRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RoleHolding))]
public sealed class GrantBhRoleCommand : RoleCommand
{
    /// <summary>Emit the roles.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachRoleAsync(async (to, role, project) =>
    {
        if (!await ConfirmAsync(to.ToString(), $"Give the role {role} for {For(project)}")) return;
        RoleHolding given = Engine.Roles.Add(Caller, to, role, project);
        if (PassThru) Emit(given);
    });
}
