using Bastion.Approvals;
using Bastion.Assets;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Sessions;
using Bastion.Unit.Grants;
using Bastion.Users;

namespace Bastion.Unit.Approvals;

/// <summary>The grant world in which ana may use root on web-1, and bob, kim and lee approve.</summary>
internal sealed class ApprovalWorld : IDisposable
{
    internal ApprovalWorld()
    {
        foreach (string user in new[] { "kim", "lee" }) Engine.Users.Add(TempStore.Admin, new NewUser { Name = user });
        Engine.UserGroups.Add(TempStore.Admin, new() { Name = "leads", Users = [new("kim"), new("lee")] });
        World.Grant("ana", "web-1", "root");
    }

    internal GrantWorld World { get; } = new();

    internal Engine Engine => World.Engine;

    internal static Caller SignedIn(User user) => TempStore.Stranger with { Name = user.Name, UserId = user.Id };

    internal Caller As(string user) => SignedIn(World.User(user));

    internal ControlPolicy Require(ApprovalTerms terms, string name = "ask") => Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = name, Rules = [SessionApproval.By(terms)] });

    internal ApprovalRequest Ask(ApprovalWish? wish = null, Caller? caller = null) =>
        Engine.Sessions.AskApproval(caller ?? TempStore.Admin, new SessionRequest { Asset = new AssetReference("web-1"), Account = "root", User = new UserReference("ana"), Approval = wish ?? new() }, ProtocolChannel.SshShell);

    internal ApprovalRequest Approve(ApprovalRequest request, string approver, ApprovalAnswer? answer = null) => Engine.Approvals.Approve(As(approver), request.Id, answer ?? new());

    internal ApprovalRequest Now(ApprovalRequest request) => Engine.Approvals.Get(TempStore.Admin, request.Id);

    internal static ApprovalGate Gate(Engine engine)
    {
        var rule = new ApprovalRule(engine.Context, engine.Policies);
        return new ApprovalGate(engine.Context, rule, engine.Approvals);
    }

    internal ApprovalSubject Subject(ProtocolChannel channel = ProtocolChannel.SshShell, string? command = null, string asset = "web-1", string account = "root") =>
        new(World.User("ana"), World.Asset(asset), World.Account(asset, account), channel, command, TempStore.Admin.SourceAddress);

    internal PolicyDecision Decide(ApprovalSubject subject, ApprovalHold? hold = null)
    {
        PolicyDecision decision = Engine.Policies.Decide(subject.User.Id, subject.Asset.Id, subject.Account.Name, subject.Channel, subject.Source, World.Now, subject.Command);
        return hold?.Apply(decision) ?? decision;
    }

    /// <summary>Takes an approval that is there, without waiting.</summary>
    internal Task<ApprovalHold> PassAsync(ApprovalSubject subject, ApprovalWish? wish = null) =>
        Gate(Engine).PassAsync(TempStore.Admin, subject, (wish ?? new()) with { NoWait = true }, hold => Decide(subject, hold), CancellationToken.None);

    public void Dispose() => World.Dispose();
}
