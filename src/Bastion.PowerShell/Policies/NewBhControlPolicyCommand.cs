using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Assets.Groups;
using Bastion.PowerShell.Users;
using Bastion.PowerShell.Users.Groups;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Policies;

/// <summary>Makes a control policy: whom it covers, and what it sets. It counts at once, for open sessions too.</summary>
[Cmdlet(VerbsCommon.New, "BhControlPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(ControlPolicy))]
public sealed class NewBhControlPolicyCommand : PolicyRuleCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>1 decides first, 100 last; among equals the newest policy decides.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(ControlPolicy.FirstPriority, ControlPolicy.LastPriority)]
    public int Priority { get; set; } = ControlPolicy.FirstPriority;

    /// <summary>Users that it covers; all, later ones too, if neither users nor groups of them are given.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Assets that it covers; all, later ones too, if neither assets nor groups of them are given.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Groups of users that it covers, with all members, later ones too.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserGroupNames>]
    public UserGroupReference[] UserGroup { get; set; } = [];

    /// <summary>Groups of assets that it covers, with all members, later ones too.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference[] AssetGroup { get; set; } = [];

    /// <summary>Only accounts of these names on the assets; all, if not given.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<AssetAccountNames>]
    public string[] Account { get; set; } = [];

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <summary>Make it, but let it not count yet.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        var policy = new NewControlPolicy
        {
            Name = Name,
            Priority = Priority,
            Enabled = !Disabled,
            Comment = Comment,
            // Given but empty is not the same as not given: an empty search must not become a policy for all.
            Users = IsGiven(nameof(User)) ? User : null,
            UserGroups = IsGiven(nameof(UserGroup)) ? UserGroup : null,
            Assets = IsGiven(nameof(Asset)) ? Asset : null,
            AssetGroups = IsGiven(nameof(AssetGroup)) ? AssetGroup : null,
            Accounts = IsGiven(nameof(Account)) ? Account : null,
            Rules = Apply(PolicyRules.None).Sections,
        };
        if (!await ConfirmAsync(Name, "Make control policy")) return;
        ControlPolicy made = Engine.Policies.Add(Caller, policy);
        if (!GivesRules) Warn($"Policy '{made.Name}' sets nothing yet, and so decides nothing. Set-BhControlPolicy '{made.Name}' -AllowProtocol, -TimeWindow, -AllowAddress, -DenyAddress, -AllowCommand, -DenyCommand, -AllowStatement, -DenyTable, -ApproveCommand or -RequireApproval sets rules.");
        foreach (string warning in Engine.Policies.Warnings(made)) Warn(warning);
        Emit(made);
    }
}
