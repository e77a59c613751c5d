using System.Management.Automation;
using Bastion.Cloud.Connections;

namespace Bastion.PowerShell.Cloud;

/// <summary>Forgets cloud connections and their keys; refused while member accounts came through them.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "BhCloud", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class DisconnectBhCloudCommand : EngineCommand
{
    /// <summary>Names of connections.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<CloudNames>]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Name, async name =>
    {
        CloudConnection cloud = Engine.Clouds.Get(name);
        if (await ConfirmAsync(cloud.Name, "Forget cloud connection and its key")) Engine.Clouds.Remove(Caller, cloud.Name);
    });
}
