using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>Lists groups of assets.</summary>
[Cmdlet(VerbsCommon.Get, "BhAssetGroup")]
[OutputType(typeof(AssetGroup))]
public sealed class GetBhAssetGroupCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetGroup")]
    [CompletesName<AssetGroupNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only groups that this asset is in.</summary>
    [Parameter]
    [CompletesName<AssetNames>]
    public AssetReference? Asset { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        HashSet<long>? of = Asset is null ? null : [.. Engine.AssetGroups.Of(Asset).Select(group => group.Id)];
        return EmitNamedAsync(Name, name => Engine.AssetGroups.Resolve(new AssetGroupReference(name)), pattern => Engine.AssetGroups.List([pattern]), group => of?.Contains(group.Id) != false);
    }
}
