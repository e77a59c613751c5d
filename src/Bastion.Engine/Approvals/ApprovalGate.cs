using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Store;

namespace Bastion.Approvals;

/// <summary>Stands between a decision that asks for the yes of others and what it is asked for: finds an approval, or makes a request and waits for the answer.</summary>
internal sealed class ApprovalGate(EngineContext context, ApprovalRule rule, ApprovalService approvals)
{
    /// <summary>Gets the approvals that a decision asks for. Returns when it asks for none any more, be it a yes or a no by then.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="subject">Who wants to do exactly what.</param>
    /// <param name="wish">What is asked of approvers.</param>
    /// <param name="decide">Decides now, with the approvals that there are; asked each second while an answer is waited for.</param>
    /// <param name="stop">Ends the waiting and takes the request back.</param>
    /// <param name="session">The approvals of the session in which it happens; <see langword="null"/>: it is a session that is to open.</param>
    /// <exception cref="BastionException">Nobody can approve, a reason is missing, or nobody was to wait.</exception>
    internal async Task<ApprovalHold> PassAsync(Caller caller, ApprovalSubject subject, ApprovalWish wish, Func<ApprovalHold, PolicyDecision?> decide, CancellationToken stop, ApprovalHold? session = null)
    {
        ApprovalHold hold = session?.OfSession() ?? new ApprovalHold(context);
        while (decide(hold) is { NeedsApproval: true } decision)
        {
            SectionDecision asking = decision.Sections.First(s => s.Outcome == SectionOutcome.NeedsApproval);
            (ApprovalRequest request, bool made) = FindOrMake(caller, subject, wish, asking);
            approvals.Notify();
            if (request.State == ApprovalState.Pending && wish.NoWait) throw new ApprovalPendingException(request);
            ApprovalRequest? answered = await AnswerAsync(caller, request, made, wish, () => Asks(decide(hold), asking.Section), stop);
            if (answered is not null) hold.Take(answered);
        }

        return hold;
    }

    /// <summary>Makes a request ahead of its time.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="subject">Who wants to open what.</param>
    /// <param name="decision">What the policies say then.</param>
    /// <param name="wish">What is asked of approvers.</param>
    /// <exception cref="BastionException">No policy asks for approval, nobody can approve, a reason is missing, or the window makes no sense.</exception>
    internal ApprovalRequest Ask(Caller caller, ApprovalSubject subject, PolicyDecision decision, ApprovalWish wish)
    {
        SectionDecision asking = decision.Sections.FirstOrDefault(s => s.Section == SessionApproval.Name && s.Demand is not null) ?? throw new ApprovalNotNeededException(subject.ToString());
        ApprovalRequest request = context.Database.Write(connection => Make(connection, caller, subject, wish, asking));
        approvals.Notify();
        return request;
    }

    /// <summary>Uses approvals for a session that begins: once for good, if they are for one use. Decided again here, in one transaction.</summary>
    /// <exception cref="ApprovalLostException">One can no longer be used.</exception>
    internal void Use(Caller caller, ApprovalSubject subject, ApprovalHold hold, string sessionId) => context.Database.Write(connection =>
    {
        ApprovalLog.Expire(connection, caller, context.Now);
        foreach (ApprovalRequest request in hold.Ids.Select(id => ApprovalStore.Get(connection, id)))
        {
            // A policy that no longer asks needs no answer, and a session uses its own once.
            if (rule.Of(request) is not { } demand || (request.Uses > 0 && request.SessionId == sessionId)) continue;
            if (!CanBeUsed(request, subject, demand)) throw new ApprovalLostException(request.Id);
            ApprovalRequest used = request with { Uses = request.Uses + 1, UsedAt = context.Now, SessionId = sessionId, State = request.Once ? ApprovalState.Used : request.State };
            ApprovalLog.Change(connection, caller, context.Now, "used", used, $"session {sessionId}");
        }
    });

