using System.Security.Cryptography;

namespace Bastion.Credentials.Rotation;

/// <summary>Kinds of characters of a password.</summary>
[Flags]
public enum CharacterClasses
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>A to Z.</summary>
    Upper = 1,
    /// <summary>a to z.</summary>
    Lower = 2,
    /// <summary>0 to 9.</summary>
    Digit = 4,
    /// <summary>Punctuation that neither shells nor connection strings mind.</summary>
    Special = 8,
    /// <summary>All of them.</summary>
    All = Upper | Lower | Digit | Special,
}

/// <summary>What a new password is made of.</summary>
public sealed record SecretRules
{
    /// <summary>Shortest and longest password.</summary>
    public const int Shortest = 8, Longest = 128;

    private static readonly (CharacterClasses Class, string Characters)[] Alphabets =
    [
        (CharacterClasses.Upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        (CharacterClasses.Lower, "abcdefghijklmnopqrstuvwxyz"),
        (CharacterClasses.Digit, "0123456789"),
        (CharacterClasses.Special, "!#%+,-./=@^_~"),
    ];

    /// <summary>How many characters.</summary>
    public int Length { get; init; } = 24;

    /// <summary>Which kinds; at least one character of each.</summary>
    public CharacterClasses Classes { get; init; } = CharacterClasses.All;

    /// <summary>Characters that are not used.</summary>
    public string Excluded { get; init; } = "";

    /// <summary>Makes a password, UTF-8. The caller wipes it.</summary>
    /// <exception cref="InvalidSecretRulesException">The rules allow none.</exception>
    internal byte[] Generate()
    {
        string[] alphabets = [.. Alphabets.Where(a => Classes.HasFlag(a.Class)).Select(a => string.Concat(a.Characters.Except(Excluded)))];
        if (Length is < Shortest or > Longest) throw new InvalidSecretRulesException($"a password has {Shortest} to {Longest} characters");
        if (alphabets.Length == 0) throw new InvalidSecretRulesException("no class of characters is left");
        if (alphabets.Any(a => a.Length == 0)) throw new InvalidSecretRulesException("all characters of a class are excluded");
        string all = string.Concat(alphabets);
        byte[] secret = new byte[Length];
        for (int i = 0; i < Length; i++) secret[i] = (byte)Any(i < alphabets.Length ? alphabets[i] : all);
        RandomNumberGenerator.Shuffle(secret.AsSpan());
        return secret;
    }

    private static char Any(string alphabet) => alphabet[RandomNumberGenerator.GetInt32(alphabet.Length)];
}

/// <summary>No password fits the rules.</summary>
/// <param name="why">Why not.</param>
public sealed class InvalidSecretRulesException(string why) : BastionException("InvalidSecretRules", ErrorKind.InvalidInput, null, $"The rules for the new secret allow none: {why}.");
