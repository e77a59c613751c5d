using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>Lets control policies no longer count, without removing them. What they restricted is left to other policies.</summary>
[Cmdlet(VerbsLifecycle.Disable, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(ControlPolicy))]
public sealed class DisableBhControlPolicyCommand : EngineCommand
{
    /// <summary>Policies by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<PolicyNames>]
    public PolicyReference[] Policy { get; set; } = [];

    /// <summary>Emit the changed policies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Policy, async reference =>
    {
        ControlPolicy policy = Engine.Policies.Resolve(reference);
        if (!await ConfirmAsync(policy.Name, "Disable control policy")) return;
        ControlPolicy changed = Engine.Policies.Change(Caller, new PolicyReference(policy), new ControlPolicyChange { Enabled = false });
        if (PassThru) Emit(changed);
    });
}
