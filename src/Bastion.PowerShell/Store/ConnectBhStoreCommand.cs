using System.Management.Automation;
using Bastion.Store;

namespace Bastion.PowerShell.Store;

/// <summary>Uses a store in this session.</summary>
[Cmdlet(VerbsCommunications.Connect, "BhStore")]
[OutputType(typeof(StoreInfo))]
public sealed class ConnectBhStoreCommand : EngineCommand
{
    /// <summary>Folder of the store. Without it: $env:BASTION_STORE, else the default of the operating system.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        StoreLocation location = StoreLocation.Find(Path is null ? null : FullPath(Path));
        Engine engine = Engine.Open(location);
        Store.Use(location, engine);
        Emit(engine.Describe());
        return Task.CompletedTask;
    }
}
