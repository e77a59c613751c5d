using Bastion.Assets;
using Bastion.Audit.Recording;
using Bastion.Audit.Sessions;
using Bastion.Sessions;
using Bastion.Sessions.Ssh;
using Bastion.Users;

namespace Bastion.Unit.Sessions;

#pragma warning disable CA1001 // IAsyncLifetime disposes
/// <summary>What ends a session from this side, and what is left of it: the engine, a real sshd, a terminal in memory.</summary>
public sealed class SessionGuardTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TestTerminal _terminal = new();
    private SshServer _server = null!;
    private SessionStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync();
        _store = new SessionStore(_server);
    }

    public async Task DisposeAsync()
    {
        _store.Dispose();
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    private static SessionRequest Request { get; } = new() { Asset = new AssetReference("web-1"), User = new UserReference("ana") };

    private async Task<Task<SessionAudit>> OpenAsync()
    {
        Task<SessionAudit> session = Task.Run(() => _store.Engine.Sessions.ShellAsync(TempStore.Admin, Request, _terminal, CancellationToken.None));
        await _terminal.SeeAsync("here> ");
        return session;
    }

    [Fact]
    public async Task A_recording_that_is_removed_ends_the_session()
    {
        Task<SessionAudit> session = await OpenAsync();
        string recording = _store.Newest.Recording!;
        File.Delete(recording);
        File.Delete(Path.ChangeExtension(Path.ChangeExtension(recording, null), ".journal"));
        await Assert.ThrowsAsync<RecordingLostException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(SessionState.Broken, _store.Newest.State);
        Assert.Contains("recording", _store.Newest.EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grant_that_is_revoked_ends_the_session_and_says_so()
    {
        Task<SessionAudit> session = await OpenAsync();
        _store.Engine.Grants.Revoke(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), []);
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("SessionClosed", error.Id);
        Assert.Equal(SessionState.Ended, _store.Newest.State);
        Assert.True(RecordingCheck.Of(_store.Newest.Recording!, _store.Newest.Id, _store.Newest.RecordingHead).IsIntact);
        Assert.False(_terminal.IsRaw);
    }

    [Fact]
    public async Task A_user_who_is_locked_is_thrown_out_and_let_in_no_more_until_unlocked()
    {
        Task<SessionAudit> session = await OpenAsync();
        _store.Engine.UserLocks.Lock(TempStore.Admin, new UserReference("ana"), reason: "laptop lost");
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("SessionClosed", error.Id);
        Assert.Contains("is locked", _store.Newest.EndReason, StringComparison.Ordinal);
        Assert.Equal("UserNotActive", (await Assert.ThrowsAsync<SessionDeniedException>(() =>
            _store.Engine.Sessions.ExecAsync(TempStore.Admin, Request, new CommandRequest { Command = "true" }, CancellationToken.None))).Id);
        Assert.Equal(SessionState.Denied, _store.Newest.State);
        _store.Engine.UserLocks.Unlock(TempStore.Admin, new UserReference("ana"));
        Assert.Equal(0, (await _store.Engine.Sessions.ExecAsync(TempStore.Admin, Request, new CommandRequest { Command = "true" }, CancellationToken.None)).ExitCode);
    }

    [Fact]
    public async Task Who_signed_in_works_as_that_user_only()
    {
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "bob" });
        User ana = _store.Engine.Users.Resolve(new UserReference("ana"));
        Caller caller = TempStore.Stranger with { Name = "ana", UserId = ana.Id };
        Assert.Equal("ana", (await RunAsync(caller, null)).User);
        await Assert.ThrowsAsync<NotAuthorizedException>(() => RunAsync(caller, new UserReference("bob")));
        await Assert.ThrowsAsync<NotAuthorizedException>(() => RunAsync(caller, new UserReference("nobody")));
        // The name goes to somebody else; who signed in under it is not that person
        _store.Engine.Users.Change(TempStore.Admin, new UserReference("ana"), new UserChange { Name = "ana.ruiz" });
        _store.Engine.Users.Change(TempStore.Admin, new UserReference("bob"), new UserChange { Name = "ana" });
        Assert.Equal("ana.ruiz", (await RunAsync(caller, null)).User);
        await Assert.ThrowsAsync<NotAuthorizedException>(() => RunAsync(caller, new UserReference("ana")));
        _store.Engine.Users.Remove(TempStore.Admin, new UserReference("ana.ruiz"));
        await Assert.ThrowsAsync<UserNotFoundException>(() => RunAsync(caller, null));
    }

    private async Task<SessionAudit> RunAsync(Caller caller, UserReference? user)
    {
        await _store.Engine.Sessions.ExecAsync(caller, new SessionRequest { Asset = new AssetReference("web-1"), User = user }, new CommandRequest { Command = "true" }, CancellationToken.None);
        return _store.Newest;
    }

    [Fact]
    public async Task A_store_that_can_no_longer_be_asked_ends_the_session()
    {
        Task<SessionAudit> session = await OpenAsync();
        string database = Path.Combine(_store.Folder, "bastion.db");
        File.Move(database, database + ".away");
        _store.Engine.Context.Database.Release();
        // Who can't be checked can't go on, and the end can't be written either
        await Assert.ThrowsAnyAsync<BastionException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.False(_terminal.IsRaw);
        File.Move(database + ".away", database);
        Assert.Equal(SessionState.Broken, _store.Newest.State);
    }

    [Fact]
    public async Task A_recording_whose_end_the_disk_did_not_take_is_sealed_by_whoever_looks_next()
    {
        Task<SessionAudit> session = await OpenAsync();
        _terminal.Press("exit 4\n");
        SessionAudit ended = await session;
        // As if the head had not been written: what a full disk leaves
        _store.Engine.Context.Database.Write(connection => connection.Execute("UPDATE sessions SET recording_head = NULL"));
        Assert.Equal(ended.RecordingHead, _store.Newest.RecordingHead);
        Assert.Equal(SessionState.Ended, _store.Newest.State);
    }
}
