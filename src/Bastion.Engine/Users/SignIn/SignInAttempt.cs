namespace Bastion.Users.SignIn;

/// <summary>What somebody gives to sign in. Secrets are UTF-8; the caller wipes them.</summary>
public sealed record SignInAttempt
{
    /// <summary>Name of the user.</summary>
    public required string Name { get; init; }
    /// <summary>The password.</summary>
    public required byte[] Password { get; init; }
    /// <summary>The code that the user's generator shows; <see langword="null"/>: none is given.</summary>
    public string? TotpCode { get; init; }
    /// <summary>A password to use from now on; <see langword="null"/>: the present one stays.</summary>
    public byte[]? NewPassword { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Somebody who signed in.</summary>
/// <param name="User">Who.</param>
/// <param name="Caller">As whom the engine knows that person from now on.</param>
public sealed record SignedIn(User User, Caller Caller);
