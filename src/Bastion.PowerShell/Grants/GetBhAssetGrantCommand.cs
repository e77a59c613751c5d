using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Grants;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Assets.Groups;
using Bastion.PowerShell.Users;
using Bastion.PowerShell.Users.Groups;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Grants;

/// <summary>Lists grants: who was given what.</summary>
[Cmdlet(VerbsCommon.Get, "BhAssetGrant")]
[OutputType(typeof(Grant))]
public sealed class GetBhAssetGrantCommand : EngineCommand
{
    /// <summary>Only grants that reach this asset, on itself or on its groups.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference? Asset { get; set; }

    /// <summary>Only grants that reach this user, given to the user or to its groups.</summary>
    [Parameter(Position = 1)]
    [CompletesName<UserNames>]
    public UserReference? User { get; set; }

    /// <summary>Only on this group of assets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference? AssetGroup { get; set; }

    /// <summary>Only to this group of users.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserGroupNames>]
    public UserGroupReference? UserGroup { get; set; }

    /// <summary>Leave out what reaches the asset or user that is named only through groups.</summary>
    [Parameter]
    public SwitchParameter Direct { get; set; }

    /// <summary>Only grants that reach assets of these accounts.</summary>
    [Parameter]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        IEnumerable<Grant> grants = Engine.Grants.List(new GrantFilter { Asset = Asset, User = User, AssetGroup = AssetGroup, UserGroup = UserGroup, OwnerAccountIds = OwnerAccountId });
        if (Direct) grants = grants.Where(grant => (Asset is null || grant.AssetId is not null) && (User is null || grant.UserId is not null));
        Emit(grants);
        return Task.CompletedTask;
    }
}
