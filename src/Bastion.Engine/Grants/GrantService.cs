using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Roles.Rights;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;

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
    /// <exception cref="BastionException">No such asset, user or group.</exception>
    public IEnumerable<Grant> List(GrantFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        (long? user, long? userGroup, long? asset, long? assetGroup) = _context.Database.Read(connection => (
            filter.User is { } u ? UserStore.Resolve(connection, u).Id : (long?)null,
            filter.UserGroup is { } ug ? UserGroupStore.Resolve(connection, ug).Id : (long?)null,
            filter.Asset is { } a ? AssetStore.Resolve(connection, a).Id : (long?)null,
            filter.AssetGroup is { } ag ? AssetGroupStore.Resolve(connection, ag).Id : (long?)null));
        IEnumerable<Grant> grants = OwnerAccounts.OneByOne(filter.OwnerAccountIds).SelectMany(owner => GrantStore.Stream(_context.Database, user, userGroup, asset, assetGroup, owner));
        // A group can hold assets of several of the owners.
        return filter.OwnerAccountIds.Count > 1 ? grants.DistinctBy(g => g.Id) : grants;
    }

    /// <summary>What a user may reach now, by owner account and asset, one by one as the caller wants it. A user who is not valid now, or does not hold the role Operator, reaches nothing.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public IEnumerable<AuthorizedAsset> AuthorizedAssets(UserReference user, IReadOnlyList<string> ownerAccountIds)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(ownerAccountIds);
        DateTimeOffset now = _context.Now;
        User who = _context.Database.Read(connection => UserStore.Resolve(connection, user));
        // Nobody need be an auditor to be told what he himself may reach.
        Database database = _context.Viewer?.UserId == who.Id ? _context.Whole.Database : _context.Database;
        CallerRights rights = _context.Whole.Database.Read(connection => RightsStore.Of(connection, who.Name, who.Id, now));
        return rights.Of(Role.Operator).Narrow(ownerAccountIds).SelectMany(owner => AuthorizedAssetStore.Stream(database, who, owner, now));
    }

    /// <summary>Whether a user may use an account on an asset at a time. Made to be asked often.</summary>
    internal GrantCheck Check(long userId, long assetId, long accountId, DateTimeOffset now)
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
    /// <exception cref="BastionException">No such user, asset or account, or the validity makes no sense. Nothing was changed then.</exception>
    public GrantResult Add(Caller caller, UserReference user, AssetReference asset, IReadOnlyList<string> accounts, DateTimeOffset? from, DateTimeOffset? until) =>
        Add(caller, new Grantee(user), new GrantTarget(asset), accounts, from, until);

    /// <summary>Gives a user or a group the right to use accounts on an asset or a group; what is granted already stays. Running it twice changes nothing.</summary>
    /// <param name="caller">Who grants.</param>
    /// <param name="to">To whom.</param>
    /// <param name="on">On what.</param>
    /// <param name="accounts">Logins; on a group by name, whether they exist already or not; <c>*</c>: all, later ones too; none: granted, with no account yet.</param>
    /// <param name="from">Not before; <see langword="null"/>: at once.</param>
    /// <param name="until">Not at or after; <see langword="null"/>: until revoked.</param>
    /// <exception cref="BastionException">No such user, asset, group or account, or the validity makes no sense. Nothing was changed then.</exception>
    public GrantResult Add(Caller caller, Grantee to, GrantTarget on, IReadOnlyList<string> accounts, DateTimeOffset? from, DateTimeOffset? until)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(on);
        ArgumentNullException.ThrowIfNull(accounts);
        return _context.ChangeOwned(caller, change =>
        {
            GrantEnds ends = GrantEnds.Resolve(change, to, on);
            Validity validity = Validity.CheckNew($"The grant of '{ends.On}' to '{ends.To}'", from, until, change.Now);
            AccountChoice choice = AccountChoice.Resolve(change.Connection, ends, accounts);
            IReadOnlyList<Grant> before = GrantStore.Between(change.Connection, ends);
            Grant? present = before.FirstOrDefault(g => g.Validity == validity);
            long id = present?.Id ?? GrantStore.Add(change.Connection, ends, validity, change);
            bool changed = GrantStore.Include(change.Connection, id, ends, choice) || present is null;
            Grant grant = GrantStore.Between(change.Connection, ends).Single(g => g.Id == id);
            if (changed) change.Audit("grant.added", grant.ToString(), OwnerAccounts.Only(ends.Owners), $"{grant.Given}{(validity == default ? "" : $", {validity}")}", Facts(before), Facts(GrantStore.Between(change.Connection, ends)));
            return new GrantResult(grant, changed, GrantWarnings.Of(change.Connection, ends, before, choice, validity));
        });
    }

    /// <summary>Takes rights on an asset from a user, whatever their validity.</summary>
    /// <exception cref="BastionException">As with groups.</exception>
    public IReadOnlyList<Grant> Revoke(Caller caller, UserReference user, AssetReference asset, IReadOnlyList<string> accounts) =>
        Revoke(caller, new Grantee(user), new GrantTarget(asset), accounts);

    /// <summary>Takes rights on an asset or a group from a user or a group, whatever their validity. What reaches a user or an asset through groups is not touched.</summary>
    /// <param name="caller">Who revokes.</param>
    /// <param name="to">From whom.</param>
    /// <param name="on">On what.</param>
    /// <param name="accounts">Logins; none or <c>*</c>: all that is granted. A grant whose last account goes, goes too.</param>
    /// <returns>What is still granted between the two.</returns>
    /// <exception cref="BastionException">No such user, asset, group or account; it is not granted; or all accounts are, and only some should go. Nothing was changed then.</exception>
    public IReadOnlyList<Grant> Revoke(Caller caller, Grantee to, GrantTarget on, IReadOnlyList<string> accounts)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(on);
        ArgumentNullException.ThrowIfNull(accounts);
        return _context.ChangeOwned(caller, change =>
        {
            GrantEnds ends = GrantEnds.Resolve(change, to, on);
            AccountChoice choice = AccountChoice.Resolve(change.Connection, ends, accounts);
            IReadOnlyList<Grant> before = GrantStore.Between(change.Connection, ends);
            if (before.Count == 0) throw GrantNotFoundException.Nothing(ends.To, ends.On, Through(change.Connection, ends));
            bool whole = choice.All || choice.IsNone;
            if (!whole) RequireGranted(ends, before, choice);
            foreach (Grant grant in before)
            {
                if (whole || (grant.Accounts.Count > 0 && !grant.Accounts.Except(choice.Names, StringComparer.Ordinal).Any())) GrantStore.Remove(change.Connection, grant.Id);
                else GrantStore.Exclude(change.Connection, grant.Id, choice);
            }

            IReadOnlyList<Grant> after = GrantStore.Between(change.Connection, ends);
            change.Audit("grant.revoked", before[0].ToString(), OwnerAccounts.Only(ends.Owners), whole ? string.Join("; ", before.Select(g => g.Given)) : string.Join(", ", choice.Names), Facts(before), Facts(after));
            return after;
        });
    }

    private static Dictionary<string, object?>? Facts(IReadOnlyList<Grant> grants) => grants.Count == 0 ? null : new(StringComparer.Ordinal)
    {
        ["To"] = grants[0].User ?? $"{grants[0].UserGroup} (group)",
        ["On"] = grants[0].Asset ?? $"{grants[0].AssetGroup} (group)",
        ["Granted"] = grants.Select(g => g.Validity == default ? g.Given : $"{g.Given}, {g.Validity}").ToList(),
    };

    private static string Through(Connection connection, GrantEnds ends) => ends is { User: { } user, Asset: { } asset }
        ? string.Join("; ", GrantStore.Reaching(connection, user.Id, asset.Id).Select(g => g.ToString())) : "";

    private static void RequireGranted(GrantEnds ends, IReadOnlyList<Grant> grants, AccountChoice choice)
    {
        if (grants.Any(g => g.AllAccounts)) throw new GrantOfAllAccountsException(ends.To, ends.On);
        foreach (string name in choice.Names)
        {
            if (!grants.Any(g => g.Accounts.Contains(name, StringComparer.Ordinal)))
                throw GrantNotFoundException.Account(ends.To, ends.On, name, string.Join("; ", grants.Select(g => g.Given).Distinct(StringComparer.Ordinal)));
        }
    }
}
