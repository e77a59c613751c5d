using Bastion.Approvals;
using Bastion.Policies;
using Bastion.Policies.Commands;
using Bastion.Sessions.Checked;

namespace Bastion.Sessions;

/// <summary>Lets the policies decide on each text of a session, as they are at the moment, and gets the yes of others where they ask for it.</summary>
/// <param name="access">The gates.</param>
/// <param name="approvals">Where a yes is got that the policies ask for.</param>
/// <param name="caller">Who calls.</param>
/// <param name="subject">Who works where, as it is now.</param>
/// <param name="channel">As what commands are decided.</param>
/// <param name="session">Id of the session.</param>
/// <param name="hold">The approvals with which the session was opened.</param>
/// <param name="wish">What is asked of approvers.</param>
internal sealed class CommandGate(AccessCheck access, ApprovalGate approvals, Caller caller, Func<SessionSubject> subject, ProtocolChannel channel, string session, ApprovalHold? hold, ApprovalWish wish) : ICommandGate
{
    private volatile bool _valuesUnknown;

    /// <inheritdoc/>
    public async Task<CommandVerdict> DecideAsync(string text, Action<string> notice, CancellationToken stop)
    {
        SessionSubject who = subject();
        AccessDecision decision = Decide(who, text, hold);
        if (!decision.NeedsApproval) return decision.Verdict;
        ApprovalSubject asking = who.Asking(caller, channel, text);
        string? told = null;
        try
        {
            ApprovalHold held = await approvals.PassAsync(caller, asking, wish with { OnWaiting = Tell }, now => Decide(subject(), text, now).Policy, stop, hold);
            decision = Decide(subject(), text, held);
            if (!decision.Allowed) return decision.Verdict;
            // Who has given up meanwhile does not find it run.
            stop.ThrowIfCancellationRequested();
            approvals.Use(caller, asking, held, session);
            return decision.Verdict;
        }
        catch (BastionException e) when (e.Kind is ErrorKind.Denied or ErrorKind.Conflict or ErrorKind.InvalidInput)
        {
            // Nobody can approve, nobody was to wait, a reason is missing, or the approval is gone: the text is not sent, and the session goes on.
            return new CommandVerdict(Allowed: false, e.Message, decision.CommandPolicy);
        }

        void Tell(ApprovalRequest request)
        {
            wish.OnWaiting?.Invoke(request);
            if (told == request.Id) return;
            told = request.Id;
            notice($"Waiting for approval (request {request.Id}) by {request.Needed} of {string.Join(", ", request.Approvers)}. Ctrl-C gives up.");
        }
    }

    /// <inheritdoc/>
    public bool MayList() => Decide(subject(), "ls", hold).Allowed;

    // Arithmetic evaluates the values of variables: a value set by one command counts in all that follow.
    /// <inheritdoc/>
    public void Sent(string text) => _valuesUnknown |= CommandText.Parse(text).LeavesUnknown;

    private AccessDecision Decide(SessionSubject who, string text, ApprovalHold? held) => access.Decide(caller, who, channel, text, held, valuesUnknown: _valuesUnknown);
}
