using System.Management.Automation;
using Bastion.PowerShell.Users;
using Bastion.Store;
using Bastion.Users;

namespace Bastion.PowerShell.Store;

/// <summary>Uses a store in this session.</summary>
[Cmdlet(VerbsCommunications.Connect, "BhStore")]
[OutputType(typeof(StoreInfo))]
public sealed class ConnectBhStoreCommand : EngineCommand
{
    /// <summary>Folder of the store. Without it: $env:BASTION_STORE, else the default of the operating system.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <summary>Act with the rights of this user only, until the store is connected again: to try out roles, or not to have more rights than the work takes.</summary>
    [Parameter]
    [CompletesName<UserNames>]
    public UserReference? AsUser { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        StoreLocation location = StoreLocation.Find(Path is null ? null : FullPath(Path));
        Engine engine = Engine.Open(location);
        try
        {
            Store.Use(location, engine, AsUser is null ? null : engine.Users.Resolve(AsUser));
        }
        catch (BastionException)
        {
            engine.Dispose();
            throw;
        }

        Emit(Engine.Describe());
        return Task.CompletedTask;
    }
}
