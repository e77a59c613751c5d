using System.Diagnostics;
using System.Text;
using Bastion.Assets;
using Bastion.Credentials.Keys;

namespace Bastion.Unit.Credentials;

public sealed class SharedKeyTests : IDisposable
{
    private static readonly AssetReference Web = new("web-1");
    private static readonly SharedKeyReference Fleet = new("fleet");
    private readonly TempStore _store = new();

    public SharedKeyTests() => _store.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "web-1", OwnerAccountId = "1111111111111111", PrivateAddress = "10.0.0.1" });

    public void Dispose() => _store.Dispose();

    private SharedKeyService Keys => _store.Engine.SharedKeys;

    [Fact]
    public void A_key_that_is_made_here_is_one_that_ssh_keygen_reads()
    {
        SharedKey made = Keys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" });
        string file = Path.Combine(_store.Location.Folder, "key");
        File.WriteAllText(file, Secret(made));
        Programs.Run("chmod", "600", file);
        Assert.Equal(made.PublicKey.Split(' ')[..2], Programs.Run("ssh-keygen", "-y", "-f", file).Trim().Split(' ')[..2]);
        Assert.Equal(made.Fingerprint, Programs.Run("ssh-keygen", "-l", "-f", file).Split(' ')[1]);
        Assert.Equal(("ssh-ed25519", "bastion:fleet"), (made.KeyType, made.PublicKey.Split(' ')[2]));
    }

    [Fact]
    public void Two_keys_that_are_made_here_differ() =>
        Assert.NotEqual(Keys.Add(TempStore.Admin, new NewSharedKey { Name = "a" }).Fingerprint, Keys.Add(TempStore.Admin, new NewSharedKey { Name = "b" }).Fingerprint);

    [Fact]
    public void A_private_key_stands_nowhere_readable_in_the_store()
    {
        string secret = Secret(Keys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" })).Split('\n')[2];
        _store.Engine.Dispose();
        Assert.False(_store.Location.HoldsInClear(secret));
    }

    [Fact]
    public void A_key_in_use_stays_unless_it_is_taken_from_the_accounts()
    {
        Keys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" });
        _store.Engine.AssetAccounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "ops", SharedKey = Fleet, Password = "x"u8.ToArray() });
        var e = Assert.Throws<SharedKeyInUseException>(() => Keys.Remove(TempStore.Admin, Fleet, force: false));
        Assert.Contains("ops@web-1", e.Message, StringComparison.Ordinal);
        Assert.Equal(["ops@web-1"], Keys.Resolve(Fleet).UsedBy);

        SharedKey gone = Keys.Remove(TempStore.Admin, Fleet, force: true);
        Assert.Equal("password", _store.Engine.AssetAccounts.Resolve(Web, "ops").Credential);
        Assert.Throws<SharedKeyNotFoundException>(() => Keys.Resolve(Fleet));
        Assert.Null(_store.Engine.Context.Database.Read(connection => _store.Engine.Context.Vault.Get(connection, SharedKeyService.Purpose(gone.Id, "key"))));
        Assert.Contains("ops@web-1", Assert.Single(_store.Events("sharedkey.removed")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_private_key_replaces_the_old_for_every_account()
    {
        SharedKey old = Keys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" });
        SharedKey other = Keys.Add(TempStore.Admin, new NewSharedKey { Name = "other" });
        SharedKey changed = Keys.Change(TempStore.Admin, Fleet, new SharedKeyChange { PrivateKey = Encoding.UTF8.GetBytes(Secret(other)) });
        Assert.Equal(other.Fingerprint, changed.Fingerprint);
        Assert.Equal(Secret(other), Secret(old));
    }

    [Fact]
    public void An_end_that_comes_within_two_weeks_is_told()
    {
        DateTimeOffset end = _store.Clock.GetUtcNow().AddDays(15);
        SharedKey key = Keys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet", ExpiresAt = end });
        Assert.Null(Keys.ReminderOf(key));
        _store.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains("expires on 2026-12-09", Keys.ReminderOf(key), StringComparison.Ordinal);
        _store.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Contains("expired on 2026-12-09", Keys.ReminderOf(key), StringComparison.Ordinal);
        Assert.Null(Keys.ReminderOf(Keys.Change(TempStore.Admin, Fleet, new SharedKeyChange { ExpiresAt = new(true, null) })));
    }

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal("FLEET", Assert.Throws<NameTakenException>(() => { Keys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" }); Keys.Add(TempStore.Admin, new NewSharedKey { Name = "FLEET" }); }).Subject);

    [Fact]
    public void Only_administrators_change_keys() =>
        Assert.Throws<NotAuthorizedException>(() => Keys.Add(TempStore.Stranger, new NewSharedKey { Name = "fleet" }));

    private string Secret(SharedKey key) =>
        _store.Engine.Context.Database.Read(connection => _store.Engine.Context.Vault.GetText(connection, SharedKeyService.Purpose(key.Id, "key")))!;
}
