using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>Removes control policies. What they restricted is left to other policies.</summary>
[Cmdlet(VerbsCommon.Remove, "BhControlPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhControlPolicyCommand : EngineCommand
{
    /// <summary>Policies by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<PolicyNames>]
    public PolicyReference[] Policy { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Policy, async reference =>
    {
        ControlPolicy policy = Engine.Policies.Resolve(reference);
        if (await ConfirmAsync(policy.Name, "Remove control policy")) Engine.Policies.Remove(Caller, new PolicyReference(policy));
    });
}