    private async Task<ApprovalRequest?> AnswerAsync(Caller caller, ApprovalRequest request, bool made, ApprovalWish wish, Func<bool> stillAsks, CancellationToken stop)
    {
        DateTimeOffset told = default;
        try
        {
            while (true)
            {
                request = context.Database.Read(connection => ApprovalStore.Get(connection, request.Id)).At(context.Now);
                if (request.State == ApprovalState.Expired) approvals.Expire(caller);
                if (request.State != ApprovalState.Pending) return request;
                if (context.Now - told >= TimeSpan.FromSeconds(1))
                {
                    told = context.Now;
                    approvals.Notify();
                    if (!stillAsks())
                    {
                        if (made) Cancel(caller, request.Id, "the policies no longer ask for it");
                        return null;
                    }

                    wish.OnWaiting?.Invoke(request);
                }

                await Task.Delay(ApprovalService.PollEvery, context.Clock, stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or BastionException)
        {
            // He stopped, or what he asks for is gone meanwhile.
            if (made) Cancel(caller, request.Id, "the requester no longer waits");
            throw;
        }
    }

    private (ApprovalRequest Request, bool Made) FindOrMake(Caller caller, ApprovalSubject subject, ApprovalWish wish, SectionDecision asking) => context.Database.Write(connection =>
    {
        ApprovalLog.Expire(connection, caller, context.Now);
        ApprovalKind kind = ApprovalRule.KindOf(asking.Section);
        ApprovalRequest[] open = [.. ApprovalStore.Open(connection, subject.User.Id, subject.Asset.Id).Where(r => r.Kind == kind && subject.Is(r))];
        ApprovalRequest? found = Array.Find(open, r => rule.Of(r) is { } demand && CanBeUsed(r, subject, demand))
            ?? Array.Find(open, r => !wish.BreakGlass && r.State == ApprovalState.Pending && !(r.AskedFrom > context.Now) && (wish.Reason is null || ApprovalService.Text(wish.Reason) == r.Reason) && (r.Once || !wish.Once));
        return found is null ? (Make(connection, caller, subject, wish, asking), true) : (found, false);
    });

    private ApprovalRequest Make(Connection connection, Caller caller, ApprovalSubject subject, ApprovalWish wish, SectionDecision asking)
    {
        ApprovalKind kind = ApprovalRule.KindOf(asking.Section);
        ApprovalDemand demand = asking.Demand! with { Eligible = [.. asking.Demand!.Eligible.Where(approver => approver.Id != caller.UserId)] };
        bool breakGlass = wish.BreakGlass && kind == ApprovalKind.Session;
        string? reason = ApprovalService.Text(wish.Reason);
        if (breakGlass) RequireMayBreakGlass(caller, subject, demand);
        else if (!demand.CanBeMet) throw new NoApproverException(subject.ToString(), demand.MayBreakGlass);
        if (reason is null && (breakGlass || demand.Terms.RequireReason)) throw new ReasonMissingException(subject.ToString(), "-Reason");
        ApprovalWindow.Check(subject.ToString(), wish, demand.Terms, context.Now);
        var request = new ApprovalRequest
        {
            Id = ApprovalIds.New(),
            Kind = kind,
            State = ApprovalState.Pending,
            User = subject.User.Name,
            UserId = subject.User.Id,
            Asset = subject.Asset.Name,
            AssetId = subject.Asset.Id,
            OwnerAccountId = subject.Asset.OwnerAccountId,
            Account = subject.Account.Name,
            AccountId = subject.Account.Id,
            Protocol = subject.Account.Protocol,
            Channel = subject.Opened.ToString(),
            Text = kind == ApprovalKind.Command ? subject.Command : null,
            CommandHash = kind == ApprovalKind.Command ? ApprovalSubject.HashOf(subject.Command) : null,
            Reason = reason,
            Once = wish.Once || kind == ApprovalKind.Command,
            AskedFrom = wish.From,
            AskedUntil = wish.Until,
            Needed = demand.Terms.Needed,
            Approvers = [.. demand.Eligible.Select(approver => approver.Name)],
            Policy = asking.Policy!,
            RequestedBy = caller.Name,
            RequestedByUserId = caller.UserId,
            SourceAddress = subject.Source.ToString(),
            CreatedAt = context.Now,
            ExpiresAt = ApprovalWindow.Expiry(wish, demand.Terms, context.Now),
        };
        ApprovalLog.Add(connection, caller, request);
        if (breakGlass) approvals.Approve(connection, caller, request, demand, new Approver(subject.User.Id, subject.User.Name), new ApprovalAnswer { BreakGlass = true, Comment = reason });
        return ApprovalStore.Get(connection, request.Id);
    }

    private static void RequireMayBreakGlass(Caller caller, ApprovalSubject subject, ApprovalDemand demand)
    {
        if (caller.UserId is { } id && id != subject.User.Id) throw new NotAuthorizedException(caller.Name);
        if (!demand.MayBreakGlass) throw new BreakGlassRefusedException(subject.ToString(), subject.User.Name);
    }

    private bool CanBeUsed(ApprovalRequest request, ApprovalSubject subject, ApprovalDemand demand) =>
        request.State == ApprovalState.Approved && request.GrantedFrom <= context.Now && request.GrantedUntil > context.Now && subject.Is(request) && ApprovalRule.IsMet(request, demand);

    private void Cancel(Caller caller, string id, string why)
    {
        context.Database.Write(connection =>
        {
            ApprovalRequest request = ApprovalStore.Get(connection, id);
            if (request.State != ApprovalState.Pending) return;
            ApprovalLog.Change(connection, caller, context.Now, "cancelled", request with { State = ApprovalState.Cancelled, ClosedAt = context.Now }, why);
        });
        approvals.Notify();
    }

    private static bool Asks(PolicyDecision? decision, string section) => decision?.NeedsApproval == true && decision.Sections.Any(s => s.Section == section && s.Outcome == SectionOutcome.NeedsApproval);
}
