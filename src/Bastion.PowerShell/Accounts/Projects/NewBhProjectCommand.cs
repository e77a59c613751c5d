using System.Management.Automation;
using Bastion.Accounts.Projects;

namespace Bastion.PowerShell.Accounts.Projects;

/// <summary>Makes a project: a named set of accounts, for which roles can be held.</summary>
[Cmdlet(VerbsCommon.New, "BhProject", SupportsShouldProcess = true)]
[OutputType(typeof(Project))]
public sealed class NewBhProjectCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Its accounts; an account is in at most one project.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [CompletesName<FreeAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Name, "Make project")) return;
        Emit(Engine.Projects.Add(Caller, new NewProject { Name = Name, Comment = Comment, Accounts = OwnerAccountId }));
    }
}
