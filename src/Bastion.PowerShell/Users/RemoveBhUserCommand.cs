using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users;

/// <summary>Removes users with their grants. Their sessions stay in the audit.</summary>
[Cmdlet(VerbsCommon.Remove, "BhUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhUserCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(User, async reference =>
    {
        User user = Engine.Users.Resolve(reference);
        if (await ConfirmAsync(user.Name, "Remove user with all grants")) Engine.Users.Remove(Caller, new UserReference(user));
    });
}
