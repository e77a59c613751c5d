using System.Management.Automation;
using Bastion.Accounts.Projects;

namespace Bastion.PowerShell.Accounts.Projects;

/// <summary>Lists projects: sets of accounts, for which roles are held.</summary>
[Cmdlet(VerbsCommon.Get, "BhProject")]
[OutputType(typeof(Project))]
public sealed class GetBhProjectCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [CompletesName<ProjectNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only the projects of these accounts.</summary>
    [Parameter]
    [CompletesName<ProjectAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => EmitNamedAsync(Name,
        name => Engine.Projects.Resolve(new ProjectReference(name)),
        pattern => Engine.Projects.List([pattern]),
        project => OwnerAccountId.Length == 0 || project.Accounts.Intersect(OwnerAccountId, StringComparer.Ordinal).Any());
}
