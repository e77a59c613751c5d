using System.Management.Automation;
using Bastion.Assets;
using Bastion.Credentials.Rotation;
using Bastion.PowerShell.Assets;

namespace Bastion.PowerShell.Credentials;

/// <summary>Changes passwords and keys of accounts on the assets themselves and in the vault, so that the working secret is never lost.</summary>
[Cmdlet(VerbsData.Update, "BhAssetAccountSecret", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SecretChangeResult))]
public sealed class UpdateBhAssetAccountSecretCommand : AssetAccountCommand
{
    /// <summary>Password or private key; what is kept, if not given: the key, if both.</summary>
    [Parameter]
    public SecretKind? Kind { get; set; }

    /// <summary>Login of a privileged account of the same asset that makes the change: root, one with sudo, or a database's administrator. The account itself, if not given.</summary>
    [Parameter]
    [CompletesName<AssetAccountNames>]
    public string? Via { get; set; }

    /// <summary>Characters of a new password.</summary>
    [Parameter]
    [ValidateRange(SecretRules.Shortest, SecretRules.Longest)]
    public int Length { get; set; } = new SecretRules().Length;

    /// <summary>Classes of characters of a new password; at least one character of each.</summary>
    [Parameter]
    public CharacterClasses CharacterClass { get; set; } = CharacterClasses.All;

    /// <summary>Characters that a new password does not have.</summary>
    [Parameter]
    public string ExcludeCharacter { get; set; } = "";

    /// <summary>The authorized_keys file on the asset, absolute or below the home folder; <c>.ssh/authorized_keys</c>, if not given.</summary>
    [Parameter]
    public string? AuthorizedKeysFile { get; set; }

    /// <summary>Only bring to their end the changes that were broken off; start none.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    private protected override Task<bool> WantsAsync(AssetAccount account) => Resume && !account.SecretChangeOpen
        ? Task.FromResult(false)
        : ConfirmAsync(account.ToString(), account.SecretChangeOpen ? "Bring the change of its secret to its end" : $"Change its {(Kind is { } what ? $"{what}" : "secret")} on the asset");

    private protected override async Task WorkAsync(AssetAccount account, CancellationToken stop)
    {
        SecretChangeResult? result = await Engine.SecretRotation.UpdateAsync(Caller, account, new SecretChangeRequest
        {
            Secret = Kind,
            Via = Via,
            Rules = new SecretRules { Length = Length, Classes = CharacterClass, Excluded = ExcludeCharacter },
            AuthorizedKeysFile = AuthorizedKeysFile,
            ResumeOnly = Resume,
            Timeout = TimeSpan.FromSeconds(ConnectTimeout),
        }, stop);
        if (result is not null) Emit(result);
    }
}
