using Bastion.Store;
using Bastion.Users.Directories;
using Bastion.Users.Groups;

namespace Bastion.Users.Import;

/// <summary>Brings users in from lists: makes those that are new, changes those that are there. Doing it again changes nothing.</summary>
public sealed class UserImportService
{
    private readonly EngineContext _context;

    internal UserImportService(EngineContext context) => _context = context;

    /// <summary>What an import would do with a user.</summary>
    /// <exception cref="UserImportException">It can't be done.</exception>
    public UserImportResult Plan(UserImportRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Guard(row, () => _context.Database.Read(connection => Plan(connection, row)));
    }

    /// <summary>Imports a user with its groups, whole or not at all.</summary>
    /// <exception cref="UserImportException">It can't be done. Nothing was changed then.</exception>
    public UserImportResult Apply(Caller caller, UserImportRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Guard(row, () => _context.Change(caller, change =>
        {
            UserImportResult plan = Plan(change.Connection, row);
            if (plan.Action == UserImportAction.None) return plan;
            User user = UserStore.Find(change.Connection, row.Name) is { } present
                ? UserService.Change(change, present, row.ToChange())
                : UserService.Add(change, UserService.Check(row.ToNew(), change.Now), null);
            if (row.Directory is { } directory) UserDirectoryStore.Link(change.Connection, user.Id, directory.Id, row.Name);
            foreach (string group in row.Groups) UserGroupService.Join(change, new UserGroupReference(group), user);
            return plan;
        }));
    }

    private UserImportResult Plan(Connection connection, UserImportRow row)
    {
        UserGroup[] groups = [.. row.Groups.Select(name => UserGroupStore.Resolve(connection, new UserGroupReference(name)))];
        if (UserStore.Find(connection, row.Name) is not { } present)
        {
            User made = UserService.Check(row.ToNew(), _context.Now);
            return new UserImportResult(row.Line, made.Name, UserImportAction.Add, string.Join(", ", groups.Select(g => $"+{g.Name}")));
        }

        // Whoever keeps the directory could otherwise sign in as somebody that it does not know.
        if (row.Directory is { } directory && present.DirectoryId != directory.Id)
            throw new UserImportException(row.Line, row.Name, "a user of that name is here already, and this directory does not know it. Rename or remove it first.");
        IReadOnlyList<UserGroup> isIn = UserGroupStore.Of(connection, present.Id);
        string[] changes = [.. Fields(present, UserService.Changed(present, row.ToChange())), .. groups.Where(g => isIn.All(i => i.Id != g.Id)).Select(g => $"+{g.Name}").Distinct(StringComparer.Ordinal)];
        return new UserImportResult(row.Line, present.Name, changes.Length == 0 ? UserImportAction.None : UserImportAction.Change, string.Join(", ", changes));
    }

    private static IEnumerable<string> Fields(User before, User after) => new[]
    {
        before.DisplayName == after.DisplayName ? "" : nameof(User.DisplayName),
        before.Email == after.Email ? "" : nameof(User.Email),
        before.Comment == after.Comment ? "" : nameof(User.Comment),
        before.ValidFrom == after.ValidFrom ? "" : nameof(User.ValidFrom),
        before.ValidUntil == after.ValidUntil ? "" : nameof(User.ValidUntil),
    }.Where(field => field.Length > 0);

    private static UserImportResult Guard(UserImportRow row, Func<UserImportResult> work)
    {
        try
        {
            return work();
        }
        catch (BastionException e) when (e is not UserImportException && e.Kind is ErrorKind.InvalidInput or ErrorKind.NotFound or ErrorKind.AlreadyExists)
        {
            throw new UserImportException(row.Line, row.Name, e.Message, e);
        }
    }
}
