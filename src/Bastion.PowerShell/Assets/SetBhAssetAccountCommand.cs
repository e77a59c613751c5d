using System.Management.Automation;
using System.Security;
using Bastion.Assets;
using Bastion.Credentials.Certificates;
using Bastion.Credentials.Keys;
using Bastion.PowerShell.Credentials;

namespace Bastion.PowerShell.Assets;

/// <summary>Changes logins on assets; sets or clears their credentials.</summary>
[Cmdlet(VerbsCommon.Set, "BhAssetAccount", SupportsShouldProcess = true)]
[OutputType(typeof(AssetAccount))]
public sealed class SetBhAssetAccountCommand : EngineCommand
{
    /// <summary>Asset by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference Asset { get; set; } = default!;

    /// <summary>Login name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Account", "Login")]
    [CompletesName<AssetAccountNames>]
    public string Name { get; set; } = "";

    /// <summary>Which account, where the login exists for several protocols.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<ProtocolNames>]
    public string? Protocol { get; set; }

    /// <summary>New password.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>File with the new private key.</summary>
    [Parameter]
    public string? PrivateKeyPath { get; set; }

    /// <summary>Passphrase of the new private key.</summary>
    [Parameter]
    public SecureString? Passphrase { get; set; }

    /// <summary>Authority whose certificates it logs on with, by name or object.</summary>
    [Parameter]
    [CompletesName<CertificateAuthorityNames>]
    public CertificateAuthorityReference? CertificateAuthority { get; set; }

    /// <summary>Shared key that it logs on with, by name or object.</summary>
    [Parameter]
    [CompletesName<SharedKeyNames>]
    public SharedKeyReference? SharedKey { get; set; }

    /// <summary>Forget the password, the private key, which shared key or which authority; the account stays.</summary>
    [Parameter]
    [ValidateSet("Password", "PrivateKey", "SharedKey", "CertificateAuthority")]
    public string[] Clear { get; set; } = [];

    /// <summary>Whether the login may do everything on the asset.</summary>
    [Parameter]
    public bool? Privileged { get; set; }

    /// <summary>Database to log on to. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Database { get; set; }

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Emit the changed accounts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        using Secret key = ReadSecret(PrivateKeyPath), password = Secret.Of(Password), passphrase = Secret.Of(Passphrase);
        if (!await ConfirmAsync($"{Name}@{Asset}", "Change account")) return;
        AssetAccount changed = Engine.AssetAccounts.Change(Caller, Asset, Name, new AssetAccountChange
        {
            Protocol = Protocol,
            Privileged = Privileged,
            Database = Given(nameof(Database), Database),
            Comment = Given(nameof(Comment), Comment),
            Password = SetOrClear(nameof(Password), password.Bytes),
            PrivateKey = SetOrClear("PrivateKey", key.Bytes),
            Passphrase = SetOrClear(nameof(Passphrase), passphrase.Bytes),
            SharedKey = SetOrClear(nameof(SharedKey), SharedKey),
            CertificateAuthority = SetOrClear(nameof(CertificateAuthority), CertificateAuthority),
        });
        if (PassThru) Emit(changed);
    }

    private ChangeOf<T> SetOrClear<T>(string name, T? given)
        where T : class => new(given is not null || Clear.Contains(name, StringComparer.OrdinalIgnoreCase), given);
}
