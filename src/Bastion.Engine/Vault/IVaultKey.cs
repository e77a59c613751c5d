namespace Bastion.Vault;

/// <summary>Where the vault's master key comes from. DPAPI on Windows, an owner-only file elsewhere; a key management service is another implementation.</summary>
public interface IVaultKey
{
    /// <summary>Makes a new 256-bit key and keeps it.</summary>
    /// <exception cref="VaultException">There is one already, or it can't be kept.</exception>
    byte[] Create();

    /// <summary>Gets the key.</summary>
    /// <exception cref="VaultException">It is missing, can't be read, or others may read it.</exception>
    byte[] Load();
}

/// <summary>The vault can't be opened or a secret in it does not verify.</summary>
/// <param name="id">Stable id.</param>
/// <param name="subject">Path of the key, or the secret's purpose.</param>
/// <param name="message">What to do.</param>
/// <param name="inner">The cause.</param>
public sealed class VaultException(string id, string subject, string message, Exception? inner = null)
    : BastionException(id, ErrorKind.Security, subject, message, inner);
