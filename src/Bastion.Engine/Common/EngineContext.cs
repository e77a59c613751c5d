using Bastion.Audit.Events;
using Bastion.Store;
using Bastion.Vault;

namespace Bastion;

/// <summary>What every service of one open store shares.</summary>
/// <param name="Location">The store's folder.</param>
/// <param name="Database">Its database.</param>
/// <param name="Vault">Its secrets.</param>
/// <param name="Clock">The time.</param>
internal sealed record EngineContext(StoreLocation Location, Database Database, SecretVault Vault, TimeProvider Clock)
{
    /// <summary>The present, cut to the millisecond as it is stored.</summary>
    internal DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Runs an administrator's change; the caller's right is checked first, the audit event is written with it.</summary>
    internal T Change<T>(Caller caller, Func<Change, T> work)
    {
        if (!caller.IsAdministrator) throw new NotAuthorizedException(caller.Name);
        return Database.Write(connection => work(new Change(connection, caller, Now, Vault)));
    }

    /// <summary>Runs an administrator's change; the caller's right is checked first, the audit event is written with it.</summary>
    internal void Change(Caller caller, Action<Change> work) => Change(caller, change =>
    {
        work(change);
        return 0;
    });
}

/// <summary>One change under way: its transaction, who makes it and when.</summary>
internal sealed record Change(Connection Connection, Caller Caller, DateTimeOffset Now, SecretVault Vault)
{
    /// <summary>Tells the audit what is being done.</summary>
    internal void Audit(string action, string subject, string? ownerAccountId = null, string? detail = null) =>
        AuditEventStore.Record(Connection, Caller, Now, action, subject, ownerAccountId, detail);
}

/// <summary>The caller may not change the store.</summary>
/// <param name="caller">Who asked.</param>
public sealed class NotAuthorizedException(string caller)
    : BastionException("NotAuthorized", ErrorKind.Denied, caller, $"'{caller}' is not an administrator of this store. Ask one to make the change.");
