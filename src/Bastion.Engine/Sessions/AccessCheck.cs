using Bastion.Assets;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Users;

namespace Bastion.Sessions;

/// <summary>Every gate that stands between a user and an account on an asset, in order: the user, the grant, the policies, the asset's state.</summary>
internal sealed class AccessCheck(EngineContext context, UserService users, GrantService grants, PolicyService policies)
{
    /// <summary>Finds out who wants to go where; nothing is decided yet.</summary>
    /// <exception cref="BastionException">No such user, asset or account; or it is not clear which.</exception>
    internal SessionSubject Identify(Caller caller, SessionRequest request)
    {
        if (request.User is not null && !caller.IsAdministrator && Names.Key(request.User.Name) != Names.Key(caller.Name)) throw new NotAuthorizedException(caller.Name);
        User user = users.Resolve(request.User ?? new UserReference(caller.Name));
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

    /// <summary>Decides, now. Any doubt is a no.</summary>
    internal AccessDecision Decide(Caller caller, SessionSubject subject, ProtocolChannel channel, string? command, bool valuesUnknown = false)
    {
        DateTimeOffset now = context.Now;
        UserState state = subject.User.StateAt(now);
        if (state != UserState.Active)
            return AccessDecision.No("UserNotActive", $"User '{subject.User.Name}' is {(state == UserState.Expired ? "no longer" : "not yet")} valid. Ask an administrator for a longer period.");
        if (subject.Account is null)
            return AccessDecision.No("NotGranted", $"User '{subject.User.Name}' has no account granted on '{subject.Asset.Name}'. Ask an administrator: Grant-BhAssetAccount '{subject.Asset.Name}' -User '{subject.User.Name}' -Account <name>");
        GrantCheck grant = grants.Check(subject.User.Id, subject.Asset.Id, subject.Account.Id, now);
        if (!grant.Granted)
            return AccessDecision.No("NotGranted", $"User '{subject.User.Name}' may not use {subject.Account}: {grant.Reason} Ask an administrator: Grant-BhAssetAccount '{subject.Asset.Name}' -User '{subject.User.Name}' -Account '{subject.Account.Name}'");
        PolicyDecision policy = policies.Decide(subject.User.Id, subject.Asset.Id, new AccessAttempt(subject.Account.Name, channel, caller.SourceAddress, now, command, valuesUnknown));
        return new AccessDecision(policy.Allowed, policy.Allowed ? null : "DeniedByPolicy", policy.Summary, policy);
    }
}

/// <summary>Who wants to go where.</summary>
/// <param name="User">The user.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Account">The account; <see langword="null"/> when none is named and none is granted.</param>
internal sealed record SessionSubject(User User, Asset Asset, AssetAccount? Account)
{
    public override string ToString() => $"{User.Name} → {Account?.Name ?? "?"}@{Asset.Name}";
}

/// <summary>Yes or no, and why.</summary>
internal sealed record AccessDecision(bool Allowed, string? ErrorId, string Reason, PolicyDecision? Policy)
{
    /// <summary>The policy that decided on the command, if one did.</summary>
    internal string? CommandPolicy => Policy?.Sections.FirstOrDefault(s => s.Section == CommandControl.Name)?.Policy;

    /// <summary>Whether commands are decided: they then have to go to the shell for which they were read.</summary>
    internal bool DecidesCommands => Policy?.Sections.Any(s => s.Section == CommandControl.Name && s.Policy is not null && s.Why != CommandControl.Unrestricted) == true;

    internal static AccessDecision No(string errorId, string reason) => new(false, errorId, reason, null);
}
