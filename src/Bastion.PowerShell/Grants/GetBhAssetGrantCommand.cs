using System.Management.Automation;
using Bastion.Assets;
using Bastion.Grants;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Users;
using Bastion.Users;

namespace Bastion.PowerShell.Grants;

/// <summary>Lists grants: who was given what.</summary>
[Cmdlet(VerbsCommon.Get, "BhAssetGrant")]
[OutputType(typeof(Grant))]
public sealed class GetBhAssetGrantCommand : EngineCommand
{
    /// <summary>Only on this asset.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference? Asset { get; set; }

    /// <summary>Only to this user.</summary>
    [Parameter(Position = 1)]
    [CompletesName<UserNames>]
    public UserReference? User { get; set; }

    /// <summary>Only on assets of these accounts.</summary>
    [Parameter]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        Emit(Engine.Grants.List(new GrantFilter { Asset = Asset, User = User, OwnerAccountIds = OwnerAccountId }));
        return Task.CompletedTask;
    }
}
