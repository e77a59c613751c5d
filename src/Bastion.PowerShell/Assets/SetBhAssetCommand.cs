using System.Collections;
using System.Management.Automation;
using Bastion.Assets;
using Bastion.PowerShell.Accounts;

namespace Bastion.PowerShell.Assets;

/// <summary>Changes hosts and databases; what is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "BhAsset", SupportsShouldProcess = true)]
[OutputType(typeof(Asset))]
public sealed class SetBhAssetCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>New name; for one asset.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>New owner; only of assets made by hand.</summary>
    [Parameter]
    [CompletesName<OwnerAccountIds>]
    public string? OwnerAccountId { get; set; }

    /// <summary>Address in the private network; only of assets made by hand. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    [Alias("Address")]
    public string? PrivateAddress { get; set; }

    /// <summary>Address on the internet; only of assets made by hand. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? PublicAddress { get; set; }

    /// <summary>Which address is used.</summary>
    [Parameter]
    public AddressType? AddressType { get; set; }

    /// <summary>Linux or Windows; only of assets made by hand.</summary>
    [Parameter]
    [ValidateSet("Linux", "Windows")]
    public string? OperatingSystem { get; set; }

    /// <summary>All protocols and ports anew, e.g. <c>@{ SSH = 2222 }</c>.</summary>
    [Parameter]
    public Hashtable? Port { get; set; }

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Emit the changed assets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var update = new AssetChange
        {
            Name = NewName,
            OwnerAccountId = OwnerAccountId,
            PrivateAddress = Given(nameof(PrivateAddress), PrivateAddress),
            PublicAddress = Given(nameof(PublicAddress), PublicAddress),
            AddressType = AddressType,
            OperatingSystem = OperatingSystem,
            Ports = Ports.Read(Port),
            Comment = Given(nameof(Comment), Comment),
        };
        return ForEachAsync(Asset, async reference =>
        {
            Asset asset = Engine.Assets.Resolve(reference);
            if (!await ConfirmAsync(asset.Name, "Change asset")) return;
            Asset changed = Engine.Assets.Change(Caller, new AssetReference(asset), update);
            if (PassThru) Emit(changed);
        });
    }
}
