using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Locks;

/// <summary>Unlocks users, whether an administrator or failed sign-ins locked them.</summary>
[Cmdlet(VerbsCommon.Unlock, "BhUser", SupportsShouldProcess = true)]
[OutputType(typeof(User))]
public sealed class UnlockBhUserCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Emit the users as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(User, async reference =>
    {
        User user = Engine.Users.Resolve(reference);
        if (!await ConfirmAsync(user.Name, "Unlock user")) return;
        User unlocked = Engine.UserLocks.Unlock(Caller, new UserReference(user));
        if (PassThru) Emit(unlocked);
    });
}
