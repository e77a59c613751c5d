using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>Makes a group of assets, of those that are put in by hand or of all that fit a rule, later ones too.</summary>
[Cmdlet(VerbsCommon.New, "BhAssetGroup", SupportsShouldProcess = true, DefaultParameterSetName = ByHand)]
[OutputType(typeof(AssetGroup))]
public sealed class NewBhAssetGroupCommand : AssetGroupRuleCommand
{
    private const string ByHand = nameof(ByHand);

    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Its first members, put in by hand; none, if not given.</summary>
    [Parameter(Position = 1, ParameterSetName = ByHand)]
    [ValidateNotNull]
    [CompletesName<AssetNames>]
    public AssetReference[] Member { get; set; } = [];

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Name, "Make group of assets")) return;
        AssetGroup made = Engine.AssetGroups.Add(Caller, new NewAssetGroup { Name = Name, Comment = Comment, Rule = GivesRule ? Apply(new AssetGroupRule()) : null, Assets = Member });
        WarnOfNone(made);
        Emit(made);
    }
}
