using Microsoft.Data.Sqlite;

namespace Bastion.Store;

/// <summary>The row that a reader stands on; columns by name.</summary>
public sealed class Row
{
    private readonly SqliteDataReader _reader;
    private readonly Dictionary<string, int> _ordinals;

    internal Row(SqliteDataReader reader)
    {
        _reader = reader;
        _ordinals = new Dictionary<string, int>(reader.FieldCount, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < reader.FieldCount; i++) _ordinals.TryAdd(reader.GetName(i), i);
    }

    /// <summary>A whole number.</summary>
    public long Long(string column) => _reader.GetInt64(_ordinals[column]);

    /// <summary>A whole number or NULL.</summary>
    public long? LongOrNull(string column) => _reader.IsDBNull(_ordinals[column]) ? null : Long(column);

    /// <summary>A small whole number or NULL.</summary>
    public int? IntOrNull(string column) => (int?)LongOrNull(column);

    /// <summary>A flag.</summary>
    public bool Flag(string column) => Long(column) != 0;

    /// <summary>Text.</summary>
    public string Text(string column) => _reader.GetString(_ordinals[column]);

    /// <summary>Text or NULL.</summary>
    public string? TextOrNull(string column) => _reader.IsDBNull(_ordinals[column]) ? null : Text(column);

    /// <summary>A point in time (stored as unix milliseconds, UTC).</summary>
    public DateTimeOffset Time(string column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    /// <summary>A point in time or NULL.</summary>
    public DateTimeOffset? TimeOrNull(string column) => LongOrNull(column) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>Bytes.</summary>
    public byte[] Bytes(string column) => (byte[])_reader.GetValue(_ordinals[column]);

    /// <summary>Bytes or NULL.</summary>
    public byte[]? BytesOrNull(string column) => _reader.IsDBNull(_ordinals[column]) ? null : Bytes(column);

    /// <summary>One of an enumeration's words. A word this version does not know is read as the enumeration's default.</summary>
    public T Word<T>(string column) where T : struct, Enum => Enum.TryParse(Text(column), ignoreCase: true, out T value) ? value : default;
}
