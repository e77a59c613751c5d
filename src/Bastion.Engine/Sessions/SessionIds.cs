using System.Security.Cryptography;

namespace Bastion.Sessions;

/// <summary>Ids of sessions: 26 letters and digits that sort by time and can't be guessed (the layout of ULID: 48 bits of unix ms, 80 random bits, Crockford's base 32).</summary>
internal static class SessionIds
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    internal static string New(DateTimeOffset now) => string.Create(26, now.ToUnixTimeMilliseconds(), (id, ms) =>
    {
        for (int i = 9; i >= 0; i--, ms >>= 5) id[i] = Digits[(int)(ms & 31)];
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        for (int i = 0; i < 16; i++) id[10 + i] = Digits[random[i] & 31];
    });
}
