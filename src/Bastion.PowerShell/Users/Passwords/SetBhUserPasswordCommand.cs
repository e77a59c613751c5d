using System.Management.Automation;
using System.Security;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Passwords;

/// <summary>Gives users a password, has them change it, or takes it away.</summary>
[Cmdlet(VerbsCommon.Set, "BhUserPassword", SupportsShouldProcess = true, DefaultParameterSetName = "Set")]
[OutputType(typeof(User))]
public sealed class SetBhUserPasswordCommand : UserChangeCommand
{
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

    private string Action => ParameterSetName switch
    {
        "Remove" => "Take the password away",
        "Change" => RequireChange ? "Require a new password at the next sign-in" : "Require no new password",
        _ => "Set the password",
    };

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ChangeEachAsync(Action, Change);

    private User Change(UserReference user)
    {
        if (ParameterSetName == "Remove") return Remove ? Engine.UserPasswords.Remove(Caller, user) : Engine.Users.Resolve(user);
        if (ParameterSetName == "Change") return Engine.UserPasswords.RequireChange(Caller, user, RequireChange);
        using Secret password = Secret.Of(Password);
        return Engine.UserPasswords.Set(Caller, user, password.Bytes!, MustChange);
    }
}
