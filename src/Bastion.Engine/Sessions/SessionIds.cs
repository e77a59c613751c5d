using System.Security.Cryptography;

namespace Bastion.Sessions;

/// <summary>
/// Ids of sessions: 16 letters and digits that sort by time and fit into a column of a table. Nine digits of unix ms (45 bits, until the year 3084),
/// seven random ones (35 bits), in Crockford's base 32 as ULID writes it.
/// </summary>
internal static class SessionIds
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 16;
    private const int OfTime = 9;

    internal static string New(DateTimeOffset now) => string.Create(Length, now.ToUnixTimeMilliseconds(), (id, ms) =>
    {
        for (int i = OfTime - 1; i >= 0; i--, ms >>= 5) id[i] = Digits[(int)(ms & 31)];
        Span<byte> random = stackalloc byte[Length - OfTime];
        RandomNumberGenerator.Fill(random);
        for (int i = OfTime; i < Length; i++) id[i] = Digits[random[i - OfTime] & 31];
    });
}
