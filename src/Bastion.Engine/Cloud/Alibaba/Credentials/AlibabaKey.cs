using System.Security.Cryptography;
using System.Text;

namespace Bastion.Cloud.Alibaba;

/// <summary>A key to sign with.</summary>
internal sealed class AlibabaKey
{
    /// <param name="id">Its id.</param>
    /// <param name="secret">Its secret, UTF-8; copied.</param>
    /// <param name="token">The token of a temporary key.</param>
    /// <param name="expires">When a temporary key ends; <see langword="null"/>: never, or nobody told.</param>
    internal AlibabaKey(string id, ReadOnlySpan<byte> secret, string? token = null, DateTimeOffset? expires = null) =>
        (Id, Secret, Token, Expires) = (id.Trim(), secret.ToArray(), string.IsNullOrWhiteSpace(token) ? null : token.Trim(), expires);

    internal AlibabaKey(string id, string secret, string? token = null, DateTimeOffset? expires = null)
        : this(id, Encoding.UTF8.GetBytes(secret.Trim()), token, expires)
    {
    }

    internal string Id { get; }

    internal byte[] Secret { get; }

    internal string? Token { get; }

    internal DateTimeOffset? Expires { get; }

    internal bool IsSame(AlibabaKey other) => Id == other.Id && Token == other.Token;

    internal void Wipe() => CryptographicOperations.ZeroMemory(Secret);

    public override string ToString() => Id;
}
