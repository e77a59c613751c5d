using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users.Locks;

/// <summary>Locks users: they sign in nowhere and open no session, and their running sessions end.</summary>
[Cmdlet(VerbsCommon.Lock, "BhUser", SupportsShouldProcess = true)]
[OutputType(typeof(User))]
public sealed class LockBhUserCommand : UserChangeCommand
{
    /// <summary>When the lock ends by itself. Without it: until Unlock-BhUser.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Why, for administrators and the audit.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ChangeEachAsync("Lock user and end its sessions", user => Engine.UserLocks.Lock(Caller, user, Until, Reason));
}
