using System.Management.Automation;
using System.Security;
using Bastion.Users;

namespace Bastion.PowerShell.Users;

/// <summary>Makes a user of the bastion.</summary>
[Cmdlet(VerbsCommon.New, "BhUser", SupportsShouldProcess = true)]
[OutputType(typeof(User))]
public sealed class NewBhUserCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Name for people; the unique name, if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? DisplayName { get; set; }

    /// <summary>E-mail address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Email { get; set; }

    /// <summary>Not valid before.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>Not valid from then on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <summary>A password, to be changed at the first sign-in. The rules are those of Get-BhSignInPolicy.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Name, "Make user")) return;
        using Secret password = Secret.Of(Password);
        Emit(Engine.Users.Add(Caller, new NewUser { Name = Name, DisplayName = DisplayName, Email = Email, Comment = Comment, ValidFrom = ValidFrom, ValidUntil = ValidUntil, Password = password.Bytes }));
    }
}
