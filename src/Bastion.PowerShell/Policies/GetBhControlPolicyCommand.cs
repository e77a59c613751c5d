using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>Lists control policies in the order in which they decide.</summary>
[Cmdlet(VerbsCommon.Get, "BhControlPolicy")]
[OutputType(typeof(ControlPolicy))]
public sealed class GetBhControlPolicyCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<PolicyNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) =>
        EmitNamedAsync(Name, name => Engine.Policies.Resolve(new PolicyReference(name)), pattern => Engine.Policies.List(new PolicyFilter { Names = [pattern] }));
}
