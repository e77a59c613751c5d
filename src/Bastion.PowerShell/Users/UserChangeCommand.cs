using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users;

/// <summary>A cmdlet that does one thing to users, one after the other.</summary>
public abstract class UserChangeCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Emit the users as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected Task ChangeEachAsync(string action, Func<UserReference, User> change) => ForEachAsync(User, async reference =>
    {
        User user = Engine.Users.Resolve(reference);
        if (!await ConfirmAsync(user.Name, action)) return;
        User changed = change(new UserReference(user));
        if (PassThru) Emit(changed);
    });
}
