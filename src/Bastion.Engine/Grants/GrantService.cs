using Bastion.Assets;
using Bastion.Users;

namespace Bastion.Grants;

/// <summary>Who may use which accounts on which assets. Nothing granted means no access.</summary>
/// <remarks>
/// Grants add up: one with another validity stands beside the first, and shortens nothing. Accounts that are granted with the same validity
/// share one grant. Revoking takes away whatever grants give.
/// </remarks>
public sealed class GrantService
{
    private readonly EngineContext _context;

    internal GrantService(EngineContext context) => _context = context;

    /// <summary>Grants that fit, by owner account, asset and user, one by one as the caller wants them.</summary>
    /// <exception cref="BastionException">No such asset or user.</exception>
    public IEnumerable<Grant> List(GrantFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        (long? user, long? asset) = _context.Database.Read(connection => (
            filter.User is { } u ? UserStore.Resolve(connection, u).Id : (long?)null,
            filter.Asset is { } a ? AssetStore.Resolve(connection, a).Id : (long?)null));
        return Owners(filter.OwnerAccountIds).SelectMany(owner => GrantStore.Stream(_context.Database, user, asset, owner));
    }

    /// <summary>What a user may reach now, by owner account and asset, one by one as the caller wants it. A user who is not valid now reaches nothing.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public IEnumerable<AuthorizedAsset> AuthorizedAssets(UserReference user, IReadOnlyList<string> ownerAccountIds)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(ownerAccountIds);
        DateTimeOffset now = _context.Now;
        User who = _context.Database.Read(connection => UserStore.Resolve(connection, user));
        return who.StateAt(now) != UserState.Active ? []
            : Owners(ownerAccountIds).SelectMany(owner => AuthorizedAssetStore.Stream(_context.Database, who, owner, now));
    }

    /// <summary>Whether a user may use an account on an asset at a time. Made to be asked often.</summary>
    public GrantCheck Check(long userId, long assetId, long accountId, DateTimeOffset now)
    {
        IReadOnlyList<GrantCover> grants = _context.Database.Read(connection => GrantStore.Covers(connection, userId, assetId, accountId));
        GrantCover[] covering = [.. grants.Where(g => g.Covers)];
        if (covering.Where(g => g.Validity.Holds(now)).MaxBy(g => g.Validity.Until ?? DateTimeOffset.MaxValue) is { } holds)
            return new GrantCheck(true, holds.Validity.Until is { } end ? $"granted until {Validity.Show(end)}." : "granted.", holds.GrantId);
        string reason = covering.FirstOrDefault(g => g.Validity.IsAhead(now)) is { } ahead ? $"the grant begins at {Validity.Show(ahead.Validity.From!.Value)}."
            : covering.MaxBy(g => g.Validity.Until) is { } over ? $"the grant ended at {Validity.Show(over.Validity.Until!.Value)}."
            : grants.Count > 0 ? "the asset is granted, but not this account."
            : "nothing on this asset is granted.";
        return new GrantCheck(false, reason, null);
    }

    /// <summary>Gives a user the right to use accounts on an asset; what is granted already stays. Running it twice changes nothing.</summary>
    /// <param name="caller">Who grants.</param>
    /// <param name="user">To whom.</param>
    /// <param name="asset">On what.</param>
    /// <param name="accounts">Logins; <c>*</c>: all, later ones too; none: the asset, with no account yet.</param>
    /// <param name="from">Not before; <see langword="null"/>: at once.</param>
    /// <param name="until">Not at or after; <see langword="null"/>: until revoked.</param>
    /// <exception cref="BastionException">No such user, asset or account, or the validity makes no sense. Nothing was changed then.</exception>
    public GrantResult Add(Caller caller, UserReference user, AssetReference asset, IReadOnlyList<string> accounts, DateTimeOffset? from, DateTimeOffset? until)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return _context.Change(caller, change =>
        {
            User who = UserStore.Resolve(change.Connection, user);
            Asset on = AssetStore.Resolve(change.Connection, asset);
            Validity validity = Validity.CheckNew($"The grant of '{on.Name}' to '{who.Name}'", from, until, change.Now);
            AccountChoice choice = AccountChoice.Resolve(change.Connection, on, accounts);
            IReadOnlyList<Grant> before = GrantStore.OfPair(change.Connection, who.Id, on.Id);
            Grant? present = before.FirstOrDefault(g => g.Validity == validity);
            long id = present?.Id ?? GrantStore.Add(change.Connection, who.Id, on.Id, validity, change);
            bool changed = GrantStore.Include(change.Connection, id, choice) || present is null;
            Grant grant = GrantStore.OfPair(change.Connection, who.Id, on.Id).Single(g => g.Id == id);
            if (changed) change.Audit("grant.added", grant.ToString(), on.OwnerAccountId, $"{grant.Given}{(validity == default ? "" : $", {validity}")}");
            return new GrantResult(grant, changed, WarnOfLonger(before, choice, validity));
        });
    }

    /// <summary>Takes rights on an asset from a user, whatever their validity.</summary>
    /// <param name="caller">Who revokes.</param>
    /// <param name="user">From whom.</param>
    /// <param name="asset">On what.</param>
    /// <param name="accounts">Logins; none or <c>*</c>: all that is granted on the asset. A grant whose last account goes, goes too.</param>
    /// <returns>What is still granted on the asset.</returns>
    /// <exception cref="BastionException">No such user, asset or account; it is not granted; or all accounts are, and only some should go. Nothing was changed then.</exception>
    public IReadOnlyList<Grant> Revoke(Caller caller, UserReference user, AssetReference asset, IReadOnlyList<string> accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return _context.Change(caller, change =>
        {
            User who = UserStore.Resolve(change.Connection, user);
            Asset on = AssetStore.Resolve(change.Connection, asset);
            AccountChoice choice = AccountChoice.Resolve(change.Connection, on, accounts);
            IReadOnlyList<Grant> before = GrantStore.OfPair(change.Connection, who.Id, on.Id);
            if (before.Count == 0) throw new GrantNotFoundException(who.Name, on.Name, null, null);
            bool whole = choice.All || choice.Accounts.Count == 0;
            if (!whole) RequireGranted(before, choice);
            foreach (Grant grant in before)
            {
                if (whole || (grant.Accounts.Count > 0 && !grant.Accounts.Except(choice.Names, StringComparer.Ordinal).Any())) GrantStore.Remove(change.Connection, grant.Id);
                else GrantStore.Exclude(change.Connection, grant.Id, choice);
            }

            change.Audit("grant.revoked", before[0].ToString(), on.OwnerAccountId, whole ? string.Join("; ", before.Select(g => g.Given)) : string.Join(", ", choice.Names));
            return GrantStore.OfPair(change.Connection, who.Id, on.Id);
        });
    }

    private static string?[] Owners(IReadOnlyList<string> ids) => ids.Count == 0 ? [null] : [.. ids.Distinct(StringComparer.Ordinal)];

    private static void RequireGranted(IReadOnlyList<Grant> grants, AccountChoice choice)
    {
        if (grants.Any(g => g.AllAccounts)) throw new GrantOfAllAccountsException(grants[0].User, grants[0].Asset);
        foreach (string name in choice.Names)
        {
            if (!grants.Any(g => g.Accounts.Contains(name, StringComparer.Ordinal)))
                throw new GrantNotFoundException(grants[0].User, grants[0].Asset, name, string.Join("; ", grants.Select(g => g.Given).Distinct(StringComparer.Ordinal)));
        }
    }

    // An administrator who grants until Friday believes that it ends on Friday.
    private static string? WarnOfLonger(IReadOnlyList<Grant> before, AccountChoice choice, Validity validity)
    {
        Grant? longer = before.FirstOrDefault(g => g.Validity.Exceeds(validity)
            && (choice.All ? g.AllAccounts || g.Accounts.Count > 0 : choice.Names.Any(name => g.AllAccounts || g.Accounts.Contains(name, StringComparer.Ordinal))));
        return longer is null ? null
            : $"User '{longer.User}' is also granted {longer.Given} on '{longer.Asset}' {(longer.Validity == default ? "without limit" : longer.Validity.ToString())}. Grants add up: the new limits don't shorten that one. Revoke it first if they should.";
    }
}
