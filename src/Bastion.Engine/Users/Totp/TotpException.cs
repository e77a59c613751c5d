namespace Bastion.Users.Totp;

/// <summary>A code generator can't be registered or confirmed.</summary>
public sealed class TotpException : BastionException
{
    private TotpException(string id, ErrorKind kind, string subject, string message)
        : base(id, kind, subject, message)
    {
    }

    internal static TotpException NotPending(string user) => new("TotpNotPending", ErrorKind.NotFound, user,
        $"No code generator of user '{user}' waits for its first code. Make one with: Register-BhUserTotp '{user}'");

    internal static TotpException WrongCode(string user) => new("TotpCodeWrong", ErrorKind.Authentication, user,
        $"This is not the code of user '{user}' now. Give the one that the app shows at this moment; if it is refused again, set the clocks of the phone and of this computer right, or scan anew with Register-BhUserTotp.");

    /// <exception cref="TotpException">The file's ending is neither of a PNG nor of an SVG.</exception>
    internal static void CheckPicture(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is not (".PNG" or ".SVG"))
            throw new TotpException("TotpPictureFormat", ErrorKind.InvalidInput, path, $"'{path}' ends neither in .png nor in .svg. Name the file for the QR code so that its ending says which it is.");
    }
}
