using Bastion.Approvals;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Users;

namespace Bastion.Unit.Approvals;

public sealed class ApprovalGateTests : IDisposable
{
    private static readonly ApprovalTerms Bob = new() { Approvers = ["bob"] };
    private readonly ApprovalWorld _world = new();

    public void Dispose() => _world.Dispose();

    private ApprovalRequest Single => Assert.Single(_world.Engine.Approvals.List(TempStore.Admin, new()));

    private void ApproveCommands(params string[] commands) =>
        _world.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "commands", Rules = [CommandApproval.Parse(commands, Bob)] });

    [Fact]
    public async Task Without_waiting_the_error_names_the_request_and_asking_again_makes_no_other()
    {
        _world.Require(Bob);
        var error = await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(_world.Subject()));
        Assert.Equal((Single.Id, "ApprovalPending"), (error.Subject, error.Id));
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(_world.Subject()));
        _world.Approve(Single, "bob");
        ApprovalHold hold = await _world.PassAsync(_world.Subject());
        Assert.True(_world.Decide(_world.Subject(), hold).Allowed);
        Assert.Contains($"Approved by bob (request {Single.Id})", string.Join(' ', _world.Decide(_world.Subject(), hold).Sections), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_is_for_exactly_what_was_asked_for()
    {
        _world.Require(Bob);
        ApproveCommands("rm");
        ApprovalSubject subject = _world.Subject(ProtocolChannel.SshExec, "rm x");
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(subject));
        _world.Approve(Single, "bob");
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(subject));
        ApprovalRequest command = _world.Engine.Approvals.List(TempStore.Admin, new() { States = [ApprovalState.Pending] }).Single();
        Assert.Equal(("rm x", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("rm x"u8))), (command.Command, command.CommandHash));
        _world.Approve(command, "bob");
        ApprovalHold hold = await _world.PassAsync(subject);
        Assert.Equal(2, hold.Ids.Count);
        foreach (ApprovalSubject other in new[] { subject with { Command = "rm x " }, subject with { Command = "rm y" }, _world.Subject(ProtocolChannel.SshExec, "rm x", account: "deploy"), _world.Subject(ProtocolChannel.SshExec, "rm x", asset: "web-2") })
            await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(other));
        // A shell is another channel than that of commands
        await Assert.ThrowsAsync<ApprovalPendingException>(async () =>
        {
            _world.Engine.Policies.Remove(TempStore.Admin, new("commands"));
            await _world.PassAsync(_world.Subject());
        });
    }

    [Fact]
    public async Task An_approver_sees_no_control_characters_and_approves_the_bytes_as_they_are()
    {
        ApproveCommands("rm");
        const string Command = "rm x \u001B[2K\rls # \u202Etxt";
        ApprovalSubject subject = _world.Subject(ProtocolChannel.SshExec, Command);
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(subject, new ApprovalWish { Reason = "a\u001B[31mb" }));
        Assert.Equal((@"rm x \u{1B}[2K\u{D}ls # \u{202E}txt", @"a\u{1B}[31mb"), (Single.Command, Single.Reason));
        _world.Approve(Single, "bob");
        Assert.Single((await _world.PassAsync(subject)).Ids);
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(subject with { Command = Single.Command }));
    }

    [Fact]
    public async Task A_command_is_approved_for_one_use()
    {
        ApproveCommands("rm");
        ApprovalSubject subject = _world.Subject(ProtocolChannel.SshExec, "rm x");
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(subject));
        _world.Approve(Single, "bob");
        ApprovalHold hold = await _world.PassAsync(subject);
        ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, subject, hold, "s1");
        Assert.Equal((ApprovalState.Used, "s1", 1), (Single.State, Single.SessionId, Single.Uses));
        // It runs on, however long it takes, and no other session gets it
        _world.World.Store.Clock.Advance(TimeSpan.FromHours(3));
        Assert.True(_world.Decide(subject, hold).Allowed);
        Assert.Throws<ApprovalLostException>(() => ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, subject, hold, "s2"));
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(subject));
    }

    [Fact]
    public async Task A_session_is_approved_for_any_number_within_the_window_and_ends_with_it()
    {
        _world.Require(Bob with { Lifetime = TimeSpan.FromMinutes(10) });
        ApprovalRequest request = _world.Approve(_world.Ask(), "bob");
        ApprovalHold hold = await _world.PassAsync(_world.Subject());
        ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, _world.Subject(), hold, "s1");
        ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, _world.Subject(), hold, "s2");
        Assert.Equal((ApprovalState.Approved, 2), (Single.State, Single.Uses));
        _world.World.Store.Clock.Advance(TimeSpan.FromMinutes(10));
        PolicyDecision decision = _world.Decide(_world.Subject(), hold);
        Assert.False(decision.Allowed || decision.NeedsApproval);
        Assert.Contains($"Request {request.Id} is over", decision.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yes_that_is_taken_back_ends_what_runs_on_it()
    {
        _world.Require(Bob);
        ApprovalRequest request = _world.Approve(_world.Ask(new ApprovalWish { Once = true }), "bob");
        ApprovalHold hold = await _world.PassAsync(_world.Subject());
        ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, _world.Subject(), hold, "s1");
        Assert.True(_world.Decide(_world.Subject(), hold).Allowed);
        _world.Engine.Approvals.Deny(_world.As("bob"), request.Id, new() { Comment = "stop" });
        Assert.Contains("was denied: no by bob: stop", _world.Decide(_world.Subject(), hold).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_approvers_may_is_asked_again_when_it_is_used()
    {
        _world.Require(new ApprovalTerms { ApproverGroups = ["leads"] });
        _world.Approve(_world.Ask(), "kim");
        ApprovalHold hold = await _world.PassAsync(_world.Subject());
        _world.Engine.UserGroups.Change(TempStore.Admin, new("leads"), new() { Remove = [new UserReference("kim")] });
        Assert.Throws<ApprovalLostException>(() => ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, _world.Subject(), hold, "s1"));
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(_world.Subject()));
    }

    [Fact]
    public async Task A_policy_that_asks_no_more_needs_no_answer()
    {
        _world.Require(Bob);
        Task<ApprovalHold> waiting = ApprovalWorld.Gate(_world.Engine).PassAsync(TempStore.Admin, _world.Subject(), new(), hold => _world.Decide(_world.Subject(), hold), CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        _world.Engine.Policies.Change(TempStore.Admin, new("ask"), new() { Enabled = false });
        while (!waiting.IsCompleted)
        {
            _world.World.Store.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Empty((await waiting).Ids);
        Assert.Equal(ApprovalState.Cancelled, Single.State);
    }

    [Fact]
    public async Task What_nobody_answers_in_time_is_denied_and_told()
    {
        _world.Require(Bob with { Timeout = TimeSpan.FromMinutes(5) });
        Task<ApprovalHold> waiting = ApprovalWorld.Gate(_world.Engine).PassAsync(TempStore.Admin, _world.Subject(), new(), hold => _world.Decide(_world.Subject(), hold), CancellationToken.None);
        _world.World.Store.Clock.Advance(TimeSpan.FromMinutes(5));
        PolicyDecision decision = _world.Decide(_world.Subject(), await waiting);
        Assert.False(decision.Allowed || decision.NeedsApproval);
        Assert.Contains($"Request {Single.Id} was not answered in time", decision.Summary, StringComparison.Ordinal);
        Assert.Single(_world.World.Store.Events("approval.expired"));
    }

    [Fact]
    public async Task Who_no_longer_waits_takes_his_request_back()
    {
        _world.Require(Bob);
        using var stop = new CancellationTokenSource();
        Task<ApprovalHold> waiting = ApprovalWorld.Gate(_world.Engine).PassAsync(TempStore.Admin, _world.Subject(), new(), hold => _world.Decide(_world.Subject(), hold), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(ApprovalState.Cancelled, Single.State);
        Assert.Contains("no longer waits", Assert.Single(_world.World.Store.Events("approval.cancelled")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_that_the_rule_wants_has_to_be_given()
    {
        _world.Require(Bob with { RequireReason = true });
        Assert.Equal("ReasonMissing", (await Assert.ThrowsAsync<ReasonMissingException>(() => _world.PassAsync(_world.Subject()))).Id);
        await Assert.ThrowsAsync<ApprovalPendingException>(() => _world.PassAsync(_world.Subject(), new ApprovalWish { Reason = "disk full" }));
        Assert.Equal("disk full", Single.Reason);
    }

    [Fact]
    public async Task Break_glass_opens_ones_own_session_marked_and_for_an_hour()
    {
        _world.Require(Bob with { BreakGlass = ["ana"], Lifetime = TimeSpan.FromHours(8) });
        await Assert.ThrowsAsync<ReasonMissingException>(() => _world.PassAsync(_world.Subject(), new ApprovalWish { BreakGlass = true }));
        ApprovalHold hold = await _world.PassAsync(_world.Subject(), new ApprovalWish { BreakGlass = true, Reason = "site down" });
        ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, _world.Subject(), hold, "s1");
        Assert.Equal((true, ApprovalState.Approved, _world.World.Now.AddHours(1)), (Single.BreakGlass, Single.State, Single.GrantedUntil));
        Assert.Equal("yes by ana (given by tester): site down", Assert.Single(Single.Decisions).ToString());
        Assert.Contains("break-glass", Assert.Single(_world.World.Store.Events("approval.brokeglass")).Detail, StringComparison.Ordinal);
        Assert.Contains("Break-glass", string.Join(' ', _world.Decide(_world.Subject(), hold).Sections), StringComparison.Ordinal);
        Assert.Single(_world.Engine.Approvals.List(TempStore.Admin, new() { BreakGlass = true }));
        // Whom the rule no longer names may not use it again
        _world.Engine.Policies.Change(TempStore.Admin, new("ask"), new() { Rules = rules => rules.With(SessionApproval.By(Bob)) });
        Assert.Throws<ApprovalLostException>(() => ApprovalWorld.Gate(_world.Engine).Use(TempStore.Admin, _world.Subject(), hold, "s2"));
        Assert.Equal("BreakGlassRefused", (await Assert.ThrowsAsync<BreakGlassRefusedException>(() => _world.PassAsync(_world.Subject(), new ApprovalWish { BreakGlass = true, Reason = "again" }))).Id);
    }

    [Fact]
    public async Task Break_glass_works_where_nobody_else_can_approve_and_only_by_its_own_user()
    {
        _world.Require(new ApprovalTerms { Approvers = ["ana"], BreakGlass = ["ana"] });
        Assert.Equal("NoApprover", (await Assert.ThrowsAsync<NoApproverException>(() => _world.PassAsync(_world.Subject()))).Id);
        await Assert.ThrowsAsync<NotAuthorizedException>(() => ApprovalWorld.Gate(_world.Engine).PassAsync(_world.As("bob") with { IsAdministrator = true }, _world.Subject(), new() { BreakGlass = true, Reason = "x" }, hold => _world.Decide(_world.Subject(), hold), CancellationToken.None));
        Assert.Single((await _world.PassAsync(_world.Subject(), new ApprovalWish { BreakGlass = true, Reason = "site down" })).Ids);
    }

    [Fact]
    public void A_request_that_waits_can_be_approved_by_break_glass_with_a_reason()
    {
        _world.Require(Bob with { BreakGlass = ["ana"] });
        ApprovalRequest request = _world.Ask();
        Assert.Throws<ReasonMissingException>(() => _world.Approve(request, "ana", new() { BreakGlass = true }));
        Assert.Throws<NotApproverException>(() => _world.Approve(request, "bob", new() { BreakGlass = true, Comment = "x" }));
        Assert.True(_world.Approve(request, "ana", new() { BreakGlass = true, Comment = "site down" }).BreakGlass);
    }

    [Fact]
    public async Task Of_many_who_use_an_approval_for_one_use_at_once_one_gets_it()
    {
        _world.Require(Bob);
        _world.Approve(_world.Ask(new ApprovalWish { Once = true }), "bob");
        ApprovalHold hold = await _world.PassAsync(_world.Subject());
        using Engine other = Engine.Open(_world.World.Store.Location, _world.World.Store.Clock);
        bool Try(Engine engine, int n)
        {
            try
            {
                ApprovalWorld.Gate(engine).Use(TempStore.Admin, _world.Subject(), hold, $"s{n}");
                return true;
            }
            catch (ApprovalLostException)
            {
                return false;
            }
        }

        bool[] used = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => Try(n % 2 == 0 ? _world.Engine : other, n))));
        Assert.Equal((1, 1), (used.Count(u => u), Single.Uses));
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_both_count_and_one_answer_of_each()
    {
        _world.Require(new ApprovalTerms { ApproverGroups = ["leads"], Needed = 2 });
        ApprovalRequest request = _world.Ask();
        using Engine other = Engine.Open(_world.World.Store.Location, _world.World.Store.Clock);
        string Try(Engine engine, string who)
        {
            try
            {
                return engine.Approvals.Approve(_world.As(who), request.Id, new()).State.ToString();
            }
            catch (BastionException e)
            {
                return e.Id;
            }
        }

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => Try(n < 4 ? _world.Engine : other, n % 2 == 0 ? "kim" : "lee"))));
        Assert.Equal((1, 1), (answers.Count(a => a == "Pending"), answers.Count(a => a == "Approved")));
        Assert.All(answers.Where(a => a is not ("Pending" or "Approved")), a => Assert.Contains(a, new[] { "AlreadyAnswered", "ApprovalClosed" }));
        Assert.Equal(2, Single.Decisions.Count);
    }
}
