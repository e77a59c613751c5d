using System.Management.Automation;
using Bastion.Users.Directories;

namespace Bastion.PowerShell.Users.Directories;

/// <summary>Tries directories: reaches them, signs in, and counts their users.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BhDirectory")]
[OutputType(typeof(UserDirectoryTest))]
public sealed class TestBhDirectoryCommand : EngineCommand
{
    /// <summary>Names of directories.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<DirectoryNames>]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Name, name => Emit(Engine.UserDirectories.Test(name)));
}
