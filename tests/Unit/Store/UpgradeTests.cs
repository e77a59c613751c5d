using Bastion.Store;
using Microsoft.Data.Sqlite;

namespace Bastion.Unit.Store;

/// <summary>A store that an older version wrote, opened by this one.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bastion-upgrade-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Users_from_before_roles_stay_operators_and_sessions_find_their_user()
    {
        Database database = Database.Open(OfVersion(2, """
            INSERT INTO users (id, name, name_key, display_name, created_at) VALUES (7, 'ana', 'ANA', 'ana', 5);
            INSERT INTO sessions (id, user_name, asset_id, asset_name, asset_address, account_name, owner_account_id, protocol, channel, source_address, started_by, process_id, started_at, state, decision)
            VALUES ('s', 'ana', 1, 'x', 'x', 'x', '1', 'SSH', 'SshShell', '::1', 'x', 1, 1, 'Ended', '{}'), ('t', 'gone', 1, 'x', 'x', 'x', '1', 'SSH', 'SshShell', '::1', 'x', 1, 1, 'Ended', '{}')
            """));
        Assert.Equal(("Operator", 7L, null), database.Read(connection => connection.Query("SELECT * FROM role_holdings", row => (row.Text("role"), row.Long("user_id"), row.LongOrNull("project_id"))).Single()));
        Assert.Equal([7L, null], database.Read(connection => connection.Query("SELECT user_id FROM sessions ORDER BY id", row => row.LongOrNull("user_id")).ToList()));
        database.Release();
    }

    private string OfVersion(int version, string content)
    {
        string path = Path.Combine(_folder, "bastion.db");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (string file in Migrations.All.Where(f => Migrations.NumberOf(f) <= version))
        {
            string resource = typeof(Migrations).Assembly.GetManifestResourceNames().Single(name => name.EndsWith(file, StringComparison.Ordinal));
            using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(resource)!);
            Execute(connection, reader.ReadToEnd());
        }

        Execute(connection, $"PRAGMA application_id={Database.ApplicationId}; PRAGMA user_version={version}; {content}");
        return path;
    }

#pragma warning disable CA2100 // The migrations' own text
    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
