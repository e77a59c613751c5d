namespace Bastion.Users.SignIn;

/// <summary>How people sign in: rules for passwords, and what failures lead to. They hold for the whole store.</summary>
public sealed record SignInPolicy
{
    /// <summary>The longest password, in characters.</summary>
    public const int LongestPassword = 128;

    /// <summary>After how many failed sign-ins in a row a user is locked out; 0: never.</summary>
    public int LockAfter { get; init; } = 5;
    /// <summary>For how many minutes; 0: until somebody unlocks the user.</summary>
    public int LockMinutes { get; init; } = 30;
    /// <summary>How many minutes after the last failure the count begins anew.</summary>
    public int CountMinutes { get; init; } = 15;
    /// <summary>Fewest characters of a password.</summary>
    public int MinPasswordLength { get; init; } = 12;
    /// <summary>Of how many kinds (lower case, upper case, digits, others) its characters must be.</summary>
    public int MinPasswordClasses { get; init; } = 3;
    /// <summary>How many passwords, the present one included, can't be chosen again.</summary>
    public int PasswordHistory { get; init; } = 5;
    /// <summary>After how many days a password has to be changed; 0: never.</summary>
    public int MaxPasswordAgeDays { get; init; }
    /// <summary>Whether nobody signs in without a code.</summary>
    public bool RequireTotp { get; init; }

    /// <exception cref="InvalidSignInPolicyException">A number is out of its range.</exception>
    internal SignInPolicy Check()
    {
        Check(nameof(LockAfter), LockAfter, 0, 999);
        Check(nameof(LockMinutes), LockMinutes, 0, 10080);
        Check(nameof(CountMinutes), CountMinutes, 1, 10080);
        Check(nameof(MinPasswordLength), MinPasswordLength, 8, LongestPassword);
        Check(nameof(MinPasswordClasses), MinPasswordClasses, 1, 4);
        Check(nameof(PasswordHistory), PasswordHistory, 0, 24);
        Check(nameof(MaxPasswordAgeDays), MaxPasswordAgeDays, 0, 3650);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Values().Select(v => $"{v.Name} {v.Value}"));

    /// <summary>What differs from another, for people.</summary>
    internal string Compare(SignInPolicy before) => string.Join(", ", Values().Zip(before.Values()).Where(pair => !pair.First.Value.Equals(pair.Second.Value)).Select(pair => $"{pair.First.Name} {pair.Second.Value} → {pair.First.Value}"));

    private (string Name, object Value)[] Values() =>
    [
        (nameof(LockAfter), LockAfter), (nameof(LockMinutes), LockMinutes), (nameof(CountMinutes), CountMinutes), (nameof(MinPasswordLength), MinPasswordLength),
        (nameof(MinPasswordClasses), MinPasswordClasses), (nameof(PasswordHistory), PasswordHistory), (nameof(MaxPasswordAgeDays), MaxPasswordAgeDays),
        (nameof(RequireTotp), RequireTotp),
    ];

    private static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new InvalidSignInPolicyException(name, least, most);
    }
}

/// <summary>What to change of the rules; what is not set stays.</summary>
public sealed record SignInPolicyChange
{
    /// <summary>After how many failed sign-ins in a row a user is locked out; 0: never.</summary>
    public int? LockAfter { get; init; }
    /// <summary>For how many minutes; 0: until somebody unlocks the user.</summary>
    public int? LockMinutes { get; init; }
    /// <summary>How many minutes after the last failure the count begins anew.</summary>
    public int? CountMinutes { get; init; }
    /// <summary>Fewest characters of a password.</summary>
    public int? MinPasswordLength { get; init; }
    /// <summary>Of how many kinds its characters must be.</summary>
    public int? MinPasswordClasses { get; init; }
    /// <summary>How many passwords can't be chosen again.</summary>
    public int? PasswordHistory { get; init; }
    /// <summary>After how many days a password has to be changed; 0: never.</summary>
    public int? MaxPasswordAgeDays { get; init; }
    /// <summary>Whether nobody signs in without a code.</summary>
    public bool? RequireTotp { get; init; }

    internal SignInPolicy Of(SignInPolicy present) => new()
    {
        LockAfter = LockAfter ?? present.LockAfter,
        LockMinutes = LockMinutes ?? present.LockMinutes,
        CountMinutes = CountMinutes ?? present.CountMinutes,
        MinPasswordLength = MinPasswordLength ?? present.MinPasswordLength,
        MinPasswordClasses = MinPasswordClasses ?? present.MinPasswordClasses,
        PasswordHistory = PasswordHistory ?? present.PasswordHistory,
        MaxPasswordAgeDays = MaxPasswordAgeDays ?? present.MaxPasswordAgeDays,
        RequireTotp = RequireTotp ?? present.RequireTotp,
    };
}

/// <summary>A number of the rules is out of its range.</summary>
/// <param name="name">Which.</param>
/// <param name="least">The least.</param>
/// <param name="most">The most.</param>
public sealed class InvalidSignInPolicyException(string name, int least, int most) : BastionException("InvalidSignInPolicy", ErrorKind.InvalidInput, name,
    $"{name} has to be from {least} to {most}.");
