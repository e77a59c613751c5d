using Bastion.Audit.Events;

namespace Bastion.Audit.Administration;

/// <summary>Reads what was administered, and who looked at what.</summary>
public sealed class AuditEventService
{
    private readonly EngineContext _context;

    internal AuditEventService(EngineContext context) => _context = context;

    /// <summary>Events that fit, newest first (by owner first when several owners are named), one by one in constant memory.</summary>
    public IEnumerable<AuditEvent> List(AuditEventFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return OwnerAccounts.OneByOne(filter.OwnerAccountIds).SelectMany(owner => AuditEventStore.Stream(_context.Database, filter, owner)).Where(filter.Fits);
    }
}
