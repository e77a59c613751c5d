using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Bastion.Users.Passwords;

/// <summary>What a guess costs.</summary>
/// <param name="Memory">KiB.</param>
/// <param name="Rounds">Passes over the memory.</param>
/// <param name="Lanes">Lanes that could run at the same time.</param>
internal sealed record HashCost(int Memory, int Rounds, int Lanes)
{
    // RFC 9106 and OWASP name it among the least that is enough; more memory would let strangers fill the bastion's by signing in all at once.
    internal static HashCost Present { get; } = new(19 * 1024, 2, 1);
}

/// <summary>
/// A password's Argon2id hash, as <c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>. Argon2id because graphics cards gain little on memory;
/// Bouncy Castle's because it is here already (SSH.NET brings it) and runs the same on every system.
/// </summary>
internal static class PasswordHash
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    internal static byte[] Make(byte[] password, HashCost? cost = null)
    {
        cost ??= HashCost.Present;
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Compute(password, salt, cost, HashBytes);
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={cost.Memory},t={cost.Rounds},p={cost.Lanes}${Base64(salt)}${Base64(hash)}"));
    }

    /// <summary>Whether a hash is that of a password, and whether it should be made anew because what a guess costs has changed.</summary>
    internal static (bool IsRight, bool IsOutdated) Verify(byte[] password, byte[] kept)
    {
        string[] parts = Encoding.ASCII.GetString(kept).Split('$');
        if (parts is not ["", "argon2id", "v=19", var costs, var salt, var hash] || costs.Split(',') is not [['m', '=', .. var m], ['t', '=', .. var t], ['p', '=', .. var p]])
            throw new InvalidOperationException("A password hash of an unknown form."); // Sealed in the vault: only a newer version can have written it
        var cost = new HashCost(int.Parse(m, CultureInfo.InvariantCulture), int.Parse(t, CultureInfo.InvariantCulture), int.Parse(p, CultureInfo.InvariantCulture));
        byte[] expected = Bytes(hash);
        return (CryptographicOperations.FixedTimeEquals(Compute(password, Bytes(salt), cost, expected.Length), expected), cost != HashCost.Present);
    }

    /// <summary>The work of a check, for nothing: how long an answer takes must not tell who has a password.</summary>
    internal static void Waste(byte[] password) => Compute(password, new byte[SaltBytes], HashCost.Present, HashBytes);

    private static byte[] Compute(byte[] password, byte[] salt, HashCost cost, int length)
    {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13).WithMemoryAsKB(cost.Memory).WithIterations(cost.Rounds).WithParallelism(cost.Lanes).WithSalt(salt).Build();
        var generator = new Argon2BytesGenerator();
        generator.Init(parameters);
        byte[] hash = new byte[length];
        generator.GenerateBytes(password, hash);
        return hash;
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Bytes(string base64) => Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
}
