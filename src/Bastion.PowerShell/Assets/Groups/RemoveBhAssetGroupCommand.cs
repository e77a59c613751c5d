using System.Management.Automation;
using Bastion.Assets.Groups;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>Removes groups of assets with the grants on them. The assets stay.</summary>
[Cmdlet(VerbsCommon.Remove, "BhAssetGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhAssetGroupCommand : EngineCommand
{
    /// <summary>Groups by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference[] AssetGroup { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(AssetGroup, async reference =>
    {
        AssetGroup group = Engine.AssetGroups.Resolve(reference);
        if (await ConfirmAsync(group.Name, $"Remove group of {group.Assets} {(group.Assets == 1 ? "asset" : "assets")} with the grants on it"))
            Engine.GroupRemoval.Remove(Caller, new AssetGroupReference(group));
    });
}
