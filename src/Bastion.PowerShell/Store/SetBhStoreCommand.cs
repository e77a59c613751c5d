using System.Management.Automation;
using Bastion.Store;

namespace Bastion.PowerShell.Store;

/// <summary>Changes settings of the store.</summary>
[Cmdlet(VerbsCommon.Set, "BhStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreInfo))]
public sealed class SetBhStoreCommand : EngineCommand
{
    /// <summary>Whether the first key that a host shows is trusted. If not, an administrator has to approve it with Approve-BhAssetHostKey.</summary>
    [Parameter(Mandatory = true)]
    public bool TrustHostKeyOnFirstUse { get; set; }

    /// <summary>Emit the store.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        string folder = Engine.Location.Folder;
        if (!await ConfirmAsync(folder, $"Turn trust of host keys on first use {(TrustHostKeyOnFirstUse ? "on" : "off")}")) return;
        Engine.HostKeys.SetTrustOnFirstUse(Caller, TrustHostKeyOnFirstUse);
        if (PassThru) Emit(Engine.Describe());
    }
}
