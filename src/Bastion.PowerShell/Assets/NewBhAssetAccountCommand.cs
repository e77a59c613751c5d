using System.Management.Automation;
using System.Security;
using Bastion.Assets;
using Bastion.Credentials.Certificates;
using Bastion.Credentials.Keys;
using Bastion.PowerShell.Credentials;

namespace Bastion.PowerShell.Assets;

/// <summary>Makes logins on assets, with a shared key, a private key, a password, or none.</summary>
[Cmdlet(VerbsCommon.New, "BhAssetAccount", SupportsShouldProcess = true)]
[OutputType(typeof(AssetAccount))]
public sealed class NewBhAssetAccountCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Login name, as the asset spells it.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Account", "Login")]
    public string Name { get; set; } = "";

    /// <summary>Password. Kept encrypted in the vault.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>File with the private key (OpenSSH or PEM). Its content is kept encrypted in the vault; the file is not needed afterwards.</summary>
    [Parameter]
    public string? PrivateKeyPath { get; set; }

    /// <summary>Passphrase of the private key.</summary>
    [Parameter]
    public SecureString? Passphrase { get; set; }

    /// <summary>Authority whose certificates it logs on with, by name or object.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<CertificateAuthorityNames>]
    public CertificateAuthorityReference? CertificateAuthority { get; set; }

    /// <summary>Shared key that it logs on with, by name or object.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<SharedKeyNames>]
    public SharedKeyReference? SharedKey { get; set; }

    /// <summary>One of the asset's protocols; its first, if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<ProtocolNames>]
    public string? Protocol { get; set; }

    /// <summary>Database to log on to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Database { get; set; }

    /// <summary>The login may do everything on the asset.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        using Secret key = ReadSecret(PrivateKeyPath), password = Secret.Of(Password), passphrase = Secret.Of(Passphrase);
        var account = new NewAssetAccount
        {
            Name = Name,
            Protocol = Protocol,
            Privileged = Privileged,
            Database = Database,
            Password = password.Bytes,
            PrivateKey = key.Bytes,
            Passphrase = passphrase.Bytes,
            SharedKey = SharedKey,
            CertificateAuthority = CertificateAuthority,
            Comment = Comment,
        };
        await ForEachAsync(Asset, async reference =>
        {
            Asset asset = Engine.Assets.Resolve(reference);
            if (await ConfirmAsync($"{Name}@{asset.Name}", "Make account")) Emit(Engine.AssetAccounts.Add(Caller, new AssetReference(asset), account));
        });
    }
}
