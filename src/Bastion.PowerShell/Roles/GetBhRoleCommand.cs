using System.Management.Automation;
using Bastion.Accounts.Projects;
using Bastion.PowerShell.Accounts.Projects;
using Bastion.PowerShell.Users;
using Bastion.PowerShell.Users.Groups;
using Bastion.Roles;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Roles;

/// <summary>Lists who holds which roles, and for what.</summary>
[Cmdlet(VerbsCommon.Get, "BhRole")]
[OutputType(typeof(RoleHolding))]
public sealed class GetBhRoleCommand : EngineCommand
{
    /// <summary>Only these roles.</summary>
    [Parameter(Position = 0)]
    public Role[] Role { get; set; } = [];

    /// <summary>Only what this user holds, itself or through its groups.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [CompletesName<UserNames>]
    public UserReference? User { get; set; }

    /// <summary>Only what this group of users holds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserGroupNames>]
    public UserGroupReference? UserGroup { get; set; }

    /// <summary>Only what is held for this project; what is held for everything counts too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<ProjectNames>]
    public ProjectReference? Project { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        Emit(Engine.Roles.List(new RoleFilter { Roles = Role, User = User, UserGroup = UserGroup, Project = Project }));
        return Task.CompletedTask;
    }
}
