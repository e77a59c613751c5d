using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Assets.Groups;

namespace Bastion.PowerShell.Assets;

/// <summary>Lists hosts and databases.</summary>
[Cmdlet(VerbsCommon.Get, "BhAsset")]
[OutputType(typeof(Asset))]
public sealed class GetBhAssetCommand : EngineCommand
{
    /// <summary>Names, with wildcards, or the cloud's instance ids.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Asset")]
    [CompletesName<AssetNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Only assets of these accounts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <summary>Only hosts or only databases.</summary>
    [Parameter]
    public AssetKind? Kind { get; set; }

    /// <summary>Only made by hand, or only imported.</summary>
    [Parameter]
    public AssetSource? Source { get; set; }

    /// <summary>Only in this state.</summary>
    [Parameter]
    public AssetState? State { get; set; }

    /// <summary>Only in this region.</summary>
    [Parameter]
    public string? Region { get; set; }

    /// <summary>Only in this group.</summary>
    [Parameter]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference? AssetGroup { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var filter = new AssetFilter { OwnerAccountIds = OwnerAccountId, Kind = Kind, Source = Source, State = State, Region = Region, Group = AssetGroup };
        if (Name.Length == 0)
        {
            foreach (Asset asset in Engine.Assets.List(filter)) Emit(asset);
            return Task.CompletedTask;
        }

        return ForEachAsync(Name, name =>
        {
            var pattern = new NamePattern(name);
            bool found = false;
            foreach (Asset asset in Engine.Assets.List(filter with { Names = [pattern] }))
            {
                found = true;
                Emit(asset);
            }

            if (!found && pattern.IsLiteral && Engine.Assets.Require(name, filter) is { } meant) Emit(meant);
        });
    }
}
