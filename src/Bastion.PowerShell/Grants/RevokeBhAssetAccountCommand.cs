using System.Management.Automation;
using Bastion.Assets;
using Bastion.Grants;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Users;
using Bastion.Users;

namespace Bastion.PowerShell.Grants;

/// <summary>Takes away the right to use accounts on assets. Sessions that rest on it end within a second.</summary>
[Cmdlet(VerbsSecurity.Revoke, "BhAssetAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RevokeBhAssetAccountCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Only these logins; without any, the whole grant.</summary>
    [Parameter(Position = 2)]
    [CompletesName<AssetAccountNames>]
    public string[] Account { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(
        from asset in Asset from user in User select (asset, user),
        async pair =>
        {
            string accounts = Account.Length == 0 ? "the grant" : string.Join(", ", Account);
            if (await ConfirmAsync(pair.asset.ToString(), $"Revoke {accounts} from {pair.user}")) Engine.Grants.Revoke(Caller, pair.user, pair.asset, Account);
        });
}
