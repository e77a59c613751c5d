using Bastion.Store;

namespace Bastion.Accounts.Projects;

/// <summary>Sets of accounts. Who holds a role for a project, holds it for the accounts that are in it at that moment.</summary>
public sealed class ProjectService
{
    private readonly EngineContext _context;

    internal ProjectService(EngineContext context) => _context = context;

    /// <summary>Projects whose names fit, by name; all, if no pattern is given.</summary>
    public IReadOnlyList<Project> List(IReadOnlyList<NamePattern> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _context.Database.Read(connection => ProjectStore.All(connection).Where(p => names.Fit(p.Name)).ToList());
    }

    /// <summary>The project that a name, an id or a project means, as it is now.</summary>
    /// <exception cref="ProjectNotFoundException">There is none.</exception>
    public Project Resolve(ProjectReference reference) => _context.Database.Read(connection => ProjectStore.Resolve(connection, reference));

    /// <summary>Makes a project.</summary>
    /// <exception cref="BastionException">The name is taken or bad; an account is not there, or in another project. Nothing was made then.</exception>
    public Project Add(Caller caller, NewProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return _context.Change(caller, change =>
        {
            var made = new Project { Name = Names.Check("project", project.Name), Comment = project.Comment };
            RefuseTwin(change.Connection, made.Name, null);
            made = made with { Id = ProjectStore.Add(change.Connection, made, change.Now) };
            foreach (string account in project.Accounts) PutIn(change.Connection, made, account);
            made = ProjectStore.Resolve(change.Connection, new ProjectReference(made));
            change.Audit("project.added", made.Name, detail: string.Join(", ", made.Accounts), after: made);
            return made;
        });
    }

    /// <summary>Changes a project or its accounts. Who holds roles for it holds them for the new ones and no longer for the old, at once. Putting in what is in already changes nothing.</summary>
    /// <exception cref="BastionException">No such project; an account is not there, in another project, or not in this one; the name is taken or bad. Nothing was changed then.</exception>
    public Project Change(Caller caller, ProjectReference reference, ProjectChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _context.Change(caller, change =>
        {
            Project old = ProjectStore.Resolve(change.Connection, reference);
            Project changed = old with { Name = update.Name is null ? old.Name : Names.Check("project", update.Name), Comment = update.Comment.Or(old.Comment) };
            RefuseTwin(change.Connection, changed.Name, old.Name);
            foreach (string account in update.Remove) TakeOut(change.Connection, old, account);
            foreach (string account in update.Add) PutIn(change.Connection, old, account);
            bool members = !ProjectStore.Resolve(change.Connection, new ProjectReference(old)).Accounts.SequenceEqual(old.Accounts, StringComparer.Ordinal);
            if (changed == old && !members) return old;
            ProjectStore.Change(change.Connection, changed, change.Now);
            changed = ProjectStore.Resolve(change.Connection, new ProjectReference(old));
            change.Audit("project.changed", changed.Name, detail: members ? string.Join(", ", changed.Accounts) : null, before: old, after: changed);
            return changed;
        });
    }

    /// <summary>Removes a project with the roles that are held for it. Its accounts and what they own stay.</summary>
    /// <exception cref="ProjectNotFoundException">There is none.</exception>
    public Project Remove(Caller caller, ProjectReference reference) => _context.Change(caller, change =>
    {
        Project project = ProjectStore.Resolve(change.Connection, reference);
        ProjectStore.Remove(change.Connection, project.Id);
        change.Audit("project.removed", project.Name, detail: string.Join(", ", project.Accounts), before: project);
        return project;
    });

    private static void PutIn(Connection connection, Project project, string account)
    {
        string id = AccountIds.Check(account);
        Project? present = ProjectStore.Of(connection, id);
        if (present?.Id == project.Id) return;
        if (present is not null) throw new AccountInProjectException(id, present.Name);
        if (!ProjectStore.IsKnown(connection, id)) throw new MemberAccountNotFoundException(id, inDirectory: false);
        ProjectStore.PutIn(connection, project.Id, id);
    }

    private static void TakeOut(Connection connection, Project project, string account)
    {
        if (ProjectStore.Of(connection, account)?.Id != project.Id) throw new AccountNotInProjectException(account, project.Name);
        ProjectStore.TakeOut(connection, account);
    }

    private static void RefuseTwin(Connection connection, string name, string? own) => Names.RefuseTwin("project", name, own, key => ProjectStore.IsTaken(connection, key));
}
