using Bastion.Approvals;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Users;

namespace Bastion.Unit.Approvals;

public sealed class ApprovalTests : IDisposable
{
    private static readonly ApprovalTerms Bob = new() { Approvers = ["bob"] };
    private readonly ApprovalWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_request_says_exactly_what_is_asked_for_and_is_in_the_audit()
    {
        _world.Require(Bob with { ApproverGroups = ["leads"], Needed = 2 });
        ApprovalRequest request = _world.Ask(new ApprovalWish { Reason = "disk full" });
        Assert.Equal((ApprovalKind.Session, ApprovalState.Pending, "ana", "web-1", "root", "SshShell", "ask", "disk full"), (request.Kind, request.State, request.User, request.Asset, request.Account, request.Channel, request.Policy, request.Reason));
        Assert.Equal((2, "bob,kim,lee", _world.World.Now.AddMinutes(30)), (request.Needed, string.Join(',', request.Approvers), request.ExpiresAt));
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{16}$", request.Id);
        Assert.Equal("ana → root@web-1", Assert.Single(_world.World.Store.Events("approval.requested")).Subject);
    }

    [Fact]
    public void Enough_approvers_approve_and_each_counts_once()
    {
        _world.Require(Bob with { ApproverGroups = ["leads"], Needed = 2 });
        ApprovalRequest request = _world.Ask();
        Assert.Equal(ApprovalState.Pending, _world.Approve(request, "bob").State);
        Assert.Equal("AlreadyAnswered", Assert.Throws<AlreadyAnsweredException>(() => _world.Approve(request, "bob")).Id);
        ApprovalRequest approved = _world.Approve(request, "lee", new ApprovalAnswer { Comment = "go" });
        Assert.Equal(ApprovalState.Approved, approved.State);
        Assert.Equal((_world.World.Now, _world.World.Now.AddHours(1)), (approved.GrantedFrom, approved.GrantedUntil));
        Assert.Equal(["yes by bob", "yes by lee: go"], approved.Decisions.Select(d => d.ToString()));
        Assert.Single(_world.World.Store.Events("approval.answered"));
        Assert.Single(_world.World.Store.Events("approval.approved"));
        Assert.Equal("ApprovalClosed", Assert.Throws<ApprovalClosedException>(() => _world.Approve(request, "kim")).Id);
    }

    [Fact]
    public void Only_those_whom_the_rule_names_now_may_answer()
    {
        _world.Require(Bob);
        ApprovalRequest request = _world.Ask();
        Assert.Throws<ApprovalNotFoundException>(() => _world.Approve(request, "kim"));
        Assert.Throws<ApprovalNotFoundException>(() => _world.Engine.Approvals.Deny(_world.As("kim"), request.Id, new()));
        Assert.Equal("NotApprover", Assert.Throws<NotApproverException>(() => _world.Engine.Approvals.Approve(TempStore.Admin, request.Id, new() { As = new("kim") })).Id);
        _world.Engine.Policies.Change(TempStore.Admin, new("ask"), new() { Rules = rules => rules.With(SessionApproval.By(new ApprovalTerms { ApproverGroups = ["leads"] })) });
        Assert.Equal("NotApprover", Assert.Throws<NotApproverException>(() => _world.Approve(request, "bob")).Id);
        Assert.Equal(ApprovalState.Approved, _world.Approve(request, "kim").State);
    }

    [Fact]
    public void Nobody_approves_his_own_not_even_for_another_user()
    {
        _world.Require(new ApprovalTerms { Approvers = ["ana", "bob", "kim"] });
        ApprovalRequest request = _world.Ask();
        Assert.Equal("bob,kim", string.Join(',', request.Approvers));
        Assert.Equal("SelfApproval", Assert.Throws<SelfApprovalException>(() => _world.Approve(request, "ana")).Id);
        Assert.Throws<SelfApprovalException>(() => _world.Engine.Approvals.Approve(TempStore.Admin, request.Id, new() { As = new("ana") }));
        // Who is signed in asks for himself only, so nobody can have another ask what he then approves.
        Assert.Throws<NotAuthorizedException>(() => _world.Ask(caller: _world.As("bob") with { IsAdministrator = true }));
        Assert.Equal(ApprovalState.Approved, _world.Approve(request, "kim").State);
    }

