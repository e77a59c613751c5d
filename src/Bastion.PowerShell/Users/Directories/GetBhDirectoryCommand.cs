using System.Management.Automation;
using Bastion.Users.Directories;

namespace Bastion.PowerShell.Users.Directories;

/// <summary>Lists the directories that know users.</summary>
[Cmdlet(VerbsCommon.Get, "BhDirectory")]
[OutputType(typeof(UserDirectory))]
public sealed class GetBhDirectoryCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<DirectoryNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => EmitNamedAsync(Name, Engine.UserDirectories.Resolve, pattern => Engine.UserDirectories.List([pattern]));
}
