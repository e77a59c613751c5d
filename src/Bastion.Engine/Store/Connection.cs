using Microsoft.Data.Sqlite;

namespace Bastion.Store;

/// <summary>One connection, for the length of one read or one change. Values reach SQL only as parameters.</summary>
public sealed class Connection : IDisposable
{
    private readonly SqliteConnection _sqlite;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private SqliteTransaction? _transaction;

    internal Connection(SqliteConnection sqlite) => _sqlite = sqlite;

    internal SqliteTransaction Begin() => _transaction = _sqlite.BeginTransaction(deferred: false);

    /// <summary>Runs a statement; prepared once for each connection however often it runs.</summary>
    /// <returns>Rows changed.</returns>
    public int Execute(string sql, params (string Name, object? Value)[] parameters) => Prepared(sql, parameters).ExecuteNonQuery();

    /// <summary>Reads rows as the caller wants them.</summary>
    public IEnumerable<T> Query<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] parameters)
    {
        using SqliteCommand command = Command(sql);
        command.Transaction = _transaction;
        Bind(command, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        var row = new Row(reader);
        while (reader.Read()) yield return read(row);
    }

    /// <summary>Reads the first column of the first row; prepared once for each connection however often it runs.</summary>
    /// <returns>The default of <typeparamref name="T"/> when there is no row or the value is NULL.</returns>
    public T? Scalar<T>(string sql, params (string Name, object? Value)[] parameters) =>
        Prepared(sql, parameters).ExecuteScalar() is { } value and not DBNull ? (T)value : default;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values) command.Dispose();
        _sqlite.Dispose();
    }

    private SqliteCommand Prepared(string sql, (string Name, object? Value)[] parameters)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command)) _prepared[sql] = command = Command(sql);
        command.Transaction = _transaction;
        Bind(command, parameters);
        return command;
    }

    private static void Bind(SqliteCommand command, (string Name, object? Value)[] parameters)
    {
        SqliteParameterCollection bound = command.Parameters;
        if (bound.Count != parameters.Length)
        {
            bound.Clear();
            foreach ((string name, object? value) in parameters) bound.AddWithValue(name, ToStored(value));
            return;
        }

        // A statement that runs again, as in an import: only the values are new.
        for (int i = 0; i < parameters.Length; i++)
        {
            SqliteParameter parameter = bound[i];
            if (!ReferenceEquals(parameter.ParameterName, parameters[i].Name)) parameter.ParameterName = parameters[i].Name;
            parameter.Value = ToStored(parameters[i].Value);
        }
    }

    private static object ToStored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        bool flag => flag ? 1L : 0L,
        Enum word => word.ToString(),
        TimeSpan span => (long)span.TotalMilliseconds,
        _ => value,
    };

    // The text is always one of ours: a constant of a *Store.cs file or of a migration.
#pragma warning disable CA2100
    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _sqlite.CreateCommand();
        command.CommandText = sql;
        return command;
    }
#pragma warning restore CA2100
}
