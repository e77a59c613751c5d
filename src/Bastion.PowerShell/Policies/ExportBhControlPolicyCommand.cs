using System.Management.Automation;
using Bastion.Policies;

namespace Bastion.PowerShell.Policies;

/// <summary>Writes control policies to a YAML file for people and version control; Import-BhControlPolicy reads it back the same.</summary>
[Cmdlet(VerbsData.Export, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportBhControlPolicyCommand : EngineCommand
{
    private readonly List<PolicyReference> _asked = [];
    private bool _all;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    public string Path { get; set; } = "";

    /// <summary>Policies by name or object; all, if not given.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    [CompletesName<PolicyNames>]
    public PolicyReference[]? Policy { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        if (Policy is null) _all = true;
        else _asked.AddRange(Policy);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        // An empty pipeline is a file without policies, not one with all.
        string path = FullPath(Path);
        if (await ConfirmAsync(path, "Export control policies")) Emit(Engine.PolicyCode.Export(path, _all ? null : _asked, Force));
    }
}
