using Npgsql;

namespace Bastion.Unit.Credentials;

/// <summary>A real PostgreSQL of its own.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    internal const string Admin = "postgres";
    internal const string AdminPassword = "Postgres-admin-1";
    private readonly string _folder;
    private ServerProcess? _process;

    private PostgreSqlServer(string folder) => _folder = folder;

    internal int Port { get; } = Programs.FreePort();

    /// <summary>Every statement that the server logged.</summary>
    internal string Log => File.ReadAllText(Path.Combine(_folder, "log"));

    /// <param name="tls">Whether it offers TLS.</param>
    /// <param name="options">More options; they go before those that it has.</param>
    internal static async Task<PostgreSqlServer> StartAsync(bool tls = false, string options = "")
    {
        var server = new PostgreSqlServer(Directory.CreateTempSubdirectory("bastion-pg-").FullName);
        try
        {
            string bin = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin";
            string data = Path.Combine(server._folder, "data");
            await File.WriteAllTextAsync(Path.Combine(server._folder, "password"), AdminPassword);
            await ServerProcess.RunAsync("root", $"chown -R postgres '{server._folder}'");
            await ServerProcess.RunAsync("postgres", $"{bin}/initdb -D '{data}' -U {Admin} --auth=scram-sha-256 --pwfile='{server._folder}/password' --no-sync -E UTF8 --locale=C >/dev/null");
            if (tls) await ServerProcess.RunAsync("postgres", $"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=db -keyout '{data}/server.key' -out '{data}/server.crt' 2>/dev/null && chmod 600 '{data}/server.key'");
            server._process = await ServerProcess.StartAsync("postgres",
                $"{bin}/postgres -D '{data}' -h 127.0.0.1 -p {server.Port} -k '{server._folder}' -c fsync=off -c log_statement=all -c ssl={(tls ? "on" : "off")}{options}", server.Port, Path.Combine(server._folder, "log"));
            await server.ExecuteAsync("SELECT 1");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement as the administrator.</summary>
    internal async Task ExecuteAsync(string sql)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username={Admin};Password={AdminPassword};Pooling=false");
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync();
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow && i < 100)
            {
                // It listens before it is ready.
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
