using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Bastion.Users.Totp;

/// <summary>Codes after RFC 6238 as every app for phones has them: SHA-1, six digits, half a minute.</summary>
internal static class TotpCodes
{
    internal const int Seconds = 30;
    internal const int Digits = 6;
    private const int KeyBytes = 20;

    internal static byte[] NewKey() => KeyGeneration.GenerateRandomKey(KeyBytes);

    /// <summary>The code of a time step.</summary>
    internal static string Code(byte[] key, long step) => new OtpNet.Totp(key, Seconds, OtpHashMode.Sha1, Digits).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(step * Seconds).UtcDateTime);

    internal static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / Seconds;

    /// <summary>The time step of a code, no further away than one; <see langword="null"/>: the code is wrong.</summary>
    internal static long? Match(byte[] key, string? code, DateTimeOffset now)
    {
        // People read it in two halves.
        byte[] given = Encoding.UTF8.GetBytes((code ?? "").Replace(" ", "", StringComparison.Ordinal));
        long? found = null;
        for (long step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Code(key, step)))) found = step;
        }

        return found;
    }
}
