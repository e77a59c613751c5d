using Bastion.Accounts.Projects;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Roles;

/// <summary>Who may do what. Nobody can give what he does not hold: administrators for everything give any role, those of a project give roles for that project.</summary>
public sealed class RoleService
{
    private readonly EngineContext _context;

    internal RoleService(EngineContext context) => _context = context;

    /// <summary>Roles that fit, by holder; those of users first.</summary>
    /// <exception cref="BastionException">No such user, group or project.</exception>
    public IReadOnlyList<RoleHolding> List(RoleFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _context.Database.Read(connection => RoleStore.List(connection,
                filter.User is { } user ? UserStore.Resolve(connection, user).Id : null,
                filter.UserGroup is { } group ? UserGroupStore.Resolve(connection, group).Id : null,
                filter.Project is { } project ? ProjectStore.Resolve(connection, project).Id : null)
            .Where(holding => filter.Roles.Count == 0 || filter.Roles.Contains(holding.Role))
            .ToList());
    }

    /// <summary>Gives a role. It holds at once. Giving one that is held changes nothing.</summary>
    /// <param name="caller">Who gives.</param>
    /// <param name="to">To whom.</param>
    /// <param name="role">The role.</param>
    /// <param name="project">For which project; <see langword="null"/>: for everything.</param>
    /// <exception cref="BastionException">No such user, group or project; or the caller does not administer the project.</exception>
    public RoleHolding Add(Caller caller, RoleHolder to, Role role, ProjectReference? project)
    {
        ArgumentNullException.ThrowIfNull(to);
        return _context.ChangeOwned(caller, change =>
        {
            RoleHolding asked = Resolve(change, to, role, project);
            if (RoleStore.Add(change.Connection, asked)) change.Audit("role.granted", asked.ToString(), detail: null, after: Facts(asked));
            return Held(change.Connection, asked) ?? throw new InvalidOperationException("The role that was given is not there.");
        });
    }

    /// <summary>Takes a role away. It ends at once; sessions that rest on it end within a second.</summary>
    /// <param name="caller">Who takes it.</param>
    /// <param name="from">From whom. What a user holds through a group stays.</param>
    /// <param name="role">The role.</param>
    /// <param name="project">For which project; <see langword="null"/>: for everything. What is held for projects stays then.</param>
    /// <exception cref="BastionException">No such user, group or project; the role is not held; or the caller does not administer the project.</exception>
    public RoleHolding Remove(Caller caller, RoleHolder from, Role role, ProjectReference? project)
    {
        ArgumentNullException.ThrowIfNull(from);
        return _context.ChangeOwned(caller, change =>
        {
            RoleHolding asked = Resolve(change, from, role, project);
            RoleHolding held = Held(change.Connection, asked)
                ?? throw new RoleNotHeldException(from.ToString(), role, asked.Project, string.Join("; ", RoleStore.List(change.Connection, asked.UserId, asked.UserGroupId, null)
                    .Where(h => h.ProjectId is not { } id || change.Rights.For(Role.Administrator, id)).Select(h => h.ToString())));
            RoleStore.Remove(change.Connection, held.Id);
            change.Audit("role.revoked", held.ToString(), detail: null, before: Facts(held));
            return held;
        });
    }

    private static RoleHolding Resolve(Change change, RoleHolder holder, Role role, ProjectReference? reference)
    {
        Project? project = reference is null ? null : ProjectStore.Resolve(change.Connection, reference);
        if (project is null) change.AuthorizeEverything();
        else change.AuthorizeProject(project.Id, project.Name);
        User? user = holder.User is { } named ? UserStore.Resolve(change.Connection, named) : null;
        UserGroup? group = holder.Group is { } members ? UserGroupStore.Resolve(change.Connection, members) : null;
        return new RoleHolding
        {
            Role = Enum.IsDefined(role) ? role : throw new ArgumentOutOfRangeException(nameof(role)),
            UserId = user?.Id,
            User = user?.Name,
            UserGroupId = group?.Id,
            UserGroup = group?.Name,
            ProjectId = project?.Id,
            Project = project?.Name,
            GrantedAt = change.Now,
            GrantedBy = change.Caller.Name,
        };
    }

    private static RoleHolding? Held(Connection connection, RoleHolding asked) => RoleStore.List(connection, asked.UserId, asked.UserGroupId, null)
        .FirstOrDefault(h => h.Role == asked.Role && h.ProjectId == asked.ProjectId && h.UserId == asked.UserId && h.UserGroupId == asked.UserGroupId);

    private static Dictionary<string, object?> Facts(RoleHolding holding) => new(StringComparer.Ordinal)
    {
        ["Role"] = holding.Role,
        ["User"] = holding.User,
        ["UserGroup"] = holding.UserGroup,
        ["Project"] = holding.Project ?? "(everything)",
    };
}
