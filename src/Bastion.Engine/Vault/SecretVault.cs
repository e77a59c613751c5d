using System.Security.Cryptography;
using System.Text;
using Bastion.Store;

namespace Bastion.Vault;

/// <summary>Secrets at rest, each sealed with AES-256-GCM and bound to its purpose, so that a sealed secret moved to another row does not open.</summary>
/// <remarks>Sealed form: version (1 byte), nonce (12), tag (16), ciphertext. Additional data: the purpose, UTF-8.</remarks>
public sealed class SecretVault
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _key;

    private SecretVault(byte[] key) => _key = key;

    /// <summary>Names the key without telling it: the first 16 hex digits of a hash over it.</summary>
    public string KeyId => Convert.ToHexString(SHA256.HashData([.. "bastion vault key id"u8, .. _key]))[..16];

    internal static SecretVault Create(IVaultKey source, Database database)
    {
        var vault = new SecretVault(source.Create());
        database.Write(connection => SecretStore.SetKeyId(connection, vault.KeyId));
        return vault;
    }

    internal static SecretVault Open(IVaultKey source, Database database, string keyName)
    {
        var vault = new SecretVault(source.Load());
        string? expected = database.Read(SecretStore.KeyId);
        return expected == vault.KeyId
            ? vault
            : throw new VaultException("VaultKeyMismatch", keyName, $"The vault's key '{keyName}' is not the one this store was made with. Restore the right key from a backup.");
    }

    /// <summary>Seals a secret and keeps it under its purpose; an older one of the same purpose is replaced.</summary>
    internal void Put(Connection connection, string purpose, ReadOnlySpan<byte> secret, DateTimeOffset now) =>
        SecretStore.Put(connection, purpose, Seal(purpose, secret), KeyId, now);

    /// <summary>Opens a secret.</summary>
    /// <returns><see langword="null"/> when there is none for the purpose.</returns>
    /// <exception cref="VaultException">It was altered, or moved from another purpose.</exception>
    internal byte[]? Get(Connection connection, string purpose) =>
        SecretStore.Get(connection, purpose) is { } sealedSecret ? Open(purpose, sealedSecret) : null;

    /// <summary>Opens a secret as text.</summary>
    internal string? GetText(Connection connection, string purpose)
    {
        byte[]? bytes = Get(connection, purpose);
        if (bytes is null) return null;
        string text = Encoding.UTF8.GetString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    internal byte[] Seal(string purpose, ReadOnlySpan<byte> secret)
    {
        byte[] sealedSecret = new byte[1 + NonceBytes + TagBytes + secret.Length];
        sealedSecret[0] = Version;
        Span<byte> nonce = sealedSecret.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, secret, sealedSecret.AsSpan(1 + NonceBytes + TagBytes), sealedSecret.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return sealedSecret;
    }

    internal byte[] Open(string purpose, ReadOnlySpan<byte> sealedSecret)
    {
        if (sealedSecret.Length < 1 + NonceBytes + TagBytes || sealedSecret[0] != Version) throw Damaged(purpose, null);
        byte[] secret = new byte[sealedSecret.Length - 1 - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(_key, TagBytes);
            aes.Decrypt(sealedSecret.Slice(1, NonceBytes), sealedSecret[(1 + NonceBytes + TagBytes)..], sealedSecret.Slice(1 + NonceBytes, TagBytes), secret, Encoding.UTF8.GetBytes(purpose));
            return secret;
        }
        catch (CryptographicException e)
        {
            throw Damaged(purpose, e);
        }
    }

    private static VaultException Damaged(string purpose, Exception? cause) => new("SecretDamaged", purpose,
        $"The secret for '{purpose}' was altered or belongs to something else, and is not used. Set it anew, and find out who changed the store.", cause);
}
