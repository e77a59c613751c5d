using Microsoft.Data.Sqlite;

namespace Bastion.Store;

/// <summary>The store's database: opens connections, runs reads and write transactions, and turns SQLite's faults into errors of ours.</summary>
/// <remarks>Several processes may use one database at once: write-ahead log, one writer at a time, waits up to <see cref="BusyTimeout"/>.</remarks>
public sealed class Database
{
    // "Bstn": tells our files from any other SQLite file.
    internal const int ApplicationId = 0x4273746E;

    private readonly string _connectionString;
    private readonly string _ownConnectionString;
    private readonly Func<Connection, Action<Connection>?>? _narrowing;

    private Database(string path, Func<Connection, Action<Connection>?>? narrowing = null)
    {
        Path = path;
        _narrowing = narrowing;
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = (int)BusyTimeout.TotalSeconds,
            Pooling = true,
        };
        _connectionString = connection.ToString();
        connection.Pooling = false;
        _ownConnectionString = connection.ToString();
    }

    /// <summary>How long a call waits for another process to finish writing.</summary>
    public static TimeSpan BusyTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Makes a new database with the newest schema.</summary>
    /// <exception cref="StoreException">The file exists or can't be written.</exception>
    public static Database Create(string path)
    {
        if (File.Exists(path)) throw StoreException.Exists(path);
        try
        {
            // Owner-only from the first byte on; SQLite gives -wal and -shm the same mode.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(path, options).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.CannotWrite(path, e);
        }

        var database = new Database(path);
        database.Guard(() =>
        {
            using Connection connection = database.Connect();
            connection.Execute("PRAGMA journal_mode=WAL");
            connection.Execute($"PRAGMA application_id={ApplicationId}");
            Migrations.Apply(connection);
            return 0;
        });
        return database;
    }

    /// <summary>Opens a database and brings its schema up to date.</summary>
    /// <exception cref="StoreException">Missing, damaged, not ours, read-only, or written by a newer version.</exception>
    public static Database Open(string path)
    {
        if (!File.Exists(path)) throw StoreException.Missing(path);
        var database = new Database(path);
        database.Guard(() =>
        {
            using Connection connection = database.Connect();
            if (connection.Scalar<long>("PRAGMA application_id") != ApplicationId) throw StoreException.Foreign(path);
            long version = Migrations.VersionOf(connection);
            if (version > Migrations.Newest) throw StoreException.Newer(path, version, Migrations.Newest);
            if (version < Migrations.Newest) Migrations.Apply(connection);
            // A disk that can't be written is told here, not at the first change. The lock alone is given even there.
            else connection.Execute($"BEGIN IMMEDIATE; PRAGMA user_version={Migrations.Newest}; ROLLBACK");
            return 0;
        });
        return database;
    }

    /// <summary>The same database with reads that find less.</summary>
    /// <param name="narrowing">Asked before each read: what is to be done to a connection of its own for it; <see langword="null"/>: nothing is to be narrowed.</param>
    internal Database Narrowed(Func<Connection, Action<Connection>?> narrowing) => new(Path, narrowing);

    /// <summary>Runs a read.</summary>
    public T Read<T>(Func<Connection, T> work) => Guard(() =>
    {
        using Connection connection = ConnectToRead();
        return work(connection);
    });

    /// <summary>Runs a change: all of it is on disk when this returns, or none of it ever.</summary>
    public T Write<T>(Func<Connection, T> work) => Guard(() =>
    {
        using Connection connection = Connect();
        using SqliteTransaction transaction = connection.Begin();
        T result = work(connection);
        transaction.Commit();
        return result;
    });

    /// <summary>Runs a change: all of it is on disk when this returns, or none of it ever.</summary>
    public void Write(Action<Connection> work) => Write(connection =>
    {
        work(connection);
        return 0;
    });

    /// <summary>Rows one by one as the reader wants them, in constant memory, from one snapshot.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] parameters)
    {
        using Connection connection = Guard(ConnectToRead);
        using IEnumerator<T> rows = connection.Query(sql, read, parameters).GetEnumerator();
        while (Guard(rows.MoveNext)) yield return rows.Current;
    }

    /// <summary>Lets go of pooled connections, so that the file can be moved or deleted.</summary>
    public void Release()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private Connection ConnectToRead()
    {
        Connection connection = Connect();
        if (_narrowing?.Invoke(connection) is not { } narrow) return connection;
        connection.Dispose();
        // Not from the pool, and not back into it: what narrows it must not meet anybody else.
        Connection own = Connect(_ownConnectionString);
        try
        {
            narrow(own);
            return own;
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    private Connection Connect() => Connect(_connectionString);

    private static Connection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            using SqliteCommand pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA trusted_schema=OFF";
            pragmas.ExecuteNonQuery();
            return new Connection(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw StoreException.From(Path, e);
        }
    }
}
