using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Bastion.Assets.Groups;
using Bastion.PowerShell.Accounts;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>A cmdlet that sets the rules of groups of assets. Every condition that is given must hold; of the values of one condition one is enough.</summary>
public abstract class AssetGroupRuleCommand : EngineCommand
{
    private static readonly string[] Conditions = [nameof(OwnerAccountId), nameof(AssetName), nameof(Tag), nameof(Region), nameof(OperatingSystem), nameof(DatabaseEngine)];

    /// <summary>Parameter set of the conditions.</summary>
    private protected const string ByRule = nameof(ByRule);

    // Empty lists are refused: an empty search must not widen a rule.

    /// <summary>Assets of these accounts.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateNotNullOrEmpty]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <summary>Assets of these names.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateNotNullOrEmpty]
    [CompletesName<AssetNames>]
    [SupportsWildcards]
    public string[] AssetName { get; set; } = [];

    /// <summary>Assets that carry all these tags of the cloud, e.g. <c>@{ env = 'prod' }</c>; values take wildcards, keys are taken as they are.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public Hashtable Tag { get; set; } = new();

    /// <summary>Assets in these regions.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateNotNullOrEmpty]
    [CompletesName<RegionNames>]
    [SupportsWildcards]
    public string[] Region { get; set; } = [];

    /// <summary>Hosts with these systems.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateNotNullOrEmpty]
    [CompletesName<SystemNames>]
    [SupportsWildcards]
    public string[] OperatingSystem { get; set; } = [];

    /// <summary>Databases of these engines.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [Alias("Engine")]
    [ValidateNotNullOrEmpty]
    [CompletesName<EngineNames>]
    [SupportsWildcards]
    public string[] DatabaseEngine { get; set; } = [];

    /// <summary>Whether any condition is given.</summary>
    private protected bool GivesRule => Conditions.Any(IsGiven);

    /// <summary>The rule with the conditions that are given set anew.</summary>
    private protected AssetGroupRule Apply(AssetGroupRule rule) => new()
    {
        OwnerAccountIds = IsGiven(nameof(OwnerAccountId)) ? OwnerAccountId : rule.OwnerAccountIds,
        Names = IsGiven(nameof(AssetName)) ? AssetName : rule.Names,
        Tags = IsGiven(nameof(Tag)) ? Tag.Cast<DictionaryEntry>().ToDictionary(t => Text(t.Key), t => Text(t.Value), StringComparer.Ordinal) : rule.Tags,
        Regions = IsGiven(nameof(Region)) ? Region : rule.Regions,
        OperatingSystems = IsGiven(nameof(OperatingSystem)) ? OperatingSystem : rule.OperatingSystems,
        Engines = IsGiven(nameof(DatabaseEngine)) ? DatabaseEngine : rule.Engines,
    };

    /// <summary>A rule that means nothing yet may be a slip.</summary>
    private protected void WarnOfNone(AssetGroup group)
    {
        if (group.Rule is not null && group.Assets == 0) Warn($"No asset fits the rule of group '{group.Name}' yet ({group.Rule}). Assets that come later and fit will be in it.");
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
