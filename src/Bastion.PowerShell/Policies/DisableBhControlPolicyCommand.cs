using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>Lets control policies no longer count, without removing them. What they restricted is left to other policies.</summary>
[Cmdlet(VerbsLifecycle.Disable, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(ControlPolicy))]
public sealed class DisableBhControlPolicyCommand : PolicySwitchCommand
{
    private protected override bool Enables => false;
}
