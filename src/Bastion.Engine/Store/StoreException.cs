using Microsoft.Data.Sqlite;

namespace Bastion.Store;

/// <summary>The store can't be used or trusted. Nothing was changed.</summary>
public sealed class StoreException : BastionException
{
    private StoreException(string id, ErrorKind kind, string path, string message, Exception? inner = null)
        : base(id, kind, path, message, inner)
    {
    }

    internal static StoreException Missing(string path) => new("StoreMissing", ErrorKind.NotFound, path,
        $"There is no Bastion store at '{path}'. Make one with Initialize-BhStore, or name another with Connect-BhStore or $env:BASTION_STORE.");

    internal static StoreException Exists(string path) => new("StoreExists", ErrorKind.AlreadyExists, path,
        $"There is already a store at '{path}'. Use it with Connect-BhStore.");

    internal static StoreException Foreign(string path) => new("StoreForeign", ErrorKind.Resource, path,
        $"'{path}' is a SQLite database, but not a Bastion store. Name another folder.");

    internal static StoreException Newer(string path, long found, int known) => new("StoreNewer", ErrorKind.Resource, path,
        $"The store at '{path}' was written by a newer Bastion (schema {found}; this version knows {known}). Update the module.");

    internal static StoreException CannotWrite(string path, Exception cause) => new("StoreReadOnly", ErrorKind.Resource, path,
        $"The store at '{path}' can't be written: {cause.Message} Check the disk and the rights on the folder.", cause);

    internal static StoreException From(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        5 or 6 => new("StoreBusy", ErrorKind.Timeout, path, $"Another process held the store at '{path}' for more than {Database.BusyTimeout.TotalSeconds:0} s. Try again.", e),
        8 => CannotWrite(path, e),
        10 when e.SqliteExtendedErrorCode is 778 or 1034 or 1290 => CannotWrite(path, e),
        11 or 26 => new("StoreCorrupt", ErrorKind.Resource, path, $"The store at '{path}' is damaged or is no database. Restore it from a backup; keep the damaged file for inspection.", e),
        13 => new("StoreFull", ErrorKind.Resource, path, $"The disk that holds the store at '{path}' is full. Free space, then repeat the command: nothing was changed.", e),
        14 when WriteFault(path) is { } fault => CannotWrite(path, fault),
        14 => new("StoreUnreadable", ErrorKind.Resource, path, $"The store at '{path}' can't be opened. Check that it is a file and that you may read and write its folder.", e),
        _ => new("StoreFault", ErrorKind.Resource, path, $"The store at '{path}' failed: {e.Message}", e),
    };

    // SQLite only says that it can't open: a write-ahead log needs files beside the database, which a read-only disk refuses.
    private static Exception? WriteFault(string path)
    {
        try
        {
            string probe = $"{path}.{Guid.NewGuid():N}.probe";
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }
}
