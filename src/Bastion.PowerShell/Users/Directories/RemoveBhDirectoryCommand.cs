using System.Management.Automation;

namespace Bastion.PowerShell.Users.Directories;

/// <summary>Removes directories that know no user here any more.</summary>
[Cmdlet(VerbsCommon.Remove, "BhDirectory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhDirectoryCommand : EngineCommand
{
    /// <summary>Names of directories.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<DirectoryNames>]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Name, async name =>
    {
        string found = Engine.UserDirectories.Resolve(name).Name;
        if (await ConfirmAsync(found, "Remove directory")) Engine.UserDirectories.Remove(Caller, found);
    });
}
