using System.Management.Automation;
using Bastion.Users;
using Bastion.Users.Totp;

namespace Bastion.PowerShell.Users.Totp;

/// <summary>Makes a code generator (TOTP) for a user, and shows it as a QR code for the app on the user's phone.</summary>
[Cmdlet(VerbsLifecycle.Register, "BhUserTotp", SupportsShouldProcess = true)]
[OutputType(typeof(TotpRegistration))]
public sealed class RegisterBhUserTotpCommand : EngineCommand
{
    /// <summary>The user by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference User { get; set; } = null!;

    /// <summary>Write the QR code to a file too, .png or .svg, that only you may read.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>What the app shows beside the user's name; Bastion, if not given.</summary>
    [Parameter]
    public string? Issuer { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        User user = Engine.Users.Resolve(User);
        string? picture = Path is null ? null : FullPath(Path);
        if (await ConfirmAsync(user.Name, "Make a code generator")) Emit(Engine.Totp.Register(Caller, new UserReference(user), Issuer, picture, Force));
    }
}
