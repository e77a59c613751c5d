using System.Text;
using Bastion.Assets;
using Bastion.Store;
using Bastion.Vault;
using Microsoft.Data.Sqlite;

namespace Bastion.Unit.Store;

public sealed class DatabaseTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Migrations_are_numbered_without_gaps_or_twins() =>
        Assert.Equal(Enumerable.Range(1, Migrations.All.Count), Migrations.All.Select(file => int.Parse(file[..4])));

    [Fact]
    public void A_store_is_made_once()
    {
        var e = Assert.Throws<StoreException>(() => Engine.Create(_store.Location));
        Assert.Equal("StoreExists", e.Id);
    }

    [Fact]
    public void A_folder_without_a_store_says_how_to_make_one()
    {
        var e = Assert.Throws<StoreException>(() => Engine.Open(new StoreLocation(Path.Combine(_store.Location.Folder, "none"))));
        Assert.Equal("StoreMissing", e.Id);
        Assert.Contains("Initialize-BhStore", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_a_newer_version_is_left_alone()
    {
        _store.Engine.Dispose();
        Sql($"PRAGMA user_version={Migrations.Newest + 1}");
        Assert.Equal("StoreNewer", Assert.Throws<StoreException>(() => Engine.Open(_store.Location)).Id);
    }

    [Fact]
    public void A_SQLite_file_of_something_else_is_refused()
    {
        _store.Engine.Dispose();
        Sql("PRAGMA application_id=1");
        Assert.Equal("StoreForeign", Assert.Throws<StoreException>(() => Engine.Open(_store.Location)).Id);
    }

    [Fact]
    public void A_damaged_store_is_told_and_not_used()
    {
        _store.Engine.Dispose();
        foreach (string wal in Directory.GetFiles(_store.Location.Folder, "bastion.db-*")) File.Delete(wal);
        File.WriteAllBytes(_store.Location.DatabaseFile, Encoding.ASCII.GetBytes(new string('x', 8192)));
        Assert.Equal("StoreCorrupt", Assert.Throws<StoreException>(() => Engine.Open(_store.Location)).Id);
    }

    [Fact]
    public void A_change_that_fails_half_way_leaves_nothing()
    {
        _store.Engine.Assets.Add(TempStore.Admin, Web("web-1"));
        Assert.Throws<NameTakenException>(() => _store.Engine.Assets.Add(TempStore.Admin, Web("WEB-1")));
        Assert.Single(_store.Engine.Assets.List(new AssetFilter()));
        Assert.Single(_store.Events("asset.added"));
    }

    [Fact]
    public async Task Several_connections_write_at_once_without_loss()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            using Engine engine = Engine.Open(_store.Location, _store.Clock);
            for (int i = 0; i < 25; i++) engine.Assets.Add(TempStore.Admin, Web($"web-{worker}-{i}"));
        })));
        Assert.Equal(100, _store.Engine.Assets.List(new AssetFilter()).Count());
    }

    [Fact]
    public void Only_the_owner_may_read_what_a_store_keeps()
    {
        if (OperatingSystem.IsWindows()) return;
        UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (string file in Directory.GetFiles(_store.Location.Folder)) Assert.Equal(owner, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_vault_key_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        _store.Engine.Dispose();
        File.SetUnixFileMode(_store.Location.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Equal("VaultKeyExposed", Assert.Throws<VaultException>(() => Engine.Open(_store.Location)).Id);
    }

    [Fact]
    public void Another_vault_key_is_refused()
    {
        _store.Engine.Dispose();
        File.Delete(_store.Location.KeyFile);
        Assert.Equal("VaultKeyMissing", Assert.Throws<VaultException>(() => Engine.Open(_store.Location)).Id);
        new FileVaultKey(_store.Location.KeyFile).Create();
        Assert.Equal("VaultKeyMismatch", Assert.Throws<VaultException>(() => Engine.Open(_store.Location)).Id);
    }

    private static NewAsset Web(string name) => new() { Name = name, OwnerAccountId = "1234567890123456", PrivateAddress = "10.0.0.1" };

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={_store.Location.DatabaseFile};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
