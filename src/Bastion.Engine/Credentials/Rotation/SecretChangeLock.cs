using System.Globalization;
using Bastion.Assets;
using Bastion.Store;

namespace Bastion.Credentials.Rotation;

/// <summary>Keeps two processes from changing one secret. The operating system gives it back when the process dies, however it dies.</summary>
internal static class SecretChangeLock
{
    /// <exception cref="SecretChangeRunningException">Another holds it.</exception>
    internal static FileStream Take(StoreLocation location, AssetAccount account)
    {
        // The files stay: removing one could leave two holders, one of the removed file and one of the next.
        string folder = Path.Combine(location.Folder, "locks");
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "secret-" + account.Id.ToString(CultureInfo.InvariantCulture)), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new SecretChangeRunningException(account.ToString());
        }
        catch (UnauthorizedAccessException e)
        {
            throw StoreException.CannotWrite(folder, e);
        }
    }
}
