using System.Management.Automation;
using Bastion.Accounts.Projects;
using Bastion.PowerShell.Accounts.Projects;
using Bastion.PowerShell.Users;
using Bastion.PowerShell.Users.Groups;
using Bastion.Roles;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Roles;

/// <summary>A cmdlet that gives or takes roles: of users or groups of users, for projects or for everything.</summary>
public abstract class RoleCommand : EngineCommand
{
    /// <summary>Roles.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public Role[] Role { get; set; } = [];

    // Not mandatory, each: a role from the pipeline is a user's or a group's.

    /// <summary>Users by name or object.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference?[]? User { get; set; }

    /// <summary>Groups of users: all users in them, later ones too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserGroupNames>]
    public UserGroupReference?[]? UserGroup { get; set; }

    /// <summary>For the accounts of these projects; without any, for everything.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<ProjectNames>]
    public ProjectReference?[]? Project { get; set; }

    /// <summary>Works through every role of everybody who is named, for everything that is named.</summary>
    /// <exception cref="RoleHolderMissingException">Nobody is named.</exception>
    private protected Task ForEachRoleAsync(Func<RoleHolder, Role, ProjectReference?, Task> work)
    {
        RoleHolder[] holders = [.. Named(User).Select(u => new RoleHolder(u)), .. Named(UserGroup).Select(g => new RoleHolder(g))];
        if (holders.Length == 0) throw new RoleHolderMissingException();
        ProjectReference?[] projects = [.. Named(Project)];
        // What is given for a project that can't be read must not become everything.
        if (projects.Length == 0) projects = [null];
        return ForEachAsync(from holder in holders from role in Role from project in projects select (holder, role, project), one => work(one.holder, one.role, one.project));
    }

    private protected static string For(ProjectReference? project) => project is null ? "everything" : $"project '{project}'";
}
