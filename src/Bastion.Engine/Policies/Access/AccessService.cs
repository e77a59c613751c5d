using Bastion.Assets;
using Bastion.Grants;
using Bastion.Roles.Rights;
using Bastion.Users;

namespace Bastion.Policies.Access;

/// <summary>Explains who gets where, and why: the user's validity and role, the grants and the policies, as a session would find them.</summary>
public sealed class AccessService
{
    private readonly EngineContext _context;
    private readonly GrantService _grants;

    internal AccessService(EngineContext context, GrantService grants) => (_context, _grants) = (context, grants);

    /// <summary>Every account that is reached, by owner, asset, user and account, one by one as the caller wants it. Nothing is opened.</summary>
    /// <exception cref="BastionException">No such user, asset, or account on the asset.</exception>
    public IEnumerable<AccessExplanation> Explain(AccessQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        (User? user, Asset? asset) = _context.Database.Read(connection => (
            query.User is { } u ? UserStore.Resolve(connection, u) : null,
            query.Asset is { } a ? AssetStore.Resolve(connection, a) : null));
        AssetAccount[] accounts = asset is null ? [] : [.. _context.Database.Read(connection => AssetAccountStore.ListOfAsset(connection, asset.Id))];
        if (asset is not null && query.Account is { } name && !Array.Exists(accounts, a => a.Name == name))
            throw new AssetAccountNotFoundException(name, asset.Name, Names.Nearest(name, accounts.Select(a => a.Name)));
        return Explain(query, user, asset, accounts, query.At ?? _context.Now);
    }

    private IEnumerable<AccessExplanation> Explain(AccessQuery query, User? user, Asset? asset, AssetAccount[] accounts, DateTimeOffset at)
    {
        var reached = new HashSet<(string?, string?)>();
        (long User, long Asset) last = default;
        var operators = new Dictionary<long, CallerRights>();
        IReadOnlyList<Candidate> candidates = [];
        foreach (ReachedAccount one in OwnerAccounts.OneByOne(query.OwnerAccountIds).SelectMany(owner => AccessPathStore.Stream(_context.Database, user?.Id, asset?.Id, query.Account, owner, at)))
        {
            reached.Add((one.Account, one.Protocol));
            // The accounts of one user on one asset follow each other.
            if (last != (one.User.Id, one.Asset.Id))
            {
                last = (one.User.Id, one.Asset.Id);
                candidates = _context.Database.Read(connection => PolicyStore.Candidates(connection, one.User.Id, one.Asset.Id));
            }

            if (!operators.TryGetValue(one.User.Id, out CallerRights? rights))
                operators[one.User.Id] = rights = _context.Whole.Database.Read(connection => RightsStore.Of(connection, one.User.Name, one.User.Id, at));
            foreach (AccessExplanation explanation in Reached(one, query, rights, candidates, at)) yield return explanation;
        }

        // Who names both wants to know why not, too.
        if (user is null || asset is null || (query.OwnerAccountIds.Count > 0 && !query.OwnerAccountIds.Contains(asset.OwnerAccountId, StringComparer.Ordinal))) yield break;
        foreach (AssetAccount account in accounts.Where(a => (query.Account ?? a.Name) == a.Name && !reached.Contains((a.Name, a.Protocol))))
        {
            GrantCheck check = _grants.Check(user.Id, asset.Id, account.Id, at);
            foreach (ProtocolChannel channel in Channels(query, account.Protocol))
                yield return New(user, asset, query, at) with { Account = account.Name, Channel = channel, Reason = $"Not granted: {check.Reason}" };
        }

        if (accounts.Length == 0 && reached.Count == 0) yield return New(user, asset, query, at) with { Reason = "Not granted: nothing on this asset is granted, and it has no account yet." };
    }

    private IEnumerable<AccessExplanation> Reached(ReachedAccount one, AccessQuery query, CallerRights rights, IReadOnlyList<Candidate> candidates, DateTimeOffset at)
    {
        AccessExplanation explanation = New(one.User, one.Asset, query, at) with { Account = one.Account, Through = one.Paths };
        string granted = $"Reached by {string.Join("; ", one.Paths)}.";
        if (one.Account is null || one.Protocol is null)
        {
            yield return explanation with { Reason = $"{granted} No account is granted yet." };
            yield break;
        }

        string? inactive = one.User.WhyNotActive(at);
        string? closed = inactive is not null ? $"User '{one.User.Name}' {inactive} then."
            : rights.On(Role.Operator, one.Asset.OwnerAccountId) ? null : $"User '{one.User.Name}' does not hold the role Operator for account {one.Asset.OwnerAccountId}.";
        foreach (ProtocolChannel channel in Channels(query, one.Protocol))
        {
            PolicyDecision decision = Evaluation.Decide(candidates, new AccessAttempt(one.Account, channel, query.SourceAddress, at) { OnWindows = one.Asset.RunsWindows });
            if (decision.NeedsApproval) decision = _context.Whole.Database.Read(connection => ApproverStore.Complete(connection, decision, one.User.Id));
            yield return explanation with { Channel = channel, Allowed = decision.Allowed && closed is null, Decision = decision, Reason = $"{granted} {closed ?? decision.Summary}" };
        }
    }

    private static AccessExplanation New(User user, Asset asset, AccessQuery query, DateTimeOffset at) => new()
    {
        User = user.Name,
        Asset = asset.Name,
        AssetId = asset.Id,
        OwnerAccountId = asset.OwnerAccountId,
        Allowed = false,
        Reason = "",
        SourceAddress = query.SourceAddress.ToString(),
        At = at,
    };

    private static IEnumerable<ProtocolChannel> Channels(AccessQuery query, string protocol) => query.Channels.Count > 0 ? query.Channels.Where(channel => Goes(channel, protocol))
        : [protocol switch { Protocols.Ssh => ProtocolChannel.SshShell, Protocols.Rdp => ProtocolChannel.Rdp, _ => ProtocolChannel.Sql }];

    private static bool Goes(ProtocolChannel channel, string protocol) => (ProtocolChannels.Carrier(channel) ?? channel) switch
    {
        ProtocolChannel.Tunnel => true,
        ProtocolChannel.Rdp => protocol == Protocols.Rdp,
        ProtocolChannel.Sql => protocol is not (Protocols.Ssh or Protocols.Rdp),
        _ => protocol == Protocols.Ssh,
    };
}
