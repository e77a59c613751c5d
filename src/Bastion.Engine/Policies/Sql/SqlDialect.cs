using System.Text.Json.Serialization;

namespace Bastion.Policies.Sql;

/// <summary>Whose SQL a text is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SqlDialect>))]
public enum SqlDialect
{
    /// <summary>MySQL and MariaDB.</summary>
    MySql,
    /// <summary>PostgreSQL.</summary>
    PostgreSql,
    /// <summary>SQL Server.</summary>
    SqlServer,
}

/// <summary>Which asset speaks which SQL.</summary>
public static class SqlDialects
{
    /// <summary>The dialect of an asset's engine; <see langword="null"/>: none that is known here.</summary>
    public static SqlDialect? Of(string? engine) => engine?.ToUpperInvariant() switch
    {
        "MYSQL" or "MARIADB" => SqlDialect.MySql,
        "POSTGRESQL" => SqlDialect.PostgreSql,
        "SQLSERVER" => SqlDialect.SqlServer,
        _ => null,
    };
}
