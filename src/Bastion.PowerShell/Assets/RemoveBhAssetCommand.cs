using System.Management.Automation;
using Bastion.Assets;

namespace Bastion.PowerShell.Assets;

/// <summary>Removes hosts and databases with their accounts, secrets and grants. Their sessions stay in the audit.</summary>
[Cmdlet(VerbsCommon.Remove, "BhAsset", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhAssetCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Asset, async reference =>
    {
        Asset asset = Engine.Assets.Resolve(reference);
        if (await ConfirmAsync(asset.Name, "Remove asset with its accounts and grants")) Engine.Assets.Remove(Caller, new AssetReference(asset));
    });
}
