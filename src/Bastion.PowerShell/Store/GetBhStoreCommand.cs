using System.Management.Automation;
using Bastion.Store;

namespace Bastion.PowerShell.Store;

/// <summary>Tells which store is used, and what it holds.</summary>
[Cmdlet(VerbsCommon.Get, "BhStore")]
[OutputType(typeof(StoreInfo))]
public sealed class GetBhStoreCommand : EngineCommand
{
    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        Emit(Engine.Describe());
        return Task.CompletedTask;
    }
}
