using Bastion.Approvals.Webhooks;
using Bastion.Policies;
using Bastion.Roles.Rights;
using Bastion.Store;
using Bastion.Users;

namespace Bastion.Approvals;

/// <summary>Requests for approval, and what approvers answer. An answer counts at once, in whichever process the requester waits.</summary>
public sealed class ApprovalService
{
    /// <summary>How long a session lasts at most that its own user approved in an emergency.</summary>
    public static TimeSpan BreakGlassLongest { get; } = TimeSpan.FromHours(1);

    internal static TimeSpan PollEvery { get; } = TimeSpan.FromMilliseconds(200);

    private readonly EngineContext _context;
    private readonly ApprovalRule _rule;
    private readonly WebhookOutbox _outbox;

    internal ApprovalService(EngineContext context, ApprovalRule rule, WebhookOutbox outbox) => (_context, _rule, _outbox) = (context, rule, outbox);

    /// <summary>Requests that fit, newest first: for administrators and auditors those of their accounts, for others their own and those that they could answer.</summary>
    public IReadOnlyList<ApprovalRequest> List(Caller caller, ApprovalFilter filter)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(filter);
        return _context.Database.Read(connection =>
        {
            User? self = Self(connection, caller);
            CallerRights rights = RightsStore.Of(connection, caller, _context.Now);
            return ApprovalStore.List(connection).Select(request => request.At(_context.Now))
                // Who may see it can take a policy's decision: last.
                .Where(request => Fits(filter, request) && (!filter.Mine || IsOf(caller, request)) && MaySee(rights, self, request))
                .ToList();
        });
    }

    /// <summary>One request, as it is now.</summary>
    /// <exception cref="ApprovalNotFoundException">There is none, or the caller may not see it.</exception>
    public ApprovalRequest Get(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _context.Database.Read(connection =>
        {
            ApprovalRequest request = ApprovalStore.Get(connection, id).At(_context.Now);
            return MaySee(RightsStore.Of(connection, caller, _context.Now), Self(connection, caller), request) ? request : throw new ApprovalNotFoundException(id);
        });
    }

    /// <summary>Says yes. When enough approvers have, what was asked for may be used within its window, which the answer can narrow.</summary>
    /// <exception cref="BastionException">The caller may not, has already, or the request is closed. Nothing was changed then.</exception>
    public ApprovalRequest Approve(Caller caller, string id, ApprovalAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Answer(caller, id, answer, (connection, request, approver) =>
        {
            if (request.State != ApprovalState.Pending) throw new ApprovalClosedException(request);
            ApprovalDemand demand = _rule.Of(request) ?? throw new ApprovalNotNeededException(request.ToString());
            RequireMayApprove(request, demand, approver, answer);
            Approve(connection, caller, request, demand, approver, answer);
        });
    }

    /// <summary>Says no, or takes a yes back: a session that runs on it ends within a second. The requester takes his request back this way.</summary>
    /// <exception cref="BastionException">The caller may not, or the request is closed. Nothing was changed then.</exception>
    public ApprovalRequest Deny(Caller caller, string id, ApprovalAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Answer(caller, id, answer, (connection, request, approver) =>
        {
            bool stillRuns = request.State == ApprovalState.Used && request.GrantedUntil > _context.Now;
            if (request.State is not (ApprovalState.Pending or ApprovalState.Approved) && !stillRuns) throw new ApprovalClosedException(request);
            bool own = approver.Id == request.UserId;
            if (!own) RequireMayDeny(request, approver);
            var decision = new ApprovalDecision(approver.Name, approver.Id, caller.Name, Approved: false, Text(answer.Comment), _context.Now);
            if (!own) ApprovalStore.Decide(connection, id, decision);
            string step = own ? "cancelled" : request.State == ApprovalState.Pending ? "denied" : "revoked";
            ApprovalRequest closed = request with { State = own ? ApprovalState.Cancelled : ApprovalState.Denied, ClosedAt = _context.Now };
            ApprovalLog.Change(connection, caller, _context.Now, step, closed, decision.ToString());
        });
    }

    /// <summary>Waits until a request is no longer pending.</summary>
    /// <param name="caller">Who waits.</param>
    /// <param name="id">The request.</param>
    /// <param name="timeout">How long at most; <see langword="null"/>: until it expires.</param>
    /// <param name="onWaiting">Given the request each second.</param>
    /// <param name="stop">Ends the waiting; the request stays.</param>
    /// <exception cref="BastionException">There is none, or it is still pending after the time.</exception>
    public async Task<ApprovalRequest> WaitAsync(Caller caller, string id, TimeSpan? timeout, Action<ApprovalRequest>? onWaiting, CancellationToken stop)
    {
        DateTimeOffset? until = _context.Now + timeout;
        DateTimeOffset told = default;
        while (true)
        {
            ApprovalRequest request = Get(caller, id);
            if (request.State != ApprovalState.Pending)
            {
                Expire(caller);
                return request;
            }

            if (_context.Now >= until) throw new ApprovalWaitTimeoutException(id);
            if (_context.Now - told >= TimeSpan.FromSeconds(1))
            {
                told = _context.Now;
                Notify();
                onWaiting?.Invoke(request);
            }

            await Task.Delay(PollEvery, _context.Clock, stop);
        }
    }

    /// <summary>Writes down which requests time has closed, as who waits for them notices it first.</summary>
    internal void Expire(Caller caller)
    {
        _context.Database.Write(connection => ApprovalLog.Expire(connection, caller, _context.Now));
        Notify();
    }

    /// <summary>Sends what waits for webhooks, in the background.</summary>
    internal void Notify() => _outbox.Kick();

    /// <summary>Says yes for an approver whose right to it was checked.</summary>
    internal void Approve(Connection connection, Caller caller, ApprovalRequest request, ApprovalDemand demand, Approver approver, ApprovalAnswer answer)
    {
        var decision = new ApprovalDecision(approver.Name, approver.Id, caller.Name, Approved: true, Text(answer.Comment), _context.Now);
        ApprovalStore.Decide(connection, request.Id, decision);
        (DateTimeOffset from, DateTimeOffset until) = ApprovalWindow.Grant(request, demand.Terms, answer, _context.Now);
        ApprovalRequest answered = request with { Once = request.Once || answer.Once, GrantedFrom = from, GrantedUntil = until, BreakGlass = answer.BreakGlass, Decisions = [.. request.Decisions, decision] };
        bool enough = answer.BreakGlass || ApprovalRule.Yes(answered, demand) >= demand.Terms.Needed;
        if (enough) answered = answered with { State = ApprovalState.Approved, ClosedAt = _context.Now };
        ApprovalLog.Change(connection, caller, _context.Now, answer.BreakGlass ? "brokeglass" : enough ? "approved" : "answered", answered, $"{decision}; {new Validity(from, until)}");
    }

    private ApprovalRequest Answer(Caller caller, string id, ApprovalAnswer answer, Action<Connection, ApprovalRequest, Approver> work)
    {
        ArgumentNullException.ThrowIfNull(caller);
        // One transaction: of two who answer at once, the second finds the first one's answer.
        ApprovalRequest answered = _context.Database.Write(connection =>
        {
            ApprovalLog.Expire(connection, caller, _context.Now);
            ApprovalRequest request = ApprovalStore.Get(connection, id);
            if (!MaySee(RightsStore.Of(connection, caller, _context.Now), Self(connection, caller), request)) throw new ApprovalNotFoundException(id);
            work(connection, request, Identify(connection, caller, id, answer));
            return ApprovalStore.Get(connection, id).At(_context.Now);
        });
        Notify();
        return answered;
    }

    // Whoever is signed in answers for himself. Whoever holds the store names the approver for whom he answers, and the audit names both.
    private static Approver Identify(Connection connection, Caller caller, string id, ApprovalAnswer answer)
    {
        User? self = Self(connection, caller);
        if (self is null && !caller.HoldsStore) throw new NotAuthorizedException(caller.Name);
        User? named = answer.As is { } reference ? UserStore.Resolve(connection, reference) : self;
        if (named is null) throw new ApproverNotNamedException(id);
        return self is null || named.Id == self.Id ? new Approver(named.Id, named.Name) : throw new NotAuthorizedException(caller.Name);
    }

    private static void RequireMayApprove(ApprovalRequest request, ApprovalDemand demand, Approver approver, ApprovalAnswer answer)
    {
        if (answer.BreakGlass)
        {
            if (approver.Id != request.UserId || !demand.MayBreakGlass) throw new NotApproverException(request.Id, approver.Name, Show(demand));
            if (Text(answer.Comment) is null) throw new ReasonMissingException(request.ToString(), "-Comment");
            return;
        }

        if (approver.Id == request.UserId || approver.Id == request.RequestedByUserId) throw new SelfApprovalException(request.Id, approver.Name);
        if (demand.Eligible.All(e => e.Id != approver.Id)) throw new NotApproverException(request.Id, approver.Name, Show(demand));
        if (request.Decisions.Any(d => d.Approved && d.ApproverId == approver.Id)) throw new AlreadyAnsweredException(request.Id, approver.Name);
    }

    private void RequireMayDeny(ApprovalRequest request, Approver approver)
    {
        // Where no policy asks any more, those answer who could when it was made.
        string[] who = [.. _rule.Of(request)?.Eligible.Select(e => e.Name) ?? request.Approvers];
        if (!who.Contains(approver.Name, StringComparer.Ordinal)) throw new NotApproverException(request.Id, approver.Name, who.Length == 0 ? "nobody" : string.Join(", ", who));
    }

    private static bool Fits(ApprovalFilter filter, ApprovalRequest request) =>
        (filter.States.Count == 0 || filter.States.Contains(request.State))
        && filter.Users.Fit(request.User)
        && filter.Assets.Fit(request.Asset)
        && (filter.OwnerAccountIds.Count == 0 || filter.OwnerAccountIds.Contains(request.OwnerAccountId, StringComparer.Ordinal))
        && (!filter.BreakGlass || request.BreakGlass);

    private bool MaySee(CallerRights rights, User? self, ApprovalRequest request) => rights.On(Role.Administrator, request.OwnerAccountId) || rights.On(Role.Auditor, request.OwnerAccountId)
        || (self is not null && (request.UserId == self.Id || request.RequestedByUserId == self.Id || request.Approvers.Any(name => Names.Key(name) == Names.Key(self.Name)) || _rule.Of(request)?.Eligible.Any(e => e.Id == self.Id) == true));

    private static bool IsOf(Caller caller, ApprovalRequest request) => caller.UserId is { } id ? request.UserId == id || request.RequestedByUserId == id : Names.Key(request.RequestedBy) == Names.Key(caller.Name);

    private static User? Self(Connection connection, Caller caller) => caller.UserId is { } id ? UserStore.Resolve(connection, new UserReference(id)) : null;

    private static string Show(ApprovalDemand demand) => demand.Eligible.Count == 0 ? "nobody" : string.Join(", ", demand.Eligible);

    // What people write is shown to others as it is: so it holds nothing that a terminal would obey.
    internal static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Printable.Escape(text.Trim());
}
