using Bastion.Approvals;
using Bastion.Policies;

namespace Bastion.Sessions;

/// <summary>Stands between a text that is typed at a session's prompt and the asset: a session that decides commands one by one asks it before it sends anything.</summary>
/// <param name="access">The gates.</param>
/// <param name="approvals">Where a yes is got that the policies ask for.</param>
/// <param name="caller">Who calls.</param>
/// <param name="subject">Who works where, as it is now.</param>
/// <param name="channel">As what commands are decided.</param>
/// <param name="session">Id of the session.</param>
/// <param name="hold">The approvals with which the session was opened.</param>
/// <param name="wish">What is asked of approvers, and who is told while they are waited for.</param>
internal sealed class CommandGate(AccessCheck access, ApprovalGate approvals, Caller caller, Func<SessionSubject> subject, ProtocolChannel channel, string session, ApprovalHold? hold, ApprovalWish wish)
{
    /// <summary>Decides a text now; where it needs approval, waits for it. What is allowed may be sent once, just as it is.</summary>
    /// <param name="text">Exactly what would be sent.</param>
    /// <param name="stop">Ends the waiting and takes the request back.</param>
    internal async Task<CommandAnswer> AskAsync(string text, CancellationToken stop)
    {
        SessionSubject who = subject();
        AccessDecision decision = access.Decide(caller, who, channel, text, hold);
        if (!decision.NeedsApproval) return new CommandAnswer(decision.Allowed, decision.Reason, decision.Policy);
        var asking = new ApprovalSubject(who.User, who.Asset, who.Account!, channel, text, caller.SourceAddress);
        try
        {
            ApprovalHold held = await approvals.PassAsync(caller, asking, wish, now => access.Decide(caller, subject(), channel, text, now).Policy, stop, hold);
            decision = access.Decide(caller, subject(), channel, text, held);
            if (decision.Allowed) approvals.Use(caller, asking, held, session);
            return new CommandAnswer(decision.Allowed, decision.Reason, decision.Policy);
        }
        catch (BastionException e) when (e.Kind is ErrorKind.Denied or ErrorKind.Conflict or ErrorKind.InvalidInput)
        {
            // Nobody can approve, nobody was to wait, a reason is missing, or the approval is gone: the text is not sent, and the session goes on.
            return new CommandAnswer(Allowed: false, e.Message, decision.Policy);
        }
    }
}

/// <summary>Whether a text may be sent, and why.</summary>
/// <param name="Allowed">Yes or no.</param>
/// <param name="Reason">Why, for the user.</param>
/// <param name="Policy">What the policies say; <see langword="null"/>: another gate said no.</param>
internal sealed record CommandAnswer(bool Allowed, string Reason, PolicyDecision? Policy);
