using Bastion.Assets;
using Bastion.Audit.Sessions;
using Bastion.Credentials.Keys;
using Bastion.Sessions;
using Bastion.Unit.Console;
using Bastion.Unit.Sessions;
using Bastion.Users;

namespace Bastion.Unit.Credentials;

#pragma warning disable CA1001 // IAsyncLifetime disposes
/// <summary>With what sessions log on to a real sshd.</summary>
public sealed class CredentialSessionTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly AssetReference Web = new("web-1");
    private SshServer _server = null!;
    private SessionStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync(passwords: "password");
        _store = new SessionStore(_server);
    }

    public async Task DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_shared_key_goes_before_a_key_of_the_accounts_own()
    {
        SharedKey fleet = _store.Engine.SharedKeys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" });
        _server.Authorize(fleet.PublicKey);
        _store.Engine.AssetAccounts.Change(TempStore.Admin, Web, Environment.UserName, new AssetAccountChange { SharedKey = new SharedKeyReference(fleet) });
        await RunAsync(Environment.UserName, "ana", null);
        Assert.Contains($"Accepted key ED25519 {fleet.Fingerprint}", _server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shared_key_that_the_host_does_not_know_leaves_the_accounts_own_key_to_be_tried()
    {
        SharedKey fleet = _store.Engine.SharedKeys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" });
        _store.Engine.AssetAccounts.Change(TempStore.Admin, Web, Environment.UserName, new AssetAccountChange { SharedKey = new SharedKeyReference(fleet) });
        Assert.Equal(0, (await RunAsync(Environment.UserName, "ana", null)).ExitCode);
    }

    [Fact]
    public async Task An_account_without_a_secret_asks_for_it_and_keeps_it_nowhere()
    {
        Grant(SshServer.PasswordUser, "ana");
        string? asked = null;
        CommandResult result = await RunAsync(SshServer.PasswordUser, "ana", (login, _) =>
        {
            asked = login;
            return Task.FromResult<string?>(SshServer.Password);
        });
        Assert.Equal([SshServer.PasswordUser], result.Output);
        Assert.Equal($"{SshServer.PasswordUser}@web-1", asked);
        Assert.False(_store.HoldsInClear(SshServer.Password));
        Assert.False(_store.Engine.AssetAccounts.Resolve(Web, SshServer.PasswordUser).HasPassword);
    }

    [Fact]
    public async Task Self_logs_on_as_the_user_with_his_own_password()
    {
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = SshServer.PasswordUser });
        Grant(AssetAccount.SelfName, SshServer.PasswordUser);
        CommandResult result = await RunAsync(AssetAccount.SelfName, SshServer.PasswordUser, (_, _) => Task.FromResult<string?>(SshServer.Password));
        Assert.Equal([SshServer.PasswordUser], result.Output);
        Assert.Equal((AssetAccount.SelfName, SshServer.PasswordUser), (result.Account, _store.Newest.User));
    }

    [Fact]
    public async Task Nobody_is_asked_for_the_password_of_an_account_that_he_may_not_use()
    {
        _store.Engine.AssetAccounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = "empty" });
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => RunAsync("empty", "ana", (_, _) => throw new InvalidOperationException("asked")));
        Assert.Equal("NotGranted", error.Id);
    }

    [Fact]
    public async Task A_grant_that_ends_while_the_password_is_typed_lets_nobody_in()
    {
        Grant(SshServer.PasswordUser, "ana");
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => RunAsync(SshServer.PasswordUser, "ana", (_, _) =>
        {
            _store.Engine.AssetAccounts.Remove(TempStore.Admin, Web, SshServer.PasswordUser);
            _store.Engine.AssetAccounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = SshServer.PasswordUser });
            return Task.FromResult<string?>(SshServer.Password);
        }));
        Assert.Equal(("NotGranted", SessionState.Denied), (error.Id, _store.Newest.State));
        Assert.DoesNotContain("Accepted password", _server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_answer_the_session_does_not_start()
    {
        Grant("empty", "ana");
        Assert.Equal("CredentialMissing", (await Assert.ThrowsAsync<CredentialMissingException>(() => RunAsync("empty", "ana", (_, _) => Task.FromResult<string?>("")))).Id);
        Assert.Equal(SessionState.Failed, _store.Newest.State);
    }

    [Fact]
    public async Task At_a_terminal_the_password_is_typed_unseen()
    {
        Grant(SshServer.PasswordUser, "ana");
        await using Tmux tmux = await _store.StartAsync($"(Invoke-BhCommand web-1 'echo I am $(id -un)' -User ana -Account {SshServer.PasswordUser}).Output; Read-Host 'done'");
        await tmux.SeesAsync($"Password for {SshServer.PasswordUser}@web-1:");
        await tmux.EnterAsync(SshServer.Password);
        string screen = await tmux.SeesAsync("done:");
        Assert.Contains($"I am {SshServer.PasswordUser}", screen, StringComparison.Ordinal);
        Assert.DoesNotContain(SshServer.Password, screen, StringComparison.Ordinal);
    }

    private void Grant(string account, string user)
    {
        _store.Engine.AssetAccounts.Add(TempStore.Admin, Web, new NewAssetAccount { Name = account });
        _store.Engine.Grants.Add(TempStore.Admin, new UserReference(user), Web, [account], null, null);
    }

    private Task<CommandResult> RunAsync(string account, string user, Func<string, CancellationToken, Task<string?>>? ask) => _store.Engine.Sessions.ExecAsync(TempStore.Admin,
        new SessionRequest { Asset = Web, Account = account, User = new UserReference(user), AskPassword = ask }, new CommandRequest { Command = "id -un" }, CancellationToken.None);
}
