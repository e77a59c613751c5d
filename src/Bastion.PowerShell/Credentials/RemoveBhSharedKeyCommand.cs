using System.Management.Automation;
using Bastion.Credentials.Keys;

namespace Bastion.PowerShell.Credentials;

/// <summary>Removes shared keys. One that accounts use stays, unless it is to be taken from them.</summary>
[Cmdlet(VerbsCommon.Remove, "BhSharedKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhSharedKeyCommand : EngineCommand
{
    /// <summary>Shared keys by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<SharedKeyNames>]
    public SharedKeyReference[] SharedKey { get; set; } = [];

    /// <summary>Take it from the accounts that use it; they log on with what else is kept for them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(SharedKey, async reference =>
    {
        SharedKey key = Engine.SharedKeys.Resolve(reference);
        if (await ConfirmAsync(key.Name, Force && key.UsedBy.Count > 0 ? $"Remove shared key and take it from {string.Join(", ", key.UsedBy)}" : "Remove shared key"))
            Engine.SharedKeys.Remove(Caller, new SharedKeyReference(key), Force);
    });
}
