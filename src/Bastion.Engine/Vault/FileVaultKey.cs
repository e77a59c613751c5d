using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Bastion.Vault;

/// <summary>The key in a file: owner-only (0600) on Unix, protected by DPAPI for the current user on Windows.</summary>
/// <param name="path">The key file.</param>
public sealed class FileVaultKey(string path) : IVaultKey
{
    private const int KeyBytes = 32;
    private const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <inheritdoc/>
    public byte[] Create()
    {
        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(OperatingSystem.IsWindows() ? Protect(key) : key);
            file.Flush(flushToDisk: true);
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultException("VaultKeyNotKept", path, $"The vault's key can't be written to '{path}': {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public byte[] Load()
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMay) != UnixFileMode.None)
                throw new VaultException("VaultKeyExposed", path, $"Others than its owner may read the vault's key '{path}'. Set it right with: chmod 600 '{path}'");
            byte[] bytes = File.ReadAllBytes(path);
            byte[] key = OperatingSystem.IsWindows() ? Unprotect(bytes) : bytes;
            return key.Length == KeyBytes ? key : throw new VaultException("VaultKeyDamaged", path, $"The vault's key '{path}' is damaged. Restore it from a backup.");
        }
        catch (FileNotFoundException e)
        {
            throw new VaultException("VaultKeyMissing", path, $"The vault's key '{path}' is missing; the store's secrets can't be read without it. Restore it from a backup.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new VaultException("VaultKeyUnreadable", path, $"The vault's key '{path}' can't be read: {e.Message}", e);
        }
    }

    [SupportedOSPlatform("windows")]
    private static byte[] Protect(byte[] key) => ProtectedData.Protect(key, null, DataProtectionScope.CurrentUser);

    [SupportedOSPlatform("windows")]
    private static byte[] Unprotect(byte[] bytes) => ProtectedData.Unprotect(bytes, null, DataProtectionScope.CurrentUser);
}
