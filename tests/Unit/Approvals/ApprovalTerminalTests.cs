using Bastion.Approvals;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Unit.Console;
using Bastion.Unit.Sessions;
using Bastion.Users;

namespace Bastion.Unit.Approvals;

#pragma warning disable CA1001 // IAsyncLifetime disposes
/// <summary>Waiting for an approval as a person meets it: a real terminal, the console in a process of its own, a real sshd.</summary>
public sealed class ApprovalTerminalTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private SshServer _server = null!;
    private SessionStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await SshServer.StartAsync();
        _store = new SessionStore(_server);
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "bob" });
        _store.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "ask", Rules = [SessionApproval.By(new ApprovalTerms { Approvers = ["bob"] })] });
    }

    public async Task DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
    }

    private ApprovalRequest Request => Assert.Single(_store.Engine.Approvals.List(TempStore.Admin, new ApprovalFilter()));

    [Fact]
    public async Task The_user_sees_who_may_approve_and_gets_his_shell_when_one_does()
    {
        await using Tmux tmux = await _store.StartAsync("Enter-BhSession web-1 -User ana -Reason 'disk full'; Read-Host 'done'");
        await tmux.SeesAsync("waits for approval by bob");
        Assert.Contains(Request.Id, await tmux.ScreenAsync(), StringComparison.Ordinal);
        _store.Engine.Approvals.Approve(TempStore.Admin, Request.Id, new ApprovalAnswer { As = new("bob") });
        await tmux.SeesAsync("here>");
        await tmux.EnterAsync("exit");
        await tmux.SeesAsync("done:");
        Assert.Equal((ApprovalState.Approved, _store.Newest.Id), (Request.State, Request.SessionId));
    }

    [Fact]
    public async Task Ctrl_C_takes_the_request_back()
    {
        await using Tmux tmux = await _store.StartAsync("Enter-BhSession web-1 -User ana");
        await tmux.SeesAsync("waits for approval by bob");
        // PowerShell loses one now and then: pressed again as a person would
        await tmux.SeesAsync(_ => Request.State == ApprovalState.Cancelled, "that the request is taken back", () => tmux.PressAsync("C-c"));
        await tmux.ExitCodeAsync();
        Assert.Empty(_store.Engine.SessionAudits.List(new()));
    }
}
