using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>A cmdlet that lets control policies count or no longer count.</summary>
public abstract class PolicySwitchCommand : EngineCommand
{
    /// <summary>Policies by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<PolicyNames>]
    public PolicyReference[] Policy { get; set; } = [];

    /// <summary>Emit the changed policies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether they count from then on.</summary>
    private protected abstract bool Enables { get; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Policy, async reference =>
    {
        ControlPolicy policy = Engine.Policies.Resolve(reference);
        if (!await ConfirmAsync(policy.Name, $"{(Enables ? "Enable" : "Disable")} control policy")) return;
        ControlPolicy changed = Engine.Policies.Change(Caller, new PolicyReference(policy), new ControlPolicyChange { Enabled = Enables });
        foreach (string warning in Enables ? Engine.Policies.Warnings(changed) : []) Warn(warning);
        if (PassThru) Emit(changed);
    });
}
