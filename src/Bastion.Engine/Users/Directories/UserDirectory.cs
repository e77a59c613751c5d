namespace Bastion.Users.Directories;

/// <summary>A directory (LDAP, Active Directory) that knows users and their passwords. It is asked over TLS only.</summary>
public sealed record UserDirectory
{
    /// <summary>Stable id; never given to another directory.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Name or address of the server, as its certificate has it.</summary>
    public required string Server { get; init; }
    /// <summary>Port for LDAP over TLS.</summary>
    public int Port { get; init; } = 636;
    /// <summary>Where its users are, e.g. <c>ou=people,dc=example,dc=org</c>.</summary>
    public required string BaseDn { get; init; }
    /// <summary>As whom it is searched; <see langword="null"/>: without signing in.</summary>
    public string? BindDn { get; init; }
    /// <summary>Which entries are users.</summary>
    public string Filter { get; init; } = "(objectClass=person)";
    /// <summary>The attribute that holds the name to sign in with: <c>uid</c>; with Active Directory <c>sAMAccountName</c>.</summary>
    public string NameAttribute { get; init; } = "uid";
    /// <summary>The attribute that holds the name for people.</summary>
    public string DisplayNameAttribute { get; init; } = "cn";
    /// <summary>The attribute that holds the e-mail address.</summary>
    public string EmailAttribute { get; init; } = "mail";
    /// <summary>A folder of certificates of the authorities to trust, as <c>openssl rehash</c> leaves it; <see langword="null"/>: those that the system trusts.</summary>
    public string? CertificateFolder { get; init; }
    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Whether a directory can be used.</summary>
/// <param name="Directory">Its name.</param>
/// <param name="IsWorking">Whether it was reached, took the password and could be searched.</param>
/// <param name="Users">How many users it has.</param>
/// <param name="Problem">What is wrong; <see langword="null"/>: nothing.</param>
public sealed record UserDirectoryTest(string Directory, bool IsWorking, int Users, string? Problem);

/// <summary>A user as a directory has it.</summary>
internal sealed record DirectoryEntry(string Dn, string? Name, string? DisplayName, string? Email);
