using System.Management.Automation;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users.Groups;

/// <summary>Removes groups of users with the grants to them. The users stay.</summary>
[Cmdlet(VerbsCommon.Remove, "BhUserGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhUserGroupCommand : EngineCommand
{
    /// <summary>Groups by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserGroupNames>]
    public UserGroupReference[] UserGroup { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(UserGroup, async reference =>
    {
        UserGroup group = Engine.UserGroups.Resolve(reference);
        if (await ConfirmAsync(group.Name, $"Remove group of {group.Users} {(group.Users == 1 ? "user" : "users")} with the grants to it"))
            Engine.GroupRemoval.Remove(Caller, new UserGroupReference(group));
    });
}
