using System.Diagnostics;
using System.Text;
using Bastion.Assets;
using Bastion.Credentials.Keys;
using Bastion.Credentials.Secrets;
using Bastion.Vault;

namespace Bastion.Unit.Assets;

public sealed class AssetAccountTests : IDisposable
{
    private static readonly AssetReference Web = new("web-1");
    private readonly TempStore _store = new();

    public AssetAccountTests() => _store.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "web-1", OwnerAccountId = "1111111111111111", PrivateAddress = "10.0.0.1" });

    public void Dispose() => _store.Dispose();

    private AssetAccountService Accounts => _store.Engine.AssetAccounts;

    [Fact]
    public void A_password_is_kept_but_nowhere_readable_in_the_store()
    {
        AssetAccount account = Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root", Password = "correct-horse-battery"u8.ToArray() });
        Assert.Equal("password", account.Credential);
        Assert.Equal("correct-horse-battery", Secret(account, "password"));
        _store.Engine.Dispose();
        Assert.False(_store.Location.HoldsInClear("correct-horse"));
    }

    [Fact]
    public void A_secret_moved_to_another_account_does_not_open()
    {
        AssetAccount root = Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root", Password = "one"u8.ToArray() });
        AssetAccount guest = Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "guest", Password = "two"u8.ToArray() });
        _store.Engine.Context.Database.Write(connection => connection.Execute(
            "UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE purpose = $from) WHERE purpose = $to",
            ("$from", AccountSecrets.Purpose(root.Id, "password")), ("$to", AccountSecrets.Purpose(guest.Id, "password"))));
        Assert.Equal("SecretDamaged", Assert.Throws<VaultException>(() => Secret(guest, "password")).Id);
    }

    [Fact]
    public void A_private_key_shows_the_fingerprint_that_ssh_keygen_prints()
    {
        foreach (string type in new[] { "ed25519", "rsa", "ecdsa" })
        {
            string file = Path.Combine(_store.Location.Folder, "key-" + type);
            Programs.Run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file);
            string printed = Programs.Run("ssh-keygen", "-l", "-E", "sha256", "-f", file).Split(' ')[1];
            AssetAccount account = Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = type, PrivateKey = File.ReadAllBytes(file) });
            Assert.Equal(printed, account.PrivateKeyFingerprint);
        }
    }

    [Fact]
    public void An_encrypted_key_needs_its_passphrase()
    {
        string file = Path.Combine(_store.Location.Folder, "key");
        Programs.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "pass-phrase", "-f", file);
        byte[] pem = File.ReadAllBytes(file);
        Assert.Throws<InvalidPrivateKeyException>(() => Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root", PrivateKey = pem }));
        Assert.Throws<InvalidPrivateKeyException>(() => Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root", PrivateKey = pem, Passphrase = "wrong"u8.ToArray() }));
        Assert.True(Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root", PrivateKey = pem, Passphrase = "pass-phrase"u8.ToArray() }).HasPrivateKey);
    }

    [Fact]
    public void A_text_that_is_no_key_is_refused_without_repeating_it()
    {
        var e = Assert.Throws<InvalidPrivateKeyException>(() => Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root", PrivateKey = "hunter2"u8.ToArray() }));
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.Empty(Accounts.List(Web, [], []));
    }

    [Fact]
    public void A_login_is_unique_on_its_asset_and_keeps_its_case()
    {
        Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root" });
        Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "Root" });
        Assert.Equal("AssetAccountExists", Assert.Throws<AssetAccountExistsException>(() => Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root" })).Id);
        Assert.Contains("'root'", Assert.Throws<AssetAccountNotFoundException>(() => Accounts.Resolve(Web, "rot")).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void One_credential_can_be_cleared_and_the_account_stays()
    {
        AssetAccount account = Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "root", Password = "x"u8.ToArray() });
        AssetAccount changed = Accounts.Change(TempStore.Admin, Web, "root", new AssetAccountChange { Password = new ChangeOf<byte[]>(true, null) });
        Assert.Equal("ask", changed.Credential);
        Assert.Null(Secret(account, "password"));
    }

    [Fact]
    public void An_account_is_for_a_protocol_that_the_asset_speaks() =>
        Assert.Equal("ProtocolMissing", Assert.Throws<ProtocolMissingException>(() => Accounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "sa", Protocol = "SQLServer" })).Id);

    private string? Secret(AssetAccount account, string what) =>
        _store.Engine.Context.Database.Read(connection => _store.Engine.Context.Vault.GetText(connection, AccountSecrets.Purpose(account.Id, what)));
}
