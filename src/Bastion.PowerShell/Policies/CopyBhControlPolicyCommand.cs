using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>Makes a control policy with the priority, the scope and all rules of another, under a new name.</summary>
[Cmdlet(VerbsCommon.Copy, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(ControlPolicy))]
public sealed class CopyBhControlPolicyCommand : EngineCommand
{
    /// <summary>The policy to copy, by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<PolicyNames>]
    public PolicyReference Policy { get; set; } = default!;

    /// <summary>Unique name of the copy.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = "";

    /// <summary>Make it, but let it not count yet. Without this it counts if the other does.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        ControlPolicy policy = Engine.Policies.Resolve(Policy);
        if (!await ConfirmAsync(policy.Name, $"Copy control policy to '{NewName}'")) return;
        Emit(Engine.PolicyCopies.Copy(Caller, new PolicyReference(policy), NewName, Disabled ? false : null));
    }
}
