using System.Management.Automation;
using Bastion.Assets;
using Bastion.Grants;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Users;
using Bastion.Users;

namespace Bastion.PowerShell.Grants;

/// <summary>Gives users the right to use accounts on assets. Run again, it adds accounts; grants add up.</summary>
[Cmdlet(VerbsSecurity.Grant, "BhAssetAccount", SupportsShouldProcess = true)]
[OutputType(typeof(Grant))]
public sealed class GrantBhAssetAccountCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Logins on the asset; <c>*</c> for all, later ones too. Without any the asset is granted, but no account yet.</summary>
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
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(
        from asset in Asset from user in User select (asset, user),
        async pair =>
        {
            string accounts = Account.Length == 0 ? "the asset, with no account yet" : string.Join(", ", Account);
            if (!await ConfirmAsync(pair.asset.ToString(), $"Grant {accounts} to {pair.user}")) return;
            GrantResult result = Engine.Grants.Add(Caller, pair.user, pair.asset, Account, ValidFrom, ValidUntil);
            if (result.Warning is { } warning) Warn(warning);
            if (PassThru) Emit(result.Grant);
        });
}
