using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>Lets control policies count, for open sessions too.</summary>
[Cmdlet(VerbsLifecycle.Enable, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(ControlPolicy))]
public sealed class EnableBhControlPolicyCommand : PolicySwitchCommand
{
    private protected override bool Enables => true;
}
