using Bastion.Approvals;
using Bastion.Assets;
using Bastion.Audit.Commands;
using Bastion.Audit.Sessions;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Sessions;
using Bastion.Users;

namespace Bastion.Unit.Sessions;

#pragma warning disable CA1001 // IAsyncLifetime disposes
/// <summary>Approval of commands at the prompt of a checked session on a real sshd. No policy controls commands beside it.</summary>
public sealed class CheckedApprovalTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly SessionRequest Request = new() { Asset = new AssetReference("web-1"), User = new UserReference("ana") };
    private readonly TestTerminal _terminal = new();
    private readonly CancellationTokenSource _stop = new();
    private SshServer _server = null!;
    private SessionStore _store = null!;
    private Task<SessionAudit> _running = null!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync();
        _store = new SessionStore(_server);
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "bob" });
        _store.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "ask", Rules = [CommandApproval.Parse(["touch"], new ApprovalTerms { Approvers = ["bob"] })] });
        _running = _store.Engine.Sessions.ShellAsync(TempStore.Admin, Request, _terminal, _stop.Token);
        await _terminal.SeeAsync("# ");
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running, Task.Delay(TimeSpan.FromSeconds(30), CancellationToken.None));
        _stop.Dispose();
        _store.Dispose();
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    private string File(string name) => Path.Combine(_store.Folder, name);

    private Caller Bob => TempStore.Stranger with { Name = "bob", UserId = _store.Engine.Users.Resolve(new UserReference("bob")).Id };

    private async Task<ApprovalRequest> WaitingAsync(string command)
    {
        int before = _terminal.Shown.Length;
        _terminal.Press($"{command}\r");
        string shown = await _terminal.SeeAsync("Ctrl-C gives up.", before);
        ApprovalRequest request = _store.Engine.Approvals.List(TempStore.Admin, new ApprovalFilter { States = [ApprovalState.Pending] }).Single();
        Assert.Contains($"(request {request.Id}) by 1 of bob", shown[before..].Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(command, request.Text);
        return request;
    }

    private async Task<CommandDecision[]> LeaveAsync()
    {
        _terminal.Press("exit\r");
        await _running.WaitAsync(TimeSpan.FromSeconds(60), _stop.Token);
        return [.. _store.Engine.SessionCommands.List(new SessionCommandFilter()).Select(c => c.Decision).Reverse()];
    }

    [Fact]
    public async Task An_approved_command_runs_once()
    {
        ApprovalRequest request = await WaitingAsync($"touch {File("a")}; echo ma''de");
        Assert.False(System.IO.File.Exists(File("a")));
        _store.Engine.Approvals.Approve(Bob, request.Id, new ApprovalAnswer());
        await _terminal.SeeAsync("made");
        Assert.True(System.IO.File.Exists(File("a")));
        Assert.Equal(ApprovalState.Used, _store.Engine.Approvals.Get(TempStore.Admin, request.Id).State);
        Assert.Equal([CommandDecision.Allowed], await LeaveAsync());
    }

    [Fact]
    public async Task A_denied_command_does_not_run_and_the_session_goes_on()
    {
        ApprovalRequest request = await WaitingAsync($"touch {File("a")}");
        _store.Engine.Approvals.Deny(Bob, request.Id, new ApprovalAnswer { Comment = "not now" });
        await _terminal.SeeAsync("not now");
        _terminal.Press("echo go''es\r");
        await _terminal.SeeAsync("goes");
        Assert.Equal([CommandDecision.Denied, CommandDecision.Allowed], await LeaveAsync());
        Assert.False(System.IO.File.Exists(File("a")));
    }

    [Fact]
    public async Task Ctrl_C_gives_up_and_takes_the_request_back()
    {
        ApprovalRequest request = await WaitingAsync($"touch {File("a")}");
        _terminal.Press("\u0003");
        await _terminal.SeeAsync("You no longer waited for it.");
        Assert.Equal(ApprovalState.Cancelled, _store.Engine.Approvals.Get(TempStore.Admin, request.Id).State);
        Assert.Equal([CommandDecision.Denied], await LeaveAsync());
        Assert.False(System.IO.File.Exists(File("a")));
    }
}
