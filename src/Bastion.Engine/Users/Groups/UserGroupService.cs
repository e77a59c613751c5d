using Bastion.Store;

namespace Bastion.Users.Groups;

/// <summary>Groups of users. How one goes is <c>Policies/GroupRemoval</c>: policies may cover it.</summary>
public sealed class UserGroupService
{
    private readonly EngineContext _context;

    internal UserGroupService(EngineContext context) => _context = context;

    /// <summary>Groups whose names fit, by name; all, if no pattern is given.</summary>
    public IReadOnlyList<UserGroup> List(IReadOnlyList<NamePattern> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _context.Database.Read(connection => UserGroupStore.All(connection).Where(g => names.Fit(g.Name)).ToList());
    }

    /// <summary>The group that a name, an id or a group means, as it is now.</summary>
    /// <exception cref="UserGroupNotFoundException">There is none.</exception>
    public UserGroup Resolve(UserGroupReference reference) => _context.Database.Read(connection => UserGroupStore.Resolve(connection, reference));

    /// <summary>The users in a group, by name.</summary>
    /// <exception cref="UserGroupNotFoundException">There is none.</exception>
    public IReadOnlyList<User> Members(UserGroupReference reference) =>
        _context.Database.Read(connection => UserGroupStore.Members(connection, UserGroupStore.Resolve(connection, reference).Id).Select(user => user.At(_context.Now)).ToList());

    /// <summary>The groups that a user is in, by name.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public IReadOnlyList<UserGroup> Of(UserReference user) => _context.Database.Read(connection => UserGroupStore.Of(connection, UserStore.Resolve(connection, user).Id));

    /// <summary>Makes a group.</summary>
    /// <exception cref="BastionException">The name is taken or bad, or a user is not there.</exception>
    public UserGroup Add(Caller caller, NewUserGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return _context.Change(caller, change =>
        {
            var made = new UserGroup { Name = Names.Check("group of users", group.Name), Comment = group.Comment };
            RefuseTwin(change.Connection, made.Name, null);
            long id = UserGroupStore.Add(change.Connection, made, change.Now);
            string members = PutIn(change.Connection, id, group.Users);
            made = UserGroupStore.Resolve(change.Connection, new UserGroupReference(id));
            change.Audit("usergroup.added", made.Name, detail: members, after: Facts(change.Connection, made));
            return made;
        });
    }

    /// <summary>Changes a group or its members. Putting in who is in already changes nothing.</summary>
    /// <exception cref="BastionException">No such group or user, who should be taken out is not in, or the name is taken or bad. Nothing was changed then.</exception>
    public UserGroup Change(Caller caller, UserGroupReference reference, UserGroupChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _context.Change(caller, change =>
        {
            UserGroup old = UserGroupStore.Resolve(change.Connection, reference);
            Dictionary<string, object?> before = Facts(change.Connection, old);
            UserGroup changed = old with { Name = update.Name is null ? old.Name : Names.Check("group of users", update.Name), Comment = update.Comment.Or(old.Comment) };
            RefuseTwin(change.Connection, changed.Name, old.Name);
            string members = string.Join(", ", new[] { PutIn(change.Connection, old.Id, update.Add), TakeOut(change.Connection, old, update.Remove) }.Where(m => m.Length > 0));
            if (changed == old && members.Length == 0) return old;
            UserGroupStore.Change(change.Connection, changed, change.Now);
            string detail = string.Join("; ", new[] { changed.Name == old.Name ? "" : $"was called {old.Name}", members }.Where(d => d.Length > 0));
            change.Audit("usergroup.changed", changed.Name, detail: detail, before: before, after: Facts(change.Connection, changed));
            return UserGroupStore.Resolve(change.Connection, new UserGroupReference(old.Id));
        });
    }

    /// <summary>Puts a user into a group within a change; who is in already stays.</summary>
    /// <exception cref="UserGroupNotFoundException">There is no such group.</exception>
    internal static void Join(Change change, UserGroupReference reference, User user)
    {
        UserGroup group = UserGroupStore.Resolve(change.Connection, reference);
        if (UserGroupStore.Of(change.Connection, user.Id).Any(g => g.Id == group.Id)) return;
        Dictionary<string, object?> before = Facts(change.Connection, group);
        UserGroupStore.PutIn(change.Connection, group.Id, user.Id);
        UserGroupStore.Change(change.Connection, group, change.Now);
        change.Audit("usergroup.changed", group.Name, detail: $"+{user.Name}", before: before, after: Facts(change.Connection, group));
    }

    /// <summary>What the audit tells of a group.</summary>
    internal static Dictionary<string, object?> Facts(Connection connection, UserGroup group) => new(StringComparer.Ordinal)
    {
        ["Name"] = group.Name,
        ["Comment"] = group.Comment,
        ["Users"] = UserGroupStore.Members(connection, group.Id).Select(u => u.Name).ToList(),
    };

    private static string PutIn(Connection connection, long group, IReadOnlyList<UserReference> users) => string.Join(", ",
        users.Select(r => UserStore.Resolve(connection, r)).Where(u => UserGroupStore.PutIn(connection, group, u.Id)).Select(u => $"+{u.Name}"));

    private static string TakeOut(Connection connection, UserGroup group, IReadOnlyList<UserReference> users) => string.Join(", ",
        users.Select(r => UserStore.Resolve(connection, r)).Select(u => UserGroupStore.TakeOut(connection, group.Id, u.Id) ? $"-{u.Name}" : throw new UserNotInGroupException(group.Name, u.Name)));

    private static void RefuseTwin(Connection connection, string name, string? own) => Names.RefuseTwin("group of users", name, own, key => UserGroupStore.IsTaken(connection, key));
}
