using Bastion.Approvals;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Sessions;

namespace Bastion.Unit.Approvals;

public sealed class CommandGateTests : IDisposable
{
    private readonly ApprovalWorld _world = new();
    private readonly TaskCompletionSource<ApprovalRequest> _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandGateTests()
    {
        _world.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "ask", Rules = [CommandControl.Parse(null, ["reboot"], allowOpaque: false), CommandApproval.Parse(["rm"], new ApprovalTerms { Approvers = ["bob"] })] });
    }

    public void Dispose() => _world.Dispose();

    private CommandGate Gate(ApprovalWish? wish = null)
    {
        Engine engine = _world.Engine;
        var access = new AccessCheck(engine.Context, engine.Users, engine.Grants, engine.Policies);
        return new CommandGate(access, ApprovalWorld.Gate(engine), TempStore.Admin, () => new SessionSubject(_world.World.User("ana"), _world.World.Asset("web-1"), _world.World.Account("web-1", "root")),
            ProtocolChannel.SshExec, "s1", null, wish ?? new ApprovalWish { OnWaiting = request => _waiting.TrySetResult(request) });
    }

    private async Task<CommandAnswer> AnswerAsync(Task<CommandAnswer> asked)
    {
        while (!asked.IsCompleted)
        {
            _world.World.Store.Clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        return await asked;
    }

    [Fact]
    public async Task What_is_allowed_or_denied_is_answered_at_once()
    {
        Assert.True((await Gate().AskAsync("ls", CancellationToken.None)).Allowed);
        CommandAnswer denied = await Gate().AskAsync("ls; reboot", CancellationToken.None);
        Assert.False(denied.Allowed);
        Assert.Contains("deny-list (reboot)", denied.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_approval_waits_for_it_and_may_be_sent_once()
    {
        Task<CommandAnswer> asked = Gate().AskAsync("rm x", CancellationToken.None);
        ApprovalRequest request = await _waiting.Task;
        Assert.False(asked.IsCompleted);
        _world.Approve(request, "bob");
        Assert.True((await AnswerAsync(asked)).Allowed);
        Assert.Equal((ApprovalState.Used, "s1"), (_world.Now(request).State, _world.Now(request).SessionId));
        CommandAnswer again = await Gate(new ApprovalWish { NoWait = true }).AskAsync("rm x", CancellationToken.None);
        Assert.False(again.Allowed);
        Assert.Contains("waits for it", again.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_approver_denies_is_not_sent_and_the_user_is_told_why()
    {
        Task<CommandAnswer> asked = Gate().AskAsync("rm x", CancellationToken.None);
        _world.Engine.Approvals.Deny(_world.As("bob"), (await _waiting.Task).Id, new() { Comment = "no" });
        CommandAnswer answer = await AnswerAsync(asked);
        Assert.False(answer.Allowed);
        Assert.Contains("no by bob: no", answer.Reason, StringComparison.Ordinal);
    }
}
