using System.Management.Automation;
using System.Security;
using Bastion.Credentials.Keys;

namespace Bastion.PowerShell.Credentials;

/// <summary>Keeps a private key for several accounts, or makes a new one.</summary>
[Cmdlet(VerbsCommon.New, "BhSharedKey", SupportsShouldProcess = true)]
[OutputType(typeof(SharedKey))]
public sealed class NewBhSharedKeyCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>File with the private key (OpenSSH or PEM). Its content is kept encrypted in the vault; the file is not needed afterwards. Without it a new ed25519 key is made.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PrivateKeyPath { get; set; }

    /// <summary>Passphrase of the private key.</summary>
    [Parameter]
    public SecureString? Passphrase { get; set; }

    /// <summary>When it should be replaced. A reminder: Get-BhSharedKey warns from two weeks before.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        using Secret key = ReadSecret(PrivateKeyPath), passphrase = Secret.Of(Passphrase);
        if (!await ConfirmAsync(Name, key.Bytes is null ? "Make shared key" : "Keep shared key")) return;
        SharedKey made = Engine.SharedKeys.Add(Caller, new NewSharedKey { Name = Name, PrivateKey = key.Bytes, Passphrase = passphrase.Bytes, ExpiresAt = ExpiresAt, Comment = Comment });
        if (Engine.SharedKeys.ReminderOf(made) is { } reminder) Warn(reminder);
        Emit(made);
    }
}
