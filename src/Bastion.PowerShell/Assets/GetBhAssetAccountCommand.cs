using System.Management.Automation;
using Bastion.Assets;
using Bastion.PowerShell.Accounts;

namespace Bastion.PowerShell.Assets;

/// <summary>Lists logins on assets. Secrets are never shown, only whether there is one.</summary>
[Cmdlet(VerbsCommon.Get, "BhAssetAccount")]
[OutputType(typeof(AssetAccount))]
public sealed class GetBhAssetAccountCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object; all, if none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Logins, with wildcards.</summary>
    [Parameter(Position = 1)]
    [Alias("Account")]
    [CompletesName<AssetAccountNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Only on assets of these accounts.</summary>
    [Parameter]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        NamePattern[] patterns = Patterns(Name);
        AssetReference?[] assets = Asset.Length == 0 ? new AssetReference?[] { null } : Asset;
        return ForEachAsync(assets, asset =>
        {
            IReadOnlyList<AssetAccount> found = Engine.AssetAccounts.List(asset, patterns, OwnerAccountId);
            if (found.Count == 0 && asset is not null && patterns is [{ IsLiteral: true } only]) Engine.AssetAccounts.Resolve(asset, only.Text);
            Emit(found);
        });
    }
}
