using System.Management.Automation;
using Bastion.Store;

namespace Bastion.PowerShell.Store;

/// <summary>Makes a new store and uses it in this session.</summary>
[Cmdlet(VerbsData.Initialize, "BhStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreInfo))]
public sealed class InitializeBhStoreCommand : EngineCommand
{
    /// <summary>Folder of the store; made if it is missing. Without it: $env:BASTION_STORE, else the default of the operating system.</summary>
    [Parameter(Position = 0)]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        StoreLocation location = StoreLocation.Find(Path is null ? null : FullPath(Path));
        if (!await ConfirmAsync(location.Folder, "Make store")) return;
        Engine engine = Engine.Create(location);
        Store.Use(location, engine);
        Emit(engine.Describe());
    }
}
