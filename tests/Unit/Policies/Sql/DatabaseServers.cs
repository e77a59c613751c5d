using System.Data.Common;
using System.Diagnostics;
using MySqlConnector;
using Npgsql;

namespace Bastion.Unit.Policies.Sql;

/// <summary>Real databases that judge what texts do: MariaDB and PostgreSQL on sockets in a folder of their own, as unprivileged users.</summary>
public sealed class DatabaseServers : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bastion-sql-").FullName;
    private readonly List<Process> _running = [];

    public DatabaseServers()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        StartMariaDb();
        StartPostgreSql();
    }

    private string MariaDb => Path.Combine(_folder, "mariadb");

    private string PostgreSql => Path.Combine(_folder, "postgresql");

    internal DbConnection Open(bool mySql)
    {
        DbConnection connection = mySql
            ? new MySqlConnection($"Server={MariaDb}/socket;Protocol=unix;User ID=root;Database=app;AllowUserVariables=true;Pooling=false;Character Set=utf8mb4")
            : new NpgsqlConnection($"Host={PostgreSql};Username=postgres;Database=postgres;Pooling=false;Timeout=30;No Reset On Close=true");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        foreach (Process process in _running)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void StartMariaDb()
    {
        string data = Path.Combine(MariaDb, "data");
        Directory.CreateDirectory(MariaDb);
        Run("chown", "mysql", MariaDb);
        RunAs("mysql", "mariadb-install-db", "--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve");
        Start("mysql", "mariadbd", "--no-defaults", $"--datadir={data}", $"--socket={MariaDb}/socket", "--skip-networking", $"--pid-file={MariaDb}/pid", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--character-set-server=utf8mb4", "--max-statement-time=5");
        Await("mariadb-admin", "--no-defaults", $"--socket={MariaDb}/socket", "-u", "root", "ping");
        Run("mariadb", "--no-defaults", $"--socket={MariaDb}/socket", "-u", "root", "-e", "CREATE DATABASE app");
    }

    private void StartPostgreSql()
    {
        string bin = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/";
        string data = Path.Combine(PostgreSql, "data");
        Directory.CreateDirectory(PostgreSql);
        Run("chown", "postgres", PostgreSql);
        RunAs("postgres", bin + "initdb", "-D", data, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
        Start("postgres", bin + "postgres", "-D", data, "-k", PostgreSql, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "statement_timeout=5s");
        Await(bin + "pg_isready", "-h", PostgreSql);
    }

    private static ProcessStartInfo As(string user, string program, string[] words) =>
        new("runuser", ["-u", user, "--", program, .. words]) { UseShellExecute = false, WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };

    private static void RunAs(string user, string program, params string[] words) => Run(As(user, program, words));

    private static void Run(string program, params string[] words) => Run(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });

    private static void Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {output.GetAwaiter().GetResult()}{errors.GetAwaiter().GetResult()}");
    }

    private void Start(string user, string program, params string[] words)
    {
        Process process = Process.Start(As(user, program, words))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _running.Add(process);
    }

    // Each asks the server itself; it answers when it is up.
    private static void Await(string program, params string[] words)
    {
        for (int attempt = 0; ; attempt++)
        {
            using Process process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            if (process.ExitCode == 0) return;
            if (attempt > 600) throw new InvalidOperationException($"{program} got no answer.");
            Thread.Sleep(100);
        }
    }
}
