using Bastion.Approvals;
using Bastion.Assets;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Roles.Rights;
using Bastion.Sessions.Checked;
using Bastion.Users;

namespace Bastion.Sessions;

/// <summary>Every gate that stands between a user and an account on an asset, in order: the user, the role, the grant, the policies, the asset's state.</summary>
internal sealed class AccessCheck(EngineContext context, UserService users, GrantService grants, PolicyService policies)
{
    /// <summary>Finds out who wants to go where; nothing is decided yet.</summary>
    /// <exception cref="BastionException">No such user, asset or account; or it is not clear which.</exception>
    internal SessionSubject Identify(Caller caller, SessionRequest request)
    {
        User user = Who(caller, request.User);
        Asset asset = context.Database.Read(connection => AssetStore.Resolve(connection, request.Asset));
        IReadOnlyList<AssetAccount> ssh = [.. context.Database.Read(connection => AssetAccountStore.ListOfAsset(connection, asset.Id)).Where(a => a.Protocol == Protocols.Ssh)];
        if (!asset.Ports.ContainsKey(Protocols.Ssh)) throw new ProtocolMissingException(asset.Name, asset.Protocols);
        if (request.Account is { } name)
        {
            return new SessionSubject(user, asset, ssh.FirstOrDefault(a => a.Name == name)
                ?? throw new AssetAccountNotFoundException(name, asset.Name, Names.Nearest(name, ssh.Select(a => a.Name))));
        }

        AssetAccount[] granted = [.. ssh.Where(a => grants.Check(user.Id, asset.Id, a.Id, context.Now).Granted)];
        return granted switch
        {
            [var only] => new SessionSubject(user, asset, only),
            [] => new SessionSubject(user, asset, null),
            _ => throw AccountNotChosenException.Several(asset.Name, granted.Select(a => a.Name)),
        };
    }

    // Who has signed in is himself, and nobody else; whoever holds the store can act for any user, and the audit says so.
    private User Who(Caller caller, UserReference? named)
    {
        if (caller.HoldsStore) return users.Resolve(named ?? new UserReference(caller.Name));
        if (caller.UserId is not { } id) throw new NotAuthorizedException(caller.Name);
        User user = users.Resolve(new UserReference(id));
        return named is null || named.Id == id || (named.Id is null && Names.Key(named.Name) == Names.Key(user.Name)) ? user : throw new NotAuthorizedException(caller.Name);
    }

    /// <summary>Decides. Any doubt is a no.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="subject">Who wants to go where.</param>
    /// <param name="channel">What is opened.</param>
    /// <param name="command">The command; <see langword="null"/>: none is named.</param>
    /// <param name="hold">The approvals that there are.</param>
    /// <param name="at">When; <see langword="null"/>: now.</param>
    /// <param name="valuesUnknown">Whether the shell may hold variables whose values are not known.</param>
    internal AccessDecision Decide(Caller caller, SessionSubject subject, ProtocolChannel channel, string? command, ApprovalHold? hold = null, DateTimeOffset? at = null, bool valuesUnknown = false)
    {
        DateTimeOffset now = at ?? context.Now;
        if (subject.User.WhyNotActive(now) is { } inactive)
            return AccessDecision.No("UserNotActive", $"User '{subject.User.Name}' {inactive}. Ask an administrator to change that.");
        if (!context.Database.Read(connection => RightsStore.Of(connection, subject.User.Name, subject.User.Id, now)).On(Role.Operator, subject.Asset.OwnerAccountId))
            return AccessDecision.No("NotOperator", $"User '{subject.User.Name}' does not hold the role Operator for account {subject.Asset.OwnerAccountId}. Ask an administrator: Grant-BhRole Operator -User '{subject.User.Name}'");
        if (subject.Account is null)
            return AccessDecision.No("NotGranted", $"User '{subject.User.Name}' has no account granted on '{subject.Asset.Name}'. Ask an administrator: Grant-BhAssetAccount '{subject.Asset.Name}' -User '{subject.User.Name}' -Account <name>");
        GrantCheck grant = grants.Check(subject.User.Id, subject.Asset.Id, subject.Account.Id, now);
        if (!grant.Granted)
            return AccessDecision.No("NotGranted", $"User '{subject.User.Name}' may not use {subject.Account}: {grant.Reason} Ask an administrator: Grant-BhAssetAccount '{subject.Asset.Name}' -User '{subject.User.Name}' -Account '{subject.Account.Name}'");
        PolicyDecision policy = policies.Decide(subject.User.Id, subject.Asset.Id, new AccessAttempt(subject.Account.Name, channel, caller.SourceAddress, now, command, valuesUnknown));
        policy = hold?.Apply(policy) ?? policy;
        return new AccessDecision(policy.Allowed, policy.Allowed ? null : "DeniedByPolicy", policy.Summary, policy);
    }
}

/// <summary>Who wants to go where.</summary>
/// <param name="User">The user.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Account">The account; <see langword="null"/> when none is named and none is granted.</param>
internal sealed record SessionSubject(User User, Asset Asset, AssetAccount? Account)
{
    /// <summary>The name that the asset is told.</summary>
    internal string Login => Account!.IsSelf ? User.Name : Account.Name;

    /// <summary>What is put before approvers.</summary>
    internal ApprovalSubject Asking(Caller caller, ProtocolChannel channel, string? command) => new(User, Asset, Account!, channel, command, caller.SourceAddress);

    public override string ToString() => $"{User.Name} → {Account?.Name ?? "?"}@{Asset.Name}";
}

/// <summary>Yes or no, and why.</summary>
internal sealed record AccessDecision(bool Allowed, string? ErrorId, string Reason, PolicyDecision? Policy)
{
    /// <summary>The policy that decided on the command, if one did: the one that asked for its approval before the one that lists what may run.</summary>
    internal string? CommandPolicy => Policy?.Sections.Where(DecidedCommands).OrderByDescending(s => s.Demand is not null || s.Outcome == SectionOutcome.Denied).FirstOrDefault()?.Policy;

    /// <summary>Whether commands are decided: they then have to go to the shell for which they were read.</summary>
    internal bool DecidesCommands => Policy?.Sections.Any(DecidedCommands) == true;

    /// <summary>Whether it is allowed as soon as others say yes.</summary>
    internal bool NeedsApproval => Policy?.NeedsApproval == true;

    /// <summary>What it says of the command.</summary>
    internal CommandVerdict Verdict => new(Allowed, Reason, CommandPolicy);

    private static bool DecidedCommands(SectionDecision section) => section.Section is CommandControl.Name or CommandApproval.Name && section.Policy is not null && section.Why != CommandControl.Unrestricted;

    internal static AccessDecision No(string errorId, string reason) => new(false, errorId, reason, null);
}
