using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.HostKeys;

namespace Bastion.PowerShell.Assets.HostKeys;

/// <summary>Lists the keys by which hosts prove who they are, and which of them are trusted.</summary>
[Cmdlet(VerbsCommon.Get, "BhAssetHostKey")]
[OutputType(typeof(HostKey))]
public sealed class GetBhAssetHostKeyCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Asset, asset => Emit(Engine.HostKeys.List(asset)));
}
