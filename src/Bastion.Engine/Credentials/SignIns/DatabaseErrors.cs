namespace Bastion.Credentials.SignIns;

/// <summary>A database can't be reached.</summary>
public sealed class DatabaseUnreachableException : BastionException
{
    internal DatabaseUnreachableException(SignInTarget target, Exception cause)
        : base("DatabaseUnreachable", ErrorKind.Connection, target.Asset.Name, $"{target.Place} can't be reached: {Printable.Escape(cause.Message)} Check the address, the port and the network between.", cause)
    {
    }

    internal DatabaseUnreachableException(SignInTarget target)
        : base("DatabaseUnreachable", ErrorKind.Connection, target.Asset.Name, $"{target.Place} did not complete the sign-in within {target.Timeout.TotalSeconds:0.###} s. Check the address, the port and the network between; -ConnectTimeout waits longer.")
    {
    }
}

/// <summary>A database did not accept an account's password.</summary>
public sealed class DatabaseSignInFailedException : BastionException
{
    internal DatabaseSignInFailedException(SignInTarget target, Exception cause)
        : base("DatabaseSignInFailed", ErrorKind.Authentication, target.Account.ToString(),
            $"'{Printable.Escape(target.Account.Name)}' could not sign in to {target.Place}: {Printable.Escape(cause.Message)} Check the login and set the right password with Set-BhAssetAccount.", cause)
    {
    }
}

/// <summary>Bastion does not sign in over the protocol.</summary>
/// <param name="account">The account.</param>
/// <param name="protocol">Its protocol.</param>
public sealed class SignInUnsupportedException(string account, string protocol) : BastionException("SignInUnsupported", ErrorKind.InvalidInput, account,
    $"'{account}' is an account for {protocol}, over which Bastion does not sign in; it does over SSH, MySQL and PostgreSQL.");
