using System.Text;
using System.Text.RegularExpressions;
using Bastion.Users.Import;
using Bastion.Vault;

namespace Bastion.Users.Directories;

/// <summary>Directories that know users: where they are, who is in them, and whether a password is right.</summary>
public sealed partial class UserDirectoryService
{
    private readonly EngineContext _context;

    internal UserDirectoryService(EngineContext context) => _context = context;

    /// <summary>Directories whose names fit, by name; all, if no pattern is given.</summary>
    public IReadOnlyList<UserDirectory> List(IReadOnlyList<NamePattern> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _context.Database.Read(connection => UserDirectoryStore.All(connection).Where(d => names.Fit(d.Name)).ToList());
    }

    /// <summary>The directory of a name.</summary>
    /// <exception cref="UserDirectoryException">There is none.</exception>
    public UserDirectory Resolve(string name) => _context.Database.Read(connection => UserDirectoryStore.Resolve(connection, name));

    /// <summary>Adds a directory. It is not asked yet.</summary>
    /// <param name="caller">Who adds.</param>
    /// <param name="directory">Where it is.</param>
    /// <param name="password">The password of <see cref="UserDirectory.BindDn"/>, UTF-8; the caller wipes it.</param>
    /// <exception cref="BastionException">The name is taken or bad, or something given can't be used.</exception>
    public UserDirectory Add(Caller caller, UserDirectory directory, byte[]? password)
    {
        ArgumentNullException.ThrowIfNull(directory);
        Check(directory, password);
        return _context.Change(caller, change =>
        {
            UserDirectory made = directory with { Name = Names.Check("directory", directory.Name), CreatedAt = change.Now };
            Names.RefuseTwin("directory", made.Name, null, key => UserDirectoryStore.IsTaken(change.Connection, key));
            made = made with { Id = UserDirectoryStore.Add(change.Connection, made) };
            if (password is not null) change.Vault.Put(change.Connection, Purpose(made.Id), password, change.Now);
            change.Audit("directory.added", made.Name, detail: $"{made.Server}:{made.Port}, {made.BaseDn}", after: made);
            return made;
        });
    }

    /// <summary>Removes a directory that knows no user any more.</summary>
    /// <exception cref="UserDirectoryException">There is none, or it knows users.</exception>
    public UserDirectory Remove(Caller caller, string name) => _context.Change(caller, change =>
    {
        UserDirectory directory = UserDirectoryStore.Resolve(change.Connection, name);
        if (UserDirectoryStore.Users(change.Connection, directory.Id) is > 0 and var users) throw UserDirectoryException.InUse(directory.Name, users);
        SecretStore.Remove(change.Connection, Purpose(directory.Id));
        UserDirectoryStore.Remove(change.Connection, directory.Id);
        change.Audit("directory.removed", directory.Name, before: directory);
        return directory;
    });

    /// <summary>Tries a directory: reaches it, signs in and counts its users.</summary>
    /// <exception cref="BastionException">There is no such directory, or the caller may not use its password.</exception>
    public UserDirectoryTest Test(string name)
    {
        _context.RequireEverything(Role.Administrator);
        UserDirectory directory = Resolve(name);
        try
        {
            using LdapSession session = Open(directory);
            return new UserDirectoryTest(directory.Name, true, session.Find(null).Count(), null);
        }
        catch (UserDirectoryException e)
        {
            return new UserDirectoryTest(directory.Name, false, 0, e.Message);
        }
    }

    /// <summary>The users of a directory, one by one, to be imported.</summary>
    /// <exception cref="BastionException">There is none, it can't be asked, or the caller may not use its password.</exception>
    public IEnumerable<UserImportRow> Users(string name)
    {
        _context.RequireEverything(Role.Administrator);
        UserDirectory directory = Resolve(name);
        using LdapSession session = Open(directory);
        long number = 0;
        foreach (DirectoryEntry entry in session.Find(null))
        {
            yield return new UserImportRow { Line = ++number, Name = entry.Name ?? "", DisplayName = new(true, entry.DisplayName), Email = new(true, entry.Email), Directory = directory };
        }
    }

    /// <summary>Whether a password is a user's in its directory. Whose it is the directory says: the search's answer, never what was typed.</summary>
    /// <exception cref="UserDirectoryException">It can't be asked.</exception>
    internal bool Verify(User user, byte[] password)
    {
        UserDirectory? directory = _context.Database.Read(connection => UserDirectoryStore.Find(connection, user.DirectoryId!.Value));
        if (directory is null || password.Length == 0) return false;
        string dn;
        using (LdapSession search = Open(directory))
        {
            // Nobody of that name, or several: nobody.
            if (search.Find(user.DirectoryName!).Take(2).ToArray() is not [var only]) return false;
            dn = only.Dn;
        }

        try
        {
            LdapSession.Open(directory, dn, Encoding.UTF8.GetString(password)).Dispose();
            return true;
        }
        catch (UserDirectoryException e) when (e.IsRefusal)
        {
            return false;
        }
    }

    private LdapSession Open(UserDirectory directory) =>
        LdapSession.Open(directory, directory.BindDn, directory.BindDn is null ? null : _context.Database.Read(connection => _context.Vault.GetText(connection, Purpose(directory.Id))));

    private static void Check(UserDirectory directory, byte[]? password)
    {
        if (directory.Server.Length == 0 || Uri.CheckHostName(directory.Server) == UriHostNameType.Unknown) throw UserDirectoryException.Invalid("-Server", "it is no name or address of a host");
        if (directory.Port is < 1 or > 65535) throw UserDirectoryException.Invalid("-Port", "it is not from 1 to 65535");
        if (string.IsNullOrWhiteSpace(directory.BaseDn)) throw UserDirectoryException.Invalid("-BaseDn", "it is empty");
        if (directory.Filter is not ['(', .., ')']) throw UserDirectoryException.Invalid("-Filter", "it has no parentheses around it");
        foreach (string attribute in new[] { directory.NameAttribute, directory.DisplayNameAttribute, directory.EmailAttribute })
        {
            if (!AttributeForm().IsMatch(attribute)) throw UserDirectoryException.Invalid("An attribute", "its name has other characters than letters, digits and hyphens");
        }

        if (directory.BindDn is null != password is null || password is { Length: 0 }) throw UserDirectoryException.Invalid("-BindDn", "it needs its password beside it, and the password it");
        if (directory.CertificateFolder is { } folder && !Directory.Exists(folder)) throw UserDirectoryException.Invalid("-CertificateFolder", "it is not there");
    }

    private static string Purpose(long id) => $"user-directory/{id}/password";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,63}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AttributeForm();
}
