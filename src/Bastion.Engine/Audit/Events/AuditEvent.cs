namespace Bastion.Audit.Events;

/// <summary>One administrative change or other deed worth telling.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="At">When.</param>
/// <param name="Caller">Who.</param>
/// <param name="SourceAddress">From where.</param>
/// <param name="Action">What, e.g. <c>grant.added</c>.</param>
/// <param name="Subject">To what: a name.</param>
/// <param name="OwnerAccountId">Owner of the asset concerned; <see langword="null"/> when it concerns none.</param>
/// <param name="Detail">More, as text; never a secret.</param>
public sealed record AuditEvent(long Id, DateTimeOffset At, string Caller, string SourceAddress, string Action, string Subject, string? OwnerAccountId, string? Detail);
