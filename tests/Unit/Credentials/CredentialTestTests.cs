using Bastion.Assets;
using Bastion.Assets.HostKeys;
using Bastion.Credentials.Keys;
using Bastion.Credentials.Secrets;
using Bastion.Unit.Sessions;

namespace Bastion.Unit.Credentials;

/// <summary>Tests of credentials against real servers.</summary>
public sealed class CredentialTestTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_key_that_the_host_takes_works_and_the_outcome_is_kept()
    {
        await using SshServer server = await SshServer.StartAsync();
        Add(Protocols.Ssh, server.Port, new NewAssetAccount { Name = Environment.UserName, PrivateKey = server.ClientKey });
        CredentialTest test = await TestAsync();
        Assert.Equal((CredentialState.Works, CredentialKind.PrivateKey, null), (test.State, test.Credential, test.Reason));
        AssetAccount account = Account();
        Assert.Equal((CredentialState.Works, _store.Clock.GetUtcNow()), (account.SignIn, account.TestedAt));
        Assert.Equal($"{Environment.UserName}@db-1", Assert.Single(_store.Events("account.tested")).Subject);
    }

    [Fact]
    public async Task A_worse_credential_that_works_tells_which_better_one_does_not()
    {
        await using SshServer server = await SshServer.StartAsync();
        _store.Engine.SharedKeys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" });
        Add(Protocols.Ssh, server.Port, new NewAssetAccount { Name = Environment.UserName, PrivateKey = server.ClientKey, SharedKey = new SharedKeyReference("fleet") });
        CredentialTest test = await TestAsync();
        Assert.Equal((CredentialState.Works, CredentialKind.PrivateKey), (test.State, test.Credential));
        Assert.StartsWith("SharedKey:", test.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_credential_makes_the_old_outcome_void()
    {
        await using SshServer server = await SshServer.StartAsync();
        Add(Protocols.Ssh, server.Port, new NewAssetAccount { Name = Environment.UserName, PrivateKey = server.ClientKey });
        await TestAsync();
        _store.Engine.AssetAccounts.Change(TempStore.Admin, new AssetReference("db-1"), Environment.UserName, new AssetAccountChange { Comment = "the same" });
        Assert.NotNull(Account().SignIn);
        _store.Engine.AssetAccounts.Change(TempStore.Admin, new AssetReference("db-1"), Environment.UserName, new AssetAccountChange { Password = "x"u8.ToArray() });
        Assert.Null(Account().SignIn);
    }

    [Fact]
    public async Task A_host_with_a_changed_key_is_sent_nothing()
    {
        await using SshServer server = await SshServer.StartAsync();
        Add(Protocols.Ssh, server.Port, new NewAssetAccount { Name = Environment.UserName, PrivateKey = server.ClientKey });
        _store.Engine.HostKeys.Verify(TempStore.Admin, _store.Engine.Assets.Resolve(new AssetReference("db-1")), "ssh-ed25519", "another key"u8.ToArray());
        CredentialTest test = await TestAsync();
        Assert.Equal(CredentialState.Untrusted, test.State);
        Assert.DoesNotContain("Accepted", server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PostgreSQL_says_whether_the_password_is_right(bool tls)
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync(tls);
        Add(Protocols.PostgreSql, server.Port, new NewAssetAccount { Name = PostgreSqlServer.Admin, Password = "wrong"u8.ToArray() });
        await SaysWhetherThePasswordIsRight(PostgreSqlServer.AdminPassword, tls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MariaDB_says_whether_the_password_is_right(bool tls)
    {
        await using MariaDbServer server = await MariaDbServer.StartAsync(tls);
        Add(Protocols.MySql, server.Port, new NewAssetAccount { Name = MariaDbServer.Admin, Password = "wrong"u8.ToArray() });
        await SaysWhetherThePasswordIsRight(MariaDbServer.AdminPassword, tls);
    }

    [Fact]
    public async Task A_database_that_has_shown_a_key_is_held_to_it()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync(tls: true);
        Add(Protocols.PostgreSql, server.Port, new NewAssetAccount { Name = PostgreSqlServer.Admin, Password = PostgreSqlServer.AdminPassword.ToUtf8() });
        Assert.Equal(CredentialState.Works, (await TestAsync()).State);
        await using PostgreSqlServer other = await PostgreSqlServer.StartAsync(tls: true);
        Move(other.Port);
        Assert.Equal(CredentialState.Untrusted, (await TestAsync()).State);
        await using PostgreSqlServer plain = await PostgreSqlServer.StartAsync();
        Move(plain.Port);
        Assert.NotEqual(CredentialState.Works, (await TestAsync()).State);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_unreachable()
    {
        foreach (string protocol in new[] { Protocols.Ssh, Protocols.MySql, Protocols.PostgreSql })
        {
            using var store = new TempStore();
            store.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "gone", OwnerAccountId = "1", PrivateAddress = "127.0.0.1", Ports = new Dictionary<string, int> { [protocol] = Programs.FreePort() } });
            AssetAccount account = store.Engine.AssetAccounts.Add(TempStore.Admin, new AssetReference("gone"), new NewAssetAccount { Name = "x", Password = "y"u8.ToArray() });
            CredentialTest test = await store.Engine.CredentialTests.TestAsync(TempStore.Admin, account, TimeSpan.FromSeconds(20), CancellationToken.None);
            Assert.Equal((protocol, CredentialState.Unreachable), (test.Protocol, test.State));
        }
    }

    [Fact]
    public async Task What_cannot_be_tested_is_told()
    {
        Add(Protocols.Ssh, 1, new NewAssetAccount { Name = "guest" });
        Assert.Equal(CredentialState.NothingKept, (await TestAsync()).State);
        await Assert.ThrowsAsync<NotAuthorizedException>(() => _store.Engine.CredentialTests.TestAsync(TempStore.Stranger, Account(), TimeSpan.FromSeconds(20), CancellationToken.None));
    }

    private async Task SaysWhetherThePasswordIsRight(string password, bool tls)
    {
        CredentialTest wrong = await TestAsync();
        Assert.Equal((CredentialState.Refused, CredentialKind.Password), (wrong.State, wrong.Credential));
        _store.Engine.AssetAccounts.Change(TempStore.Admin, new AssetReference("db-1"), Account().Name, new AssetAccountChange { Password = password.ToUtf8() });
        Assert.Equal(CredentialState.Works, (await TestAsync()).State);
        Assert.Equal(tls ? [("tls", HostKeyState.Trusted)] : [], _store.Engine.HostKeys.List(new AssetReference("db-1")).Select(k => (k.KeyType, k.State)));
    }

    private void Add(string protocol, int port, NewAssetAccount account)
    {
        _store.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "db-1", OwnerAccountId = "1", PrivateAddress = "127.0.0.1", Ports = new Dictionary<string, int> { [protocol] = port } });
        _store.Engine.AssetAccounts.Add(TempStore.Admin, new AssetReference("db-1"), account);
    }

    private void Move(int port) => _store.Engine.Assets.Change(TempStore.Admin, new AssetReference("db-1"), new AssetChange { Ports = new Dictionary<string, int> { [Protocols.PostgreSql] = port } });

    private AssetAccount Account() => _store.Engine.AssetAccounts.List(new AssetReference("db-1"), [], [])[0];

    private Task<CredentialTest> TestAsync() => _store.Engine.CredentialTests.TestAsync(TempStore.Admin, Account(), TimeSpan.FromSeconds(20), CancellationToken.None);
}

internal static class Utf8
{
    internal static byte[] ToUtf8(this string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
