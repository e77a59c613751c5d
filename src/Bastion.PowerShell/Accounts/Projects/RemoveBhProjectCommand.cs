using System.Management.Automation;
using Bastion.Accounts.Projects;

namespace Bastion.PowerShell.Accounts.Projects;

/// <summary>Removes projects with the roles that are held for them. Their accounts and what those own stay.</summary>
[Cmdlet(VerbsCommon.Remove, "BhProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhProjectCommand : EngineCommand
{
    /// <summary>Projects by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<ProjectNames>]
    public ProjectReference[] Project { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Project, async reference =>
    {
        Project project = Engine.Projects.Resolve(reference);
        if (await ConfirmAsync(project.Name, $"Remove project of {project.Accounts.Count} {(project.Accounts.Count == 1 ? "account" : "accounts")} with the roles held for it"))
            Engine.Projects.Remove(Caller, new ProjectReference(project));
    });
}
