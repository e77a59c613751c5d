using System.Management.Automation;
using Bastion.Assets;

namespace Bastion.PowerShell.Assets;

/// <summary>Removes logins on assets with their secrets and the grants on them.</summary>
[Cmdlet(VerbsCommon.Remove, "BhAssetAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhAssetAccountCommand : EngineCommand
{
    /// <summary>Asset by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference Asset { get; set; } = default!;

    /// <summary>Login names.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Account", "Login")]
    [CompletesName<AssetAccountNames>]
    public string[] Name { get; set; } = [];

    /// <summary>Which account, where the login exists for several protocols.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<ProtocolNames>]
    public string? Protocol { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Name, async name =>
    {
        AssetAccount account = Engine.AssetAccounts.Resolve(Asset, name, Protocol);
        if (await ConfirmAsync(account.ToString(), "Remove account with its secrets and grants")) Engine.AssetAccounts.Remove(Caller, Asset, name, Protocol);
    });
}
