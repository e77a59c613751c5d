using System.Data.Common;
using Bastion.Unit.Credentials;
using MySqlConnector;
using Npgsql;

namespace Bastion.Unit.Policies.Sql;

/// <summary>Real databases that judge what texts do: MariaDB and PostgreSQL.</summary>
public sealed class DatabaseServers : IAsyncLifetime
{
    private MariaDbServer _mariaDb = null!;
    private PostgreSqlServer _postgreSql = null!;

    public async Task InitializeAsync()
    {
        // Thousands of texts are run, some of which would never end
        _mariaDb = await MariaDbServer.StartAsync(options: " --general-log=0 --innodb-buffer-pool-size=32M --character-set-server=utf8mb4 --max-statement-time=5");
        await _mariaDb.ExecuteAsync("CREATE DATABASE app");
        _postgreSql = await PostgreSqlServer.StartAsync(options: " -c log_statement=none -c statement_timeout=5s");
    }

    internal DbConnection Open(bool mySql)
    {
        DbConnection connection = mySql
            ? new MySqlConnection($"Server={_mariaDb.Socket};Protocol=unix;User ID=root;Database=app;AllowUserVariables=true;Pooling=false;Character Set=utf8mb4")
            : new NpgsqlConnection($"Host=127.0.0.1;Port={_postgreSql.Port};Username={PostgreSqlServer.Admin};Password={PostgreSqlServer.AdminPassword};Database=postgres;Pooling=false;Timeout=30;No Reset On Close=true");
        connection.Open();
        return connection;
    }

    public async Task DisposeAsync()
    {
        if (_postgreSql is not null) await _postgreSql.DisposeAsync();
        if (_mariaDb is not null) await _mariaDb.DisposeAsync();
    }
}
