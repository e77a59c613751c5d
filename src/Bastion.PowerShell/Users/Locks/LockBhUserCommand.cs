using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Locks;

/// <summary>Locks users: they sign in nowhere and open no session, and their running sessions end.</summary>
[Cmdlet(VerbsCommon.Lock, "BhUser", SupportsShouldProcess = true)]
[OutputType(typeof(User))]
public sealed class LockBhUserCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>When the lock ends by itself. Without it: until Unlock-BhUser.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Why, for administrators and the audit.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Emit the locked users.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(User, async reference =>
    {
        User user = Engine.Users.Resolve(reference);
        if (!await ConfirmAsync(user.Name, "Lock user and end its sessions")) return;
        User locked = Engine.UserLocks.Lock(Caller, new UserReference(user), Until, Reason);
        if (PassThru) Emit(locked);
    });
}
