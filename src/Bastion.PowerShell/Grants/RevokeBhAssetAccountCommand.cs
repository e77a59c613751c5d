using System.Management.Automation;
using Bastion.PowerShell.Assets;

namespace Bastion.PowerShell.Grants;

/// <summary>Takes away the right to use accounts on assets or groups of assets. Sessions that rest on it end within a second.</summary>
[Cmdlet(VerbsSecurity.Revoke, "BhAssetAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RevokeBhAssetAccountCommand : GrantCommand
{
    /// <summary>Only these logins; without any, the whole grant.</summary>
    [Parameter(Position = 2)]
    [CompletesName<AssetAccountNames>]
    public string[] Account { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachPairAsync(async (to, on) =>
    {
        string accounts = Account.Length == 0 ? "the grant" : string.Join(", ", Account);
        if (await ConfirmAsync(on.ToString(), $"Revoke {accounts} from {to}")) Engine.Grants.Revoke(Caller, to, on, Account);
    });
}
