using System.Collections;
using System.Management.Automation;
using Bastion.Assets;
using Bastion.PowerShell.Accounts;

namespace Bastion.PowerShell.Assets;

/// <summary>Makes a host or database by hand: for assets outside the member accounts.</summary>
[Cmdlet(VerbsCommon.New, "BhAsset", SupportsShouldProcess = true)]
[OutputType(typeof(Asset))]
public sealed class NewBhAssetCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>The account that owns it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<OwnerAccountIds>]
    public string OwnerAccountId { get; set; } = "";

    /// <summary>IP address or domain name in the private network.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Address")]
    public string? PrivateAddress { get; set; }

    /// <summary>IP address or domain name on the internet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PublicAddress { get; set; }

    /// <summary>Which address is used; the private one where there is one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public AddressType? AddressType { get; set; }

    /// <summary>Host (default) or Database.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public AssetKind Kind { get; set; }

    /// <summary>Linux (default) or Windows.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet("Linux", "Windows")]
    public string? OperatingSystem { get; set; }

    /// <summary>Engine of a database.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Engine")]
    [ValidateSet("MySQL", "MariaDB", "PostgreSQL", "SQLServer")]
    public string? DatabaseEngine { get; set; }

    /// <summary>Protocols and ports, e.g. <c>@{ SSH = 2222 }</c>; the usual ones if not given.</summary>
    [Parameter]
    public Hashtable? Port { get; set; }

    /// <summary>Region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Region { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Name, "Make asset")) return;
        Emit(Engine.Assets.Add(Caller, new NewAsset
        {
            Name = Name,
            OwnerAccountId = OwnerAccountId,
            PrivateAddress = PrivateAddress,
            PublicAddress = PublicAddress,
            AddressType = AddressType,
            Kind = DatabaseEngine is null ? Kind : AssetKind.Database,
            OperatingSystem = OperatingSystem ?? (Kind == AssetKind.Host && DatabaseEngine is null ? "Linux" : null),
            Engine = DatabaseEngine,
            Ports = Ports.Read(Port) ?? new Dictionary<string, int>(),
            Region = Region,
            Comment = Comment,
        }));
    }
}
