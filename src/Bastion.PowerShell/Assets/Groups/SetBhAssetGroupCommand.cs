using System.Management.Automation;
using Bastion.Assets.Groups;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>Changes groups of assets: name, comment and rule; what is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "BhAssetGroup", SupportsShouldProcess = true, DefaultParameterSetName = ByRule)]
[OutputType(typeof(AssetGroup))]
public sealed class SetBhAssetGroupCommand : AssetGroupRuleCommand
{
    private const string NoRule = nameof(NoRule);

    /// <summary>Groups by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference[] AssetGroup { get; set; } = [];

    /// <summary>New name; for one group.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Conditions to take away; the others must still hold, and at least one is left.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateSet(nameof(OwnerAccountId), nameof(AssetName), nameof(Tag), nameof(Region), nameof(OperatingSystem), nameof(DatabaseEngine))]
    public string[] Clear { get; set; } = [];

    /// <summary>Take the rule away: the members stay, and are put in and taken out by hand from then on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoRule)]
    public SwitchParameter ClearRule { get; set; }

    /// <summary>Emit the changed groups.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(AssetGroup, async reference =>
    {
        AssetGroup group = Engine.AssetGroups.Resolve(reference);
        bool changesRule = GivesRule || Clear.Length > 0;
        string action = changesRule && group is { Rule: null, Fault: null, Assets: > 0 } ? $"Replace its {group.Assets} members by those that a rule means" : "Change group of assets";
        if (!await ConfirmAsync(group.Name, action)) return;
        AssetGroup changed = Engine.AssetGroups.Change(Caller, new AssetGroupReference(group), new AssetGroupChange
        {
            Name = NewName,
            Comment = Given(nameof(Comment), Comment),
            // Cleared first, so that a condition can be cleared and set anew in one go.
            Rule = ClearRule ? new(true, null) : changesRule ? Apply(Without(group.Rule ?? new AssetGroupRule())) : default(ChangeOf<AssetGroupRule>),
        });
        WarnOfNone(changed);
        if (PassThru) Emit(changed);
    });

    private AssetGroupRule Without(AssetGroupRule rule)
    {
        bool Goes(string condition) => Clear.Contains(condition, StringComparer.OrdinalIgnoreCase);
        return new AssetGroupRule
        {
            OwnerAccountIds = Goes(nameof(OwnerAccountId)) ? [] : rule.OwnerAccountIds,
            Names = Goes(nameof(AssetName)) ? [] : rule.Names,
            Tags = Goes(nameof(Tag)) ? new Dictionary<string, string>() : rule.Tags,
            Regions = Goes(nameof(Region)) ? [] : rule.Regions,
            OperatingSystems = Goes(nameof(OperatingSystem)) ? [] : rule.OperatingSystems,
            Engines = Goes(nameof(DatabaseEngine)) ? [] : rule.Engines,
        };
    }
}
