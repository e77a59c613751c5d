using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.HostKeys;

namespace Bastion.PowerShell.Assets.HostKeys;

/// <summary>Trusts a key that a host has shown; its older keys are no longer trusted.</summary>
[Cmdlet(VerbsLifecycle.Approve, "BhAssetHostKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(HostKey))]
public sealed class ApproveBhAssetHostKeyCommand : EngineCommand
{
    /// <summary>Asset by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference Asset { get; set; } = default!;

    /// <summary>Fingerprint of the key, as ssh-keygen -l prints it on the host; the one that waits, if it is only one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Fingerprint { get; set; }

    /// <summary>Emit the trusted key.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Asset.ToString(), $"Trust host key {Fingerprint ?? "that waits for approval"}")) return;
        HostKey key = Engine.HostKeys.Approve(Caller, Asset, Fingerprint);
        if (PassThru) Emit(key);
    }
}
