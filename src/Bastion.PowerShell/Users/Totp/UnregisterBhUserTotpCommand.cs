using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Totp;

/// <summary>Takes users' code generators away; signing in then takes no code.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "BhUserTotp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(User))]
public sealed class UnregisterBhUserTotpCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Emit the users.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(User, async reference =>
    {
        User user = Engine.Users.Resolve(reference);
        if (!await ConfirmAsync(user.Name, "Take the code generator away")) return;
        User changed = Engine.Totp.Remove(Caller, new UserReference(user));
        if (PassThru) Emit(changed);
    });
}
