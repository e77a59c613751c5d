using System.Management.Automation;
using Bastion.Cloud.Connections;

namespace Bastion.PowerShell.Cloud;

/// <summary>A cmdlet that talks to a connected cloud.</summary>
public abstract class CloudCommand : EngineCommand
{
    /// <summary>Name of the cloud connection; not needed when there is only one.</summary>
    [Parameter]
    [CompletesName<CloudNames>]
    public string? Cloud { get; set; }

    /// <summary>Opens the connection that is meant.</summary>
    private protected OpenCloud OpenCloud() => Engine.Clouds.Open(Cloud);
}
