using MySqlConnector;

namespace Bastion.Unit.Credentials;

/// <summary>A real MariaDB of its own.</summary>
internal sealed class MariaDbServer : IAsyncDisposable
{
    internal const string Admin = "boss";
    internal const string AdminPassword = "Maria-admin-1";
    private readonly string _folder;
    private ServerProcess? _process;

    private MariaDbServer(string folder) => _folder = folder;

    internal int Port { get; } = Programs.FreePort();

    /// <summary>Where root gets in without a password.</summary>
    internal string Socket => Path.Combine(_folder, "socket");

    /// <summary>Every statement that the server logged.</summary>
    internal string Log => File.ReadAllText(Path.Combine(_folder, "statements"));

    /// <param name="tls">Whether it offers TLS.</param>
    /// <param name="options">More options; they go before those that it has.</param>
    internal static async Task<MariaDbServer> StartAsync(bool tls = false, string options = "")
    {
        var server = new MariaDbServer(Directory.CreateTempSubdirectory("bastion-maria-").FullName);
        try
        {
            string folder = server._folder, data = Path.Combine(folder, "data");
            await File.WriteAllTextAsync(Path.Combine(folder, "init.sql"), $"CREATE USER '{Admin}'@'%' IDENTIFIED BY '{AdminPassword}';\nGRANT ALL ON *.* TO '{Admin}'@'%' WITH GRANT OPTION;\n");
            await ServerProcess.RunAsync("root", $"chown -R mysql '{folder}'");
            await ServerProcess.RunAsync("mysql", $"mariadb-install-db --no-defaults --datadir='{data}' --skip-test-db --auth-root-authentication-method=normal >/dev/null 2>&1");
            if (tls) await ServerProcess.RunAsync("mysql", $"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=db -keyout '{folder}/key' -out '{folder}/cert' 2>/dev/null");
            server._process = await ServerProcess.StartAsync("mysql",
                $"mariadbd --no-defaults --datadir='{data}' --bind-address=127.0.0.1 --skip-name-resolve --port={server.Port} --socket='{folder}/socket' --pid-file='{folder}/pid' --init-file='{folder}/init.sql' --general-log=1 --general-log-file='{folder}/statements' --innodb-flush-log-at-trx-commit=0"
                + (tls ? $" --ssl-key='{folder}/key' --ssl-cert='{folder}/cert'" : " --skip-ssl") + options, server.Port, Path.Combine(folder, "log"));
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
        await using var connection = new MySqlConnection($"Server=127.0.0.1;Port={Port};User ID={Admin};Password={AdminPassword};Pooling=false;SslMode=Preferred;Allow User Variables=true");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
