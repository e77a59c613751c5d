using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Totp;

/// <summary>Puts a user's new code generator into use, with its first code.</summary>
[Cmdlet(VerbsLifecycle.Confirm, "BhUserTotp", SupportsShouldProcess = true)]
[OutputType(typeof(User))]
public sealed class ConfirmBhUserTotpCommand : EngineCommand
{
    /// <summary>The user by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference User { get; set; } = null!;

    /// <summary>The code that the app shows now. It is then used up.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string TotpCode { get; set; } = "";

    /// <summary>Emit the user.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        User user = Engine.Users.Resolve(User);
        if (!await ConfirmAsync(user.Name, "Require codes of the new generator from now on")) return;
        User confirmed = Engine.Totp.Confirm(Caller, new UserReference(user), TotpCode);
        if (PassThru) Emit(confirmed);
    }
}
