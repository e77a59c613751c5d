using Bastion.Audit.Events;
using Bastion.Roles.Rights;
using Bastion.Store;
using Bastion.Vault;

namespace Bastion;

/// <summary>What every service of one open store shares.</summary>
/// <param name="Location">The store's folder.</param>
/// <param name="Database">Its database; of a context for a caller, with what that caller may see.</param>
/// <param name="Vault">Its secrets.</param>
/// <param name="Clock">The time.</param>
internal sealed record EngineContext(StoreLocation Location, Database Database, SecretVault Vault, TimeProvider Clock)
{
    private EngineContext? _whole;

    /// <summary>For whom it is; <see langword="null"/>: for whoever holds the store.</summary>
    internal Caller? Viewer { get; private init; }

    /// <summary>The same without limits: for gates, which have to know what their caller may not see.</summary>
    internal EngineContext Whole => _whole ?? this;

    /// <summary>The present, cut to the millisecond as it is stored.</summary>
    internal DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The same for a caller: its database reads what he may see at that moment.</summary>
    internal EngineContext For(Caller caller) => this with
    {
        Viewer = caller,
        Database = Whole.Database.Narrowed(connection => VisibilityStore.For(RightsStore.Of(connection, caller, Now))),
        _whole = Whole,
    };

    /// <summary>What a caller may do now.</summary>
    internal CallerRights RightsOf(Caller caller) => Whole.Database.Read(connection => RightsStore.Of(connection, caller, Now));

    /// <summary>A read that takes a role for everything.</summary>
    /// <exception cref="NotAuthorizedException">The caller for whom the context is does not hold it.</exception>
    internal void RequireEverything(Role role)
    {
        if (Viewer is not null) RightsOf(Viewer).RequireEverything(role);
    }

    /// <summary>Tells the audit of something that changes nothing, once its reads have found what the caller may see.</summary>
    /// <param name="caller">Who did it.</param>
    /// <param name="action">What.</param>
    /// <param name="subject">To what.</param>
    /// <param name="ownerAccountIds">Owners of what it was done to, each of whom is told; <see langword="null"/> among them: nobody's.</param>
    /// <param name="detail">More, for people.</param>
    internal void Tell(Caller caller, string action, string subject, IEnumerable<string?> ownerAccountIds, string? detail)
    {
        RequireViewer(caller);
        Whole.Database.Write(connection =>
        {
            foreach (string? owner in ownerAccountIds) AuditEventStore.Record(connection, caller, Now, action, subject, owner, detail);
        });
    }

    /// <summary>Changes what is the whole store's: only administrators for everything may.</summary>
    internal T Change<T>(Caller caller, Func<Change, T> work) => ChangeOwned(caller, change =>
    {
        change.AuthorizeEverything();
        return work(change);
    });

    /// <summary>Changes what is the whole store's: only administrators for everything may.</summary>
    internal void Change(Caller caller, Action<Change> work) => Change(caller, change =>
    {
        work(change);
        return 0;
    });

    /// <summary>Changes what accounts own: the work says with <c>change.Authorize…</c> to whom it belongs, once it knows and before it changes anything.</summary>
    /// <param name="caller">Who changes.</param>
    /// <param name="work">What is done. The audit event is written with it.</param>
    /// <exception cref="NotAuthorizedException">The caller's roles don't allow it; nothing was changed.</exception>
    internal T ChangeOwned<T>(Caller caller, Func<Change, T> work)
    {
        RequireViewer(caller);
        return Whole.Database.Write(connection =>
        {
            var change = new Change(connection, caller, Now, Vault, RightsStore.Of(connection, caller, Now));
            try
            {
                T result = work(change);
                change.RequireAuthorized();
                return result;
            }
            catch (BastionException e) when (!change.MayTell(e))
            {
                throw NotAuthorizedException.Elsewhere(caller.Name, Role.Administrator, e.Subject);
            }
        });
    }

    /// <summary>Changes what accounts own, without a result.</summary>
    internal void ChangeOwned(Caller caller, Action<Change> work) => ChangeOwned(caller, change =>
    {
        work(change);
        return 0;
    });

    private void RequireViewer(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (Viewer is not null && Viewer != caller) throw new NotAuthorizedException(caller.Name);
    }
}
