using System.DirectoryServices.Protocols;

namespace Bastion.Users.Directories;

/// <summary>A directory can't be used.</summary>
public sealed class UserDirectoryException : BastionException
{
    private const int InvalidCredentials = 49;

    private UserDirectoryException(string id, ErrorKind kind, string directory, string message, Exception? inner = null)
        : base(id, kind, directory, message, inner)
    {
    }

    internal static UserDirectoryException NotFound(string name, string? near) => new("DirectoryNotFound", ErrorKind.NotFound, Printable.Escape(name),
        $"No directory is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhDirectory lists them.");

    internal static UserDirectoryException InUse(string name, long users) => new("DirectoryInUse", ErrorKind.Conflict, name,
        $"Directory '{name}' knows {users} users here. Remove them first: a user without its directory could not be told from a local one.");

    internal static UserDirectoryException Invalid(string what, string why) => new("DirectoryInvalid", ErrorKind.InvalidInput, what, $"{what} can't be used: {why}.");

    /// <summary>Whether the server was reached and refused name or password.</summary>
    internal bool IsRefusal => Id == "DirectoryRefused";

    internal static UserDirectoryException From(UserDirectory directory, Exception cause) => cause switch
    {
        LdapException { ErrorCode: InvalidCredentials } => new("DirectoryRefused", ErrorKind.Authentication, directory.Name,
            $"Directory '{directory.Name}' does not take the name and password. Give the right ones: Remove-BhDirectory, New-BhDirectory.", cause),
        DirectoryOperationException => new("DirectorySearchFailed", ErrorKind.Connection, directory.Name,
            $"Directory '{directory.Name}' could not be searched at '{directory.BaseDn}': {Printable.Escape(cause.Message)} Check -BaseDn, -Filter and the rights of -BindDn.", cause),
        _ => new("DirectoryUnreachable", ErrorKind.Connection, directory.Name,
            $"Directory '{directory.Name}' can't be reached at {directory.Server}:{directory.Port} over TLS: {Printable.Escape(cause.Message)} Check the address, that the certificate is for this name, and that its authority is trusted (-CertificateFolder).", cause),
    };
}

/// <summary>The user's password is the directory's.</summary>
/// <param name="user">Who.</param>
public sealed class UserFromDirectoryException(string user) : BastionException("UserFromDirectory", ErrorKind.Conflict, user,
    $"User '{user}' signs in with the password of a directory. Change it there.");
