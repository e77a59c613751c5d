using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>A cmdlet that puts assets into groups or takes them out. What came by the pipeline is changed at its end, each group whole or not at all.</summary>
public abstract class AssetGroupMemberCommand : EngineCommand
{
    private readonly Dictionary<long, Dictionary<long, Asset>> _asked = [];

    /// <summary>The group by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference AssetGroup { get; set; } = null!;

    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "Member")]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Emit the groups as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether members are put in; else they are taken out.</summary>
    private protected abstract bool PutsIn { get; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        AssetGroup group = Engine.AssetGroups.Resolve(AssetGroup);
        // Said before anything is asked or left alone
        if (group.Rule is not null) throw new GroupHasRuleException(group.Name, group.Rule.ToString());
        if (!_asked.TryGetValue(group.Id, out Dictionary<long, Asset>? assets)) _asked[group.Id] = assets = [];
        return ForEachAsync(Asset, async reference =>
        {
            Asset asset = Engine.Assets.Resolve(reference);
            bool isIn = Engine.AssetGroups.Of(new AssetReference(asset)).Any(g => g.Id == group.Id);
            if (isIn == PutsIn || assets.ContainsKey(asset.Id)) return;
            if (await ConfirmAsync(group.Name, PutsIn ? $"Put in asset {asset.Name}" : $"Take out asset {asset.Name}")) assets[asset.Id] = asset;
        });
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken stop) => ForEachAsync(_asked, pair =>
    {
        AssetReference[] assets = [.. pair.Value.Values.Select(asset => new AssetReference(asset))];
        var reference = new AssetGroupReference(pair.Key);
        AssetGroup group = assets.Length == 0 ? Engine.AssetGroups.Resolve(reference)
            : Engine.AssetGroups.Change(Caller, reference, PutsIn ? new AssetGroupChange { Add = assets } : new AssetGroupChange { Remove = assets });
        if (PassThru) Emit(group);
        return Task.CompletedTask;
    });
}
