using System.Management.Automation;
using Bastion.Policies.Code;

namespace Bastion.PowerShell.Policies;

/// <summary>Compares the control policies of the store with those of a file, or those of two files, field by field.</summary>
[Cmdlet(VerbsData.Compare, "BhControlPolicy")]
[OutputType(typeof(PolicyDifference))]
public sealed class CompareBhControlPolicyCommand : EngineCommand
{
    /// <summary>The file that is compared.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "FilePath")]
    public string Path { get; set; } = "";

    /// <summary>The file to compare it with; the store, if not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? ReferencePath { get; set; }

    /// <summary>Only policies of these names, with wildcards.</summary>
    [Parameter]
    [CompletesName<PolicyNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        NamePattern[] names = Patterns(Name);
        IReadOnlyList<PolicyDifference> differences = Engine.PolicyCode.Compare(FullPath(Path), ReferencePath is null ? null : FullPath(ReferencePath));
        Emit(differences.Where(difference => names.Any(name => name.Matches(difference.Policy))));
        return Task.CompletedTask;
    }
}
