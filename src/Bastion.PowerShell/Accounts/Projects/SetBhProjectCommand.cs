using System.Management.Automation;
using Bastion.Accounts.Projects;

namespace Bastion.PowerShell.Accounts.Projects;

/// <summary>Changes a project or its accounts. Who holds roles for it holds them for the new accounts and no longer for the old, at once.</summary>
[Cmdlet(VerbsCommon.Set, "BhProject", SupportsShouldProcess = true)]
[OutputType(typeof(Project))]
public sealed class SetBhProjectCommand : EngineCommand
{
    /// <summary>Project by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<ProjectNames>]
    public ProjectReference Project { get; set; } = null!;

    /// <summary>Accounts to put in; one that is in another project has to be taken out there first.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<FreeAccountIds>]
    public string[] AddAccount { get; set; } = [];

    /// <summary>Accounts to take out.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<ProjectAccountIds>]
    public string[] RemoveAccount { get; set; } = [];

    /// <summary>New name.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Emit the changed project.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        Project project = Engine.Projects.Resolve(Project);
        if (!await ConfirmAsync(project.Name, "Change project")) return;
        Project changed = Engine.Projects.Change(Caller, new ProjectReference(project), new ProjectChange
        {
            Name = NewName,
            Comment = Given(nameof(Comment), Comment),
            Add = AddAccount,
            Remove = RemoveAccount,
        });
        if (PassThru) Emit(changed);
    }
}
