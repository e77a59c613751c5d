using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Keys;

/// <summary>Takes public keys from a user, who can then no longer sign in with them.</summary>
[Cmdlet(VerbsCommon.Remove, "BhUserPublicKey", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveBhUserPublicKeyCommand : EngineCommand
{
    /// <summary>The user by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference User { get; set; } = null!;

    /// <summary>Fingerprints of the keys.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserKeyNames>]
    public string[] Fingerprint { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Fingerprint, async fingerprint =>
    {
        User user = Engine.Users.Resolve(User);
        if (await ConfirmAsync(user.Name, $"Remove public key {fingerprint}")) Engine.UserPublicKeys.Remove(Caller, new UserReference(user), fingerprint);
    });
}
