using System.Management.Automation;
using System.Security;
using Bastion.Credentials.Keys;

namespace Bastion.PowerShell.Credentials;

/// <summary>Changes shared keys. A new private key holds for every account that uses the shared key.</summary>
[Cmdlet(VerbsCommon.Set, "BhSharedKey", SupportsShouldProcess = true)]
[OutputType(typeof(SharedKey))]
public sealed class SetBhSharedKeyCommand : EngineCommand
{
    /// <summary>Shared keys by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [CompletesName<SharedKeyNames>]
    public SharedKeyReference[] SharedKey { get; set; } = [];

    /// <summary>New name; for one key.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>File with the new private key. The assets have to know its public half already.</summary>
    [Parameter]
    public string? PrivateKeyPath { get; set; }

    /// <summary>Passphrase of the new private key.</summary>
    [Parameter]
    public SecureString? Passphrase { get; set; }

    /// <summary>When it should be replaced. <c>$null</c> takes it away.</summary>
    [Parameter]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Emit the changed keys.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        using Secret key = ReadSecret(PrivateKeyPath), passphrase = Secret.Of(Passphrase);
        var update = new SharedKeyChange
        {
            Name = NewName,
            PrivateKey = key.Bytes,
            Passphrase = passphrase.Bytes,
            ExpiresAt = Given(nameof(ExpiresAt), ExpiresAt),
            Comment = Given(nameof(Comment), Comment),
        };
        await ForEachAsync(SharedKey, async reference =>
        {
            SharedKey old = Engine.SharedKeys.Resolve(reference);
            if (!await ConfirmAsync(old.Name, update.PrivateKey is null ? "Change shared key" : $"Replace the private key that {old.UsedBy.Count} accounts use")) return;
            SharedKey changed = Engine.SharedKeys.Change(Caller, new SharedKeyReference(old), update);
            if (PassThru) Emit(changed);
        });
    }
}
