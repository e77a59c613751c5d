using System.Security.Cryptography;
using System.Text;

namespace Bastion.Sandbox.Cloud;

/// <summary>
/// Opaque tokens for the next page. They name the last item shown, so that a listing survives changes, and are
/// sealed to the listing they came from.
/// </summary>
internal sealed class PageToken
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string After(string lastId, string listing) =>
        Convert.ToBase64String([.. Seal(lastId, listing), .. Encoding.UTF8.GetBytes(lastId)]);

    /// <summary>The last id shown; null when the token is not one of ours for this listing.</summary>
    public string? Read(string token, string listing)
    {
        byte[] raw = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, raw, out int length) || length <= 8) return null;
        string lastId = Encoding.UTF8.GetString(raw, 8, length - 8);
        return CryptographicOperations.FixedTimeEquals(raw.AsSpan(0, 8), Seal(lastId, listing)) ? lastId : null;
    }

    private ReadOnlySpan<byte> Seal(string lastId, string listing) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{listing}\n{lastId}")).AsSpan(0, 8);
}
