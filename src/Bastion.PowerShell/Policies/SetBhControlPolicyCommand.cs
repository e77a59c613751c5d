using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Policies;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Assets.Groups;
using Bastion.PowerShell.Users;
using Bastion.PowerShell.Users.Groups;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Policies;

/// <summary>Changes control policies; what is not given stays. It counts at once, for open sessions too.</summary>
[Cmdlet(VerbsCommon.Set, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(ControlPolicy))]
public sealed class SetBhControlPolicyCommand : PolicyRuleCommand
{
    /// <summary>Policies by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [CompletesName<PolicyNames>]
    public PolicyReference[] Policy { get; set; } = [];

    /// <summary>New name; for one policy.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>1 decides first, 100 last.</summary>
    [Parameter]
    [ValidateRange(ControlPolicy.FirstPriority, ControlPolicy.LastPriority)]
    public int? Priority { get; set; }

    /// <summary>Cover just these users, and the groups that are given with them.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Cover these users too.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] AddUser { get; set; } = [];

    /// <summary>No longer cover these users.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] RemoveUser { get; set; } = [];

    /// <summary>Cover just these groups of users, and the users that are given with them.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserGroupNames>]
    public UserGroupReference[] UserGroup { get; set; } = [];

    /// <summary>Cover these groups of users too.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserGroupNames>]
    public UserGroupReference[] AddUserGroup { get; set; } = [];

    /// <summary>No longer cover these groups of users.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserGroupNames>]
    public UserGroupReference[] RemoveUserGroup { get; set; } = [];

    /// <summary>Cover all users, later ones too.</summary>
    [Parameter]
    public SwitchParameter AllUsers { get; set; }

    /// <summary>Cover just these assets, and the groups that are given with them.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Cover these assets too.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetNames>]
    public AssetReference[] AddAsset { get; set; } = [];

    /// <summary>No longer cover these assets.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetNames>]
    public AssetReference[] RemoveAsset { get; set; } = [];

    /// <summary>Cover just these groups of assets, and the assets that are given with them.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference[] AssetGroup { get; set; } = [];

    /// <summary>Cover these groups of assets too.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference[] AddAssetGroup { get; set; } = [];

    /// <summary>No longer cover these groups of assets.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference[] RemoveAssetGroup { get; set; } = [];

    /// <summary>Cover all assets, later ones too.</summary>
    [Parameter]
    public SwitchParameter AllAssets { get; set; }

    /// <summary>Only accounts of these names, on the assets and groups that are named here, or on all that the policy covers; <c>*</c> for all accounts.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetAccountNames>]
    public string[] Account { get; set; } = [];

    /// <summary>Rule sections to take away; what they restricted is left to other policies.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<RuleSectionNames>]
    public string[] Clear { get; set; } = [];

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Emit the changed policies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var update = new ControlPolicyChange
        {
            Name = NewName,
            Priority = Priority,
            Comment = Given(nameof(Comment), Comment),
            Users = new() { All = AllUsers, Set = IsGiven(nameof(User)) ? User : null, Add = AddUser, Remove = RemoveUser },
            UserGroups = new() { Set = IsGiven(nameof(UserGroup)) ? UserGroup : null, Add = AddUserGroup, Remove = RemoveUserGroup },
            Assets = new() { All = AllAssets, Set = IsGiven(nameof(Asset)) ? Asset : null, Add = AddAsset, Remove = RemoveAsset },
            AssetGroups = new() { Set = IsGiven(nameof(AssetGroup)) ? AssetGroup : null, Add = AddAssetGroup, Remove = RemoveAssetGroup },
            Accounts = IsGiven(nameof(Account)) ? Account : null,
            // Cleared first, so that a section can be cleared and set anew in one go.
            Rules = GivesRules || Clear.Length > 0 ? rules => Apply(Clear.Aggregate(rules, (left, section) => left.Without(section))) : null,
        };
        return ForEachAsync(Policy, async reference =>
        {
            ControlPolicy policy = Engine.Policies.Resolve(reference);
            if (!await ConfirmAsync(policy.Name, "Change control policy")) return;
            ControlPolicy changed = Engine.Policies.Change(Caller, new PolicyReference(policy), update);
            foreach (string warning in Engine.Policies.Warnings(changed)) Warn(warning);
            if (PassThru) Emit(changed);
        });
    }
}
