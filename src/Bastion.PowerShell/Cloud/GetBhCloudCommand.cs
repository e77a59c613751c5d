using System.Management.Automation;
using Bastion.Cloud.Connections;

namespace Bastion.PowerShell.Cloud;

/// <summary>Lists the cloud connections.</summary>
[Cmdlet(VerbsCommon.Get, "BhCloud")]
[OutputType(typeof(CloudConnection))]
public sealed class GetBhCloudCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [CompletesName<CloudNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) =>
        EmitNamedAsync(Name, Engine.Clouds.Get, pattern => Engine.Clouds.List().Where(cloud => pattern.Matches(cloud.Name)));
}
