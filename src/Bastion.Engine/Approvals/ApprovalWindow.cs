using Bastion.Policies.Rules;

namespace Bastion.Approvals;

/// <summary>From when until when: as was asked for, as the rule lets it, as approvers narrow it.</summary>
internal static class ApprovalWindow
{
    /// <summary>Refuses a window that can't be granted.</summary>
    /// <exception cref="InvalidApprovalWindowException">It is over, ends before it begins, or is longer than the rule lets it be.</exception>
    internal static void Check(string subject, ApprovalWish wish, ApprovalTerms terms, DateTimeOffset now)
    {
        DateTimeOffset from = Later(wish.From ?? now, now);
        if (wish.Until <= from) throw new InvalidApprovalWindowException(subject, $"The time that is asked for is over at {Validity.Show(wish.Until.Value)}, before it begins at {Validity.Show(from)}. Ask for a later end.");
        if (wish.Until - from > terms.Lifetime) throw new InvalidApprovalWindowException(subject, $"The policy lets an approval hold for {(int)terms.Lifetime.TotalMinutes} minutes at most. Ask for no more.");
    }

    /// <summary>How long a request waits: as the rule says, from when it could begin, and not beyond its end.</summary>
    internal static DateTimeOffset Expiry(ApprovalWish wish, ApprovalTerms terms, DateTimeOffset now)
    {
        DateTimeOffset expires = Later(wish.From ?? now, now) + terms.Timeout;
        return wish.Until < expires ? wish.Until.Value : expires;
    }

    /// <summary>What an approver grants.</summary>
    /// <exception cref="InvalidApprovalWindowException">His end is wider than was asked for or the rule lets it be, or is over.</exception>
    internal static (DateTimeOffset From, DateTimeOffset Until) Grant(ApprovalRequest request, ApprovalTerms terms, ApprovalAnswer answer, DateTimeOffset now)
    {
        DateTimeOffset from = Later(request.AskedFrom ?? now, now);
        DateTimeOffset until = from + terms.Lifetime;
        if (answer.BreakGlass) until = Earlier(until, from + ApprovalService.BreakGlassLongest);
        if (request.AskedUntil is { } asked) until = Earlier(until, asked);
        // Another approver may have narrowed it before.
        if (request.GrantedUntil is { } before) until = Earlier(until, before);
        if ((answer.Until ?? from + answer.For) is not { } end) return (from, until);
        if (end <= from) throw new InvalidApprovalWindowException(request.Id, $"The approval would be over at {Validity.Show(end)}, before it begins at {Validity.Show(from)}. Give a later end.");
        if (end > until) throw new InvalidApprovalWindowException(request.Id, $"The approval can hold until {Validity.Show(until)} at most: an approver may narrow what was asked for and the policy lets, not widen it.");
        return (from, end);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
