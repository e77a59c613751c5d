using System.Management.Automation;
using Bastion.Grants;
using Bastion.PowerShell.Assets;

namespace Bastion.PowerShell.Grants;

/// <summary>Gives users or groups of users the right to use accounts on assets or groups of assets. Run again, it adds accounts; grants add up.</summary>
[Cmdlet(VerbsSecurity.Grant, "BhAssetAccount", SupportsShouldProcess = true)]
[OutputType(typeof(Grant))]
public sealed class GrantBhAssetAccountCommand : GrantCommand
{
    /// <summary>Logins on the asset; on a group by name, whether they exist already or not; <c>*</c> for all, later ones too. Without any the asset is granted, but no account yet.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetAccountNames>]
    public string[] Account { get; set; } = [];

    /// <summary>Not valid before.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>Not valid from then on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>Emit the grants.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachPairAsync(async (to, on) =>
    {
        string accounts = Account.Length == 0 ? "the asset, with no account yet" : string.Join(", ", Account);
        if (!await ConfirmAsync(on.ToString(), $"Grant {accounts} to {to}")) return;
        GrantResult result = Engine.Grants.Add(Caller, to, on, Account, ValidFrom, ValidUntil);
        if (result.Warning is { } warning) Warn(warning);
        if (PassThru) Emit(result.Grant);
    });
}
