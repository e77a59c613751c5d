namespace Bastion.Approvals;

/// <summary>No such request, or none that the caller may see.</summary>
/// <param name="id">What was asked for.</param>
public sealed class ApprovalNotFoundException(string id) : BastionException("ApprovalNotFound", ErrorKind.NotFound, Printable.Escape(id),
    $"There is no request for approval '{Printable.Escape(id)}'. Get-BhApproval lists them.");

/// <summary>The request waits for approvers, and nobody was to wait for them.</summary>
/// <param name="request">The request.</param>
public sealed class ApprovalPendingException(ApprovalRequest request) : BastionException("ApprovalPending", ErrorKind.Denied, request.Id,
    $"It needs approval ({request.Needed} of {string.Join(", ", request.Approvers)}). Request {request.Id} waits for it until {Validity.Show(request.ExpiresAt)}: Wait-BhApproval {request.Id}, then try again.")
{
    /// <summary>The request.</summary>
    public ApprovalRequest Request { get; } = request;
}

/// <summary>The request was answered, has expired or was taken back.</summary>
/// <param name="request">The request.</param>
public sealed class ApprovalClosedException(ApprovalRequest request) : BastionException("ApprovalClosed", ErrorKind.Conflict, request.Id,
    $"Request {request.Id} is {request.State.ToString().ToLowerInvariant()} and can no longer be answered so. Get-BhApproval {request.Id} tells more.");

/// <summary>An approver answered already.</summary>
/// <param name="id">The request.</param>
/// <param name="approver">The approver.</param>
public sealed class AlreadyAnsweredException(string id, string approver) : BastionException("AlreadyAnswered", ErrorKind.Conflict, id,
    $"'{approver}' has approved request {id} already; another approver is needed. Deny-BhApproval takes a yes back.");

/// <summary>Nobody approves his own.</summary>
/// <param name="id">The request.</param>
/// <param name="user">The user.</param>
public sealed class SelfApprovalException(string id, string user) : BastionException("SelfApproval", ErrorKind.Denied, id,
    $"'{user}' made request {id}, or it was made for him, and nobody approves his own. Another approver has to.");

/// <summary>The user may not answer the request.</summary>
/// <param name="id">The request.</param>
/// <param name="user">The user.</param>
/// <param name="who">Who may.</param>
public sealed class NotApproverException(string id, string user, string who) : BastionException("NotApprover", ErrorKind.Denied, id,
    $"'{user}' may not answer request {id}. Those who may now: {who}.");

/// <summary>The store's administrator has to say for whom he answers.</summary>
/// <param name="id">The request.</param>
public sealed class ApproverNotNamedException(string id) : BastionException("ApproverNotNamed", ErrorKind.InvalidInput, id,
    $"No Bastion user is signed in here. Say for which approver you answer request {id} with -As; the audit names both.");

/// <summary>No policy asks for the approval any more, or none did.</summary>
/// <param name="subject">The request, or who wants what.</param>
public sealed class ApprovalNotNeededException(string subject) : BastionException("ApprovalNotNeeded", ErrorKind.Conflict, subject,
    $"No policy asks for approval of {subject} now. Test-BhControlPolicy says what holds.");

/// <summary>A reason is missing.</summary>
/// <param name="subject">Of what.</param>
/// <param name="parameter">The parameter that takes it.</param>
public sealed class ReasonMissingException(string subject, string parameter) : BastionException("ReasonMissing", ErrorKind.InvalidInput, subject,
    $"A reason is needed for {subject}. Give one with {parameter}.");

/// <summary>The window of time makes no sense, or is wider than was asked for or the rule lets it be.</summary>
/// <param name="subject">Of what.</param>
/// <param name="why">What is wrong, as a sentence.</param>
public sealed class InvalidApprovalWindowException(string subject, string why) : BastionException("InvalidApprovalWindow", ErrorKind.InvalidInput, subject, why);

/// <summary>Nobody answered a request while it was waited for.</summary>
/// <param name="id">The request.</param>
public sealed class ApprovalWaitTimeoutException(string id) : BastionException("ApprovalWaitTimeout", ErrorKind.Timeout, id,
    $"Request {id} still waits for approvers. Wait-BhApproval {id} waits on.");

/// <summary>Nobody can approve, so it is denied.</summary>
/// <param name="subject">Who wants what.</param>
/// <param name="mayBreakGlass">Whether the requester may approve it himself in an emergency.</param>
public sealed class NoApproverException(string subject, bool mayBreakGlass) : BastionException("NoApprover", ErrorKind.Denied, subject,
    $"Nobody can approve {subject} now: too few approvers are there and valid, and nobody approves his own. {(mayBreakGlass ? "In an emergency, -BreakGlass with -Reason opens it; that is marked and reported." : "Ask an administrator for more approvers.")}");

/// <summary>The rule does not let the user approve his own session.</summary>
/// <param name="subject">Who wants what.</param>
/// <param name="user">The user.</param>
public sealed class BreakGlassRefusedException(string subject, string user) : BastionException("BreakGlassRefused", ErrorKind.Denied, subject,
    $"The policy does not name '{user}' for break-glass. Leave -BreakGlass out and wait for approvers.");

/// <summary>An approval can no longer be used.</summary>
/// <param name="id">The request.</param>
public sealed class ApprovalLostException(string id) : BastionException("ApprovalLost", ErrorKind.Conflict, id,
    $"The approval {id} can no longer be used: it was for one use and is used, it is over, or those who gave it may no longer give it. Try again to make a new request.");