    [Fact]
    public void Whoever_holds_the_store_answers_for_a_named_approver_and_the_audit_names_both()
    {
        _world.Require(Bob);
        ApprovalRequest request = _world.Ask();
        Assert.Equal("ApproverNotNamed", Assert.Throws<ApproverNotNamedException>(() => _world.Engine.Approvals.Approve(TempStore.Admin, request.Id, new())).Id);
        Assert.Throws<ApprovalNotFoundException>(() => _world.Engine.Approvals.Approve(TempStore.Stranger, request.Id, new() { As = new("bob") }));
        // Who is signed in answers for nobody else
        Assert.Throws<NotAuthorizedException>(() => _world.Engine.Approvals.Approve(_world.As("ana"), request.Id, new() { As = new("bob") }));
        ApprovalDecision decision = Assert.Single(_world.Engine.Approvals.Approve(TempStore.Admin, request.Id, new() { As = new("bob") }).Decisions);
        Assert.Equal(("bob", "tester"), (decision.Approver, decision.GivenBy));
        Assert.Contains("yes by bob (given by tester)", Assert.Single(_world.World.Store.Events("approval.approved")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_can_approve_it_is_denied_and_the_policy_warns_of_it()
    {
        ControlPolicy policy = _world.Require(new ApprovalTerms { Approvers = ["ana"] });
        Assert.Empty(_world.Engine.Policies.Warnings(policy));
        PolicyDecision decision = _world.Decide(_world.Subject());
        Assert.False(decision.Allowed || decision.NeedsApproval);
        Assert.Contains("nobody approves his own", decision.Summary, StringComparison.Ordinal);
        Assert.Equal("DeniedByPolicy", Assert.Throws<Bastion.Sessions.SessionDeniedException>(() => _world.Ask()).Id);
        _world.Engine.Users.Change(TempStore.Admin, new("ana"), new UserChange { ValidFrom = _world.World.Now.AddDays(1) });
        Assert.Contains("nobody of them can give it", Assert.Single(_world.Engine.Policies.Warnings(policy)), StringComparison.Ordinal);
        Assert.Throws<UserNotFoundException>(() => _world.Require(new ApprovalTerms { Approvers = ["nobody"] }, "other"));
    }

    [Fact]
    public void Commands_that_are_not_known_yet_hinder_no_request_and_a_channel_that_stays_closed_does()
    {
        _world.Require(Bob);
        _world.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "commands", Rules = [CommandControl.Parse(["ls"], null, allowOpaque: false), CommandApproval.Parse(["rm"], Bob)] });
        var request = new Bastion.Sessions.SessionRequest { Asset = new("web-1"), Account = "root", User = new("ana") };
        Assert.Equal("SshExec", _world.Engine.Sessions.AskApproval(TempStore.Admin, request, ProtocolChannel.SshExec).Channel);
        Assert.Equal("SshShell", _world.Engine.Sessions.AskApproval(TempStore.Admin, request, ProtocolChannel.SshShell).Channel);
        _world.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "no shells", Rules = [ProtocolControl.Of([ProtocolChannel.SshExec])] });
        Assert.Equal("DeniedByPolicy", Assert.Throws<Bastion.Sessions.SessionDeniedException>(() => _world.Engine.Sessions.AskApproval(TempStore.Admin, request, ProtocolChannel.SshShell)).Id);
    }

    [Fact]
    public void Nobody_becomes_an_approver_by_getting_the_name_of_one()
    {
        _world.Require(new ApprovalTerms { Approvers = ["bob"], ApproverGroups = ["leads"], BreakGlass = ["kim"] });
        ApprovalRequest request = _world.Ask();
        _world.Engine.Users.Change(TempStore.Admin, new("bob"), new UserChange { Name = "robert" });
        _world.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "bob" });
        _world.Engine.GroupRemoval.Remove(TempStore.Admin, new Bastion.Users.Groups.UserGroupReference("leads"));
        _world.Engine.UserGroups.Add(TempStore.Admin, new() { Name = "leads", Users = [new("bob")] });
        // Another change of the policy means nobody new
        _world.Engine.Policies.Change(TempStore.Admin, new("ask"), new() { Priority = 7 });
        Assert.Throws<NotApproverException>(() => _world.Engine.Approvals.Approve(TempStore.Admin, request.Id, new() { As = new("bob") }));
        Assert.False(_world.Decide(_world.Subject()).NeedsApproval);
        Assert.Contains("nobody of them can give it", Assert.Single(_world.Engine.Policies.Warnings(_world.Engine.Policies.Resolve(new("ask")))), StringComparison.Ordinal);
        // Who writes the rule again means those who are called so now
        _world.Engine.Policies.Change(TempStore.Admin, new("ask"), new() { Rules = rules => rules.With(SessionApproval.By(Bob)) });
        Assert.Equal(ApprovalState.Approved, _world.Engine.Approvals.Approve(TempStore.Admin, request.Id, new() { As = new("bob") }).State);
    }

    [Fact]
    public void A_request_expires_and_so_does_an_approval()
    {
        _world.Require(Bob with { Timeout = TimeSpan.FromMinutes(5), Lifetime = TimeSpan.FromMinutes(10) });
        ApprovalRequest late = _world.Ask();
        _world.World.Store.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ApprovalState.Expired, _world.Now(late).State);
        ApprovalRequest request = _world.Ask();
        Assert.Equal("ApprovalClosed", Assert.Throws<ApprovalClosedException>(() => _world.Approve(late, "bob")).Id);
        _world.Approve(request, "bob");
        Assert.Single(_world.World.Store.Events("approval.expired"));
        _world.World.Store.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(ApprovalState.Expired, _world.Now(request).State);
    }

    [Fact]
    public void An_approver_may_narrow_the_window_and_not_widen_it()
    {
        _world.Require(Bob);
        DateTimeOffset from = _world.World.Now.AddHours(2);
        ApprovalRequest request = _world.Ask(new ApprovalWish { From = from, Until = from.AddMinutes(40) });
        Assert.Throws<InvalidApprovalWindowException>(() => _world.Approve(request, "bob", new() { Until = from.AddMinutes(41) }));
        Assert.Throws<InvalidApprovalWindowException>(() => _world.Approve(request, "bob", new() { Until = from }));
        ApprovalRequest approved = _world.Approve(request, "bob", new() { For = TimeSpan.FromMinutes(15), Once = true });
        Assert.Equal((from, from.AddMinutes(15), true), (approved.GrantedFrom!.Value, approved.GrantedUntil!.Value, approved.Once));
        Assert.Throws<InvalidApprovalWindowException>(() => _world.Ask(new ApprovalWish { Until = _world.World.Now.AddMinutes(61) }));
        Assert.Throws<InvalidApprovalWindowException>(() => _world.Ask(new ApprovalWish { Until = _world.World.Now }));
    }

    [Fact]
    public void A_no_closes_a_request_a_yes_can_be_taken_back_and_the_requester_may_take_his_back()
    {
        _world.Require(Bob with { ApproverGroups = ["leads"] });
        ApprovalRequest denied = _world.Engine.Approvals.Deny(_world.As("kim"), _world.Ask().Id, new() { Comment = "not now" });
        Assert.Equal((ApprovalState.Denied, "no by kim: not now"), (denied.State, Assert.Single(denied.Decisions).ToString()));
        ApprovalRequest approved = _world.Approve(_world.Ask(), "bob");
        Assert.Equal(ApprovalState.Denied, _world.Engine.Approvals.Deny(_world.As("bob"), approved.Id, new()).State);
        Assert.Equal(ApprovalState.Cancelled, _world.Engine.Approvals.Deny(_world.As("ana"), _world.Ask().Id, new()).State);
        Assert.Throws<ApprovalClosedException>(() => _world.Engine.Approvals.Deny(_world.As("bob"), denied.Id, new()));
        Assert.Equal((1, 1, 1), (_world.World.Store.Events("approval.denied").Count, _world.World.Store.Events("approval.revoked").Count, _world.World.Store.Events("approval.cancelled").Count));
    }

    [Fact]
    public void Users_see_their_own_requests_and_those_they_can_answer()
    {
        _world.Require(Bob);
        ApprovalRequest request = _world.Ask(caller: _world.As("ana"));
        string[] Seen(Caller caller, ApprovalFilter? filter = null) => [.. _world.Engine.Approvals.List(caller, filter ?? new()).Select(r => r.Id)];
        Assert.Equal([request.Id], Seen(_world.As("ana")));
        Assert.Equal([request.Id], Seen(_world.As("bob")));
        Assert.Empty(Seen(_world.As("kim")));
        Assert.Empty(Seen(TempStore.Stranger));
        Assert.Equal([request.Id], Seen(TempStore.Admin, new() { States = [ApprovalState.Pending], Users = [new("a*")], Assets = [new("web-?")], OwnerAccountIds = [request.OwnerAccountId] }));
        Assert.Empty(Seen(TempStore.Admin, new() { Mine = true }));
        Assert.Equal([request.Id], Seen(_world.As("ana"), new() { Mine = true }));
        Assert.Empty(Seen(TempStore.Admin, new() { BreakGlass = true }));
        Assert.Throws<ApprovalNotFoundException>(() => _world.Engine.Approvals.Get(_world.As("kim"), request.Id));
    }
}
