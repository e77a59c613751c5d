using Bastion.Approvals;
using Bastion.Assets;
using Bastion.Audit.Sessions;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Sessions;
using Bastion.Unit.Sessions;
using Bastion.Users;

namespace Bastion.Unit.Approvals;

#pragma warning disable CA1001 // IAsyncLifetime disposes
/// <summary>Approvals in front of a real sshd; approvers answer through another opened store, as another process would.</summary>
public sealed class ApprovalSessionTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly ApprovalTerms Bob = new() { Approvers = ["bob"] };
    private readonly TestTerminal _terminal = new();
    private readonly TaskCompletionSource<ApprovalRequest> _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SshServer _server = null!;
    private SessionStore _store = null!;
    private Engine _other = null!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync();
        _store = new SessionStore(_server);
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "bob" });
        _other = Engine.Open(_store.Engine.Location);
    }

    public async Task DisposeAsync()
    {
        _other.Dispose();
        _store.Dispose();
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    private SessionRequest Request => new() { Asset = new AssetReference("web-1"), User = new UserReference("ana"), Approval = new ApprovalWish { Reason = "disk full", OnWaiting = request => _waiting.TrySetResult(request) } };

    private void Require(params PolicyRule[] rules) => _store.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "ask", Rules = rules });

    private Task<SessionAudit> ShellAsync(CancellationToken stop = default) => Task.Run(() => _store.Engine.Sessions.ShellAsync(TempStore.Admin, Request, _terminal, stop), CancellationToken.None);

    private Task<CommandResult> RunAsync(string command) => Task.Run(() => _store.Engine.Sessions.ExecAsync(TempStore.Admin, Request, new CommandRequest { Command = command }, CancellationToken.None));

    private ApprovalRequest Approve(ApprovalRequest request, ApprovalAnswer? answer = null) => _other.Approvals.Approve(TempStore.Admin, request.Id, (answer ?? new()) with { As = new("bob") });

    private ApprovalRequest Now(ApprovalRequest request) => _other.Approvals.Get(TempStore.Admin, request.Id);

    [Fact]
    public async Task A_shell_waits_goes_on_when_it_is_approved_elsewhere_and_ends_when_the_yes_is_taken_back()
    {
        Require(SessionApproval.By(Bob));
        Task<SessionAudit> session = ShellAsync();
        ApprovalRequest request = await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(("ana", "disk full", ApprovalState.Pending), (request.User, request.Reason, Now(request).State));
        Assert.Empty(_store.Engine.SessionAudits.List(new SessionAuditFilter()));
        Approve(request);
        await _terminal.SeeAsync("here> ");
        Assert.Equal(_store.Newest.Id, Now(request).SessionId);
        Assert.Contains($"request {request.Id}", _store.Newest.Decision, StringComparison.Ordinal);
        _other.Approvals.Deny(TempStore.Admin, request.Id, new() { As = new("bob"), Comment = "enough" });
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("SessionClosed", error.Id);
        Assert.Contains("no by bob (given by tester): enough", _store.Newest.EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_when_the_window_of_its_approval_is_over()
    {
        Require(SessionApproval.By(Bob));
        Task<SessionAudit> session = ShellAsync();
        Approve(await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60)), new ApprovalAnswer { For = TimeSpan.FromSeconds(4) });
        await _terminal.SeeAsync("here> ");
        await Assert.ThrowsAsync<SessionDeniedException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("is over", _store.Newest.EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_denied_denies_the_session_and_the_audit_says_why()
    {
        Require(SessionApproval.By(Bob));
        Task<SessionAudit> session = ShellAsync();
        ApprovalRequest request = await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60));
        _other.Approvals.Deny(TempStore.Admin, request.Id, new() { As = new("bob"), Comment = "not today" });
        SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("not today", error.Message, StringComparison.Ordinal);
        Assert.Equal(SessionState.Denied, _store.Newest.State);
    }

    [Fact]
    public async Task Who_stops_waiting_cancels_his_request_and_no_session_begins()
    {
        Require(SessionApproval.By(Bob));
        using var stop = new CancellationTokenSource();
        Task<SessionAudit> session = ShellAsync(stop.Token);
        ApprovalRequest request = await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session);
        Assert.Equal(ApprovalState.Cancelled, Now(request).State);
        Assert.Empty(_store.Engine.SessionAudits.List(new SessionAuditFilter()));
    }

    [Fact]
    public async Task A_grant_that_is_revoked_while_it_is_waited_for_counts()
    {
        Require(SessionApproval.By(Bob));
        Task<SessionAudit> session = ShellAsync();
        ApprovalRequest request = await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60));
        _other.Grants.Revoke(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), []);
        Assert.Equal("NotGranted", (await Assert.ThrowsAsync<SessionDeniedException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)))).Id);
        Assert.Equal(ApprovalState.Cancelled, Now(request).State);
    }

    [Fact]
    public async Task A_command_waits_for_its_own_approval_and_runs_once()
    {
        Require(CommandApproval.Parse(["touch"], Bob));
        Assert.Equal(["a"], (await RunAsync("echo a")).Output);
        string file = Path.Combine(_store.Folder, "touched");
        Task<CommandResult> run = RunAsync($"touch {file}; echo done");
        ApprovalRequest request = await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((ApprovalKind.Command, $"touch {file}; echo done"), (request.Kind, request.Command));
        Assert.False(File.Exists(file));
        Approve(request);
        Assert.Equal(["done"], (await run.WaitAsync(TimeSpan.FromSeconds(60))).Output);
        Assert.True(File.Exists(file));
        Assert.Equal(ApprovalState.Used, Now(request).State);
    }
}
