using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Passwords;

/// <summary>Gives users a password, has them change it, or takes it away.</summary>
[Cmdlet(VerbsCommon.Set, "BhUserPassword", SupportsShouldProcess = true, DefaultParameterSetName = "Set")]
[OutputType(typeof(User))]
public sealed class SetBhUserPasswordCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>The new password. The rules are those of Get-BhSignInPolicy.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Set")]
    public SecureString Password { get; set; } = null!;

    /// <summary>Whether the users have to choose another at their next sign-in; on, if not said otherwise.</summary>
    [Parameter(ParameterSetName = "Set")]
    public bool MustChange { get; set; } = true;

    /// <summary>Leave the password, but have the users choose another at their next sign-in; with <c>:$false</c> no longer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Change")]
    public SwitchParameter RequireChange { get; set; }

    /// <summary>Take the password away; public keys stay.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Remove")]
    public SwitchParameter Remove { get; set; }

    /// <summary>Emit the changed users.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private string Action => ParameterSetName switch
    {
        "Remove" => "Take the password away",
        "Change" => RequireChange ? "Require a new password at the next sign-in" : "Require no new password",
        _ => "Set the password",
    };

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(User, async reference =>
    {
        User user = Engine.Users.Resolve(reference);
        if (!await ConfirmAsync(user.Name, Action)) return;
        User changed = Change(new UserReference(user));
        if (PassThru) Emit(changed);
    });

    private User Change(UserReference user)
    {
        if (ParameterSetName == "Remove") return Remove ? Engine.UserPasswords.Remove(Caller, user) : Engine.Users.Resolve(user);
        if (ParameterSetName == "Change") return Engine.UserPasswords.RequireChange(Caller, user, RequireChange);
        byte[] password = Secrets.Utf8(Password);
        try
        {
            return Engine.UserPasswords.Set(Caller, user, password, MustChange);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }
}
