using System.Net;
using Bastion.Assets;
using Bastion.Policies.Rules;
using Bastion.Policies.Sql;
using Bastion.Store;
using Bastion.Users;

namespace Bastion.Policies;

/// <summary>Control policies: what a session may open, when and from where. They only restrict; what is not granted they can't give.</summary>
public sealed class PolicyService
{
    private readonly EngineContext _context;

    internal PolicyService(EngineContext context) => _context = context;

    /// <summary>Policies that fit, in the order in which they decide.</summary>
    public IReadOnlyList<ControlPolicy> List(PolicyFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _context.Database.Read(connection => PolicyStore.List(connection)
            .Where(policy => (filter.Enabled is null || policy.Enabled == filter.Enabled) && filter.Names.Fit(policy.Name))
            .ToList());
    }

    /// <summary>The policy that a name, an id or a policy means, as it is now.</summary>
    /// <exception cref="PolicyNotFoundException">There is none.</exception>
    public ControlPolicy Resolve(PolicyReference reference) => _context.Database.Read(connection => PolicyStore.Resolve(connection, reference));

    /// <summary>Makes a policy. It counts from now on, for sessions that are open too.</summary>
    /// <exception cref="BastionException">The name is taken or bad, the priority is none, or a user, asset or account is not there.</exception>
    public ControlPolicy Add(Caller caller, NewControlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return _context.ChangeOwned(caller, change =>
        {
            string name = Names.Check("control policy", policy.Name);
            var scope = new ControlPolicyChange
            {
                Users = new() { Set = policy.Users },
                UserGroups = new() { Set = policy.UserGroups },
                Assets = new() { Set = policy.Assets },
                AssetGroups = new() { Set = policy.AssetGroups },
                Accounts = policy.Accounts,
            };
            var made = new ControlPolicy
            {
                Name = name,
                Priority = CheckPriority(name, policy.Priority),
                Enabled = policy.Enabled,
                Comment = policy.Comment,
                Scope = new ScopeEditor(change.Connection, name).Apply(PolicyScope.All, scope),
                RuleSet = policy.Rules.Aggregate(PolicyRules.None, (rules, rule) => rules.With(rule)),
                CreatedAt = change.Now,
                ChangedAt = change.Now,
            };
            ApproverStore.Require(change.Connection, made.RuleSet, PolicyRules.None);
            return Add(change, made);
        });
    }

    /// <summary>Changes a policy. It counts as it is now from now on, for sessions that are open too.</summary>
    /// <exception cref="BastionException">No such policy; or the change makes no sense. Nothing was changed then.</exception>
    public ControlPolicy Change(Caller caller, PolicyReference reference, ControlPolicyChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _context.ChangeOwned(caller, change =>
        {
            ControlPolicy old = PolicyStore.Resolve(change.Connection, reference);
            PolicyAuthority.AuthorizeOld(change, old, reference.Name);
            if (update.Rules is not null && old.RuleSet.Fault is { } fault) throw new PolicyUnreadableException(old.Name, fault);
            ControlPolicy changed = old with
            {
                Name = update.Name is null ? old.Name : Names.Check("control policy", update.Name),
                Priority = update.Priority is { } priority ? CheckPriority(old.Name, priority) : old.Priority,
                Enabled = update.Enabled ?? old.Enabled,
                Comment = update.Comment.Or(old.Comment),
                Scope = new ScopeEditor(change.Connection, old.Name).Apply(old.Scope, update),
                RuleSet = update.Rules is null ? old.RuleSet : update.Rules(old.RuleSet),
                ChangedAt = change.Now,
            };
            string scope = changed.Scope.Compare(old.Scope);
            string what = Compare(old, changed, scope);
            if (what.Length == 0) return old;
            IReadOnlyList<string> owners = PolicyAuthority.AuthorizeNew(change, changed);
            ApproverStore.Require(change.Connection, changed.RuleSet, old.RuleSet);
            RefuseTwin(change.Connection, changed.Name, old.Name);
            PolicyStore.Change(change.Connection, changed, scope.Length > 0);
            change.Audit("policy.changed", changed.Name, OwnerAccounts.Only(owners), what, PolicyAuthority.Facts(old), PolicyAuthority.Facts(changed));
            return PolicyStore.Resolve(change.Connection, new PolicyReference(changed));
        });
    }

    /// <summary>Removes a policy. What it restricted is left to the others.</summary>
    /// <exception cref="PolicyNotFoundException">There is none.</exception>
    public ControlPolicy Remove(Caller caller, PolicyReference reference) => _context.ChangeOwned(caller, change =>
    {
        ControlPolicy policy = PolicyStore.Resolve(change.Connection, reference);
        IReadOnlyList<string> owners = PolicyAuthority.AuthorizeOld(change, policy, reference.Name);
        PolicyStore.Remove(change.Connection, policy.Id);
        change.Audit("policy.removed", policy.Name, OwnerAccounts.Only(owners), $"priority {policy.Priority}; users {policy.Users}; assets {policy.Assets}; rules {policy.Rules}", PolicyAuthority.Facts(policy));
        return policy;
    });

    /// <summary>Decides on one attempt. Made to be asked often.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="assetId">Where.</param>
    /// <param name="accountName">As which login; case matters, as it does on the asset.</param>
    /// <param name="channel">What is to be opened.</param>
    /// <param name="source">From where.</param>
    /// <param name="now">When.</param>
    /// <param name="command">The command to run; <see langword="null"/>: none is named.</param>
    internal PolicyDecision Decide(long userId, long assetId, string accountName, ProtocolChannel channel, IPAddress source, DateTimeOffset now, string? command = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Decide(userId, assetId, new AccessAttempt(accountName, channel, source, now, command));
    }

    /// <summary>What an administrator may not expect of a policy: an approval that nobody can give.</summary>
    public IReadOnlyList<string> Warnings(ControlPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return _context.Database.Read(connection => ApprovalWarnings.Of(connection, policy, written: true, _context.Now).ToList());
    }

    /// <summary>Decides on SQL before it goes to a database.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="assetId">Where.</param>
    /// <param name="accountName">As which login.</param>
    /// <param name="statement">The text, and what its meaning depends on.</param>
    /// <param name="source">From where.</param>
    /// <param name="now">When.</param>
    internal PolicyDecision DecideStatement(long userId, long assetId, string accountName, SqlRequest statement, IPAddress source, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(statement);
        return Decide(userId, assetId, new AccessAttempt(accountName, ProtocolChannel.Sql, source, now) { Statement = SqlText.Parse(statement) });
    }

    /// <summary>Says what the policies would decide on SQL, without running it. Grants are not asked.</summary>
    /// <param name="user">Who.</param>
    /// <param name="asset">Where.</param>
    /// <param name="account">As which login.</param>
    /// <param name="statement">The text.</param>
    /// <param name="dialect">Whose SQL it is; <see langword="null"/>: that of the asset's engine.</param>
    /// <param name="source">From where.</param>
    /// <param name="at">When; <see langword="null"/>: now.</param>
    /// <exception cref="BastionException">No such user, asset or account; or nobody knows whose SQL it is.</exception>
    public PolicyDecision TestStatement(UserReference user, AssetReference asset, string account, string statement, SqlDialect? dialect, IPAddress source, DateTimeOffset? at = null)
    {
        (long userId, Asset on, AssetAccount login) = _context.Database.Read(connection =>
        {
            Asset found = AssetStore.Resolve(connection, asset);
            return (UserStore.Resolve(connection, user).Id, found, AssetAccountService.Resolve(connection, found, account, null));
        });
        SqlDialect whose = dialect ?? SqlDialects.Of(on.Engine) ?? throw new SqlDialectUnknownException(on.Name);
        return DecideStatement(userId, login.AssetId, login.Name, new SqlRequest(statement, whose), source, at ?? _context.Now);
    }

    /// <summary>Says what the policies would decide, without opening anything. Grants are not asked.</summary>
    /// <param name="user">Who.</param>
    /// <param name="asset">Where.</param>
    /// <param name="account">As which login.</param>
    /// <param name="channel">What is to be opened.</param>
    /// <param name="source">From where.</param>
    /// <param name="at">When; <see langword="null"/>: now.</param>
    /// <param name="command">The command that would run; <see langword="null"/>: none is named.</param>
    /// <exception cref="BastionException">No such user, asset or account.</exception>
    public PolicyDecision Test(UserReference user, AssetReference asset, string account, ProtocolChannel channel, IPAddress source, DateTimeOffset? at = null, string? command = null)
    {
        (long userId, AssetAccount on) = _context.Database.Read(connection =>
            (UserStore.Resolve(connection, user).Id, AssetAccountService.Resolve(connection, AssetStore.Resolve(connection, asset), account, null)));
        return Decide(userId, on.AssetId, on.Name, channel, source, at ?? _context.Now, command);
    }

    /// <summary>Writes a new policy and tells the audit.</summary>
    /// <param name="change">The change under way.</param>
    /// <param name="made">The policy.</param>
    /// <param name="origin">Where it comes from, before the rest of the audit's detail; empty: made by hand.</param>
    /// <exception cref="BastionException">Its name is taken, or the caller may not write it.</exception>
    internal static ControlPolicy Add(Change change, ControlPolicy made, string origin = "")
    {
        IReadOnlyList<string> owners = PolicyAuthority.AuthorizeNew(change, made);
        RefuseTwin(change.Connection, made.Name, null);
        made = made with { Id = PolicyStore.Add(change.Connection, made) };
        change.Audit("policy.added", made.Name, OwnerAccounts.Only(owners),
            $"{origin}priority {made.Priority}{(made.Enabled ? "" : ", disabled")}; {made.Scope.Compare(new PolicyScope())}; rules {made.Rules}", after: PolicyAuthority.Facts(made));
        return made;
    }

    internal PolicyDecision Decide(long userId, long assetId, AccessAttempt attempt) => _context.Database.Read(connection =>
    {
        attempt = attempt with { OnWindows = AssetStore.IsWindows(connection, assetId) };
        return ApproverStore.Complete(connection, Evaluation.Decide(PolicyStore.Candidates(connection, userId, assetId), attempt), userId);
    });

    private static string Compare(ControlPolicy old, ControlPolicy now, string scope) => string.Join("; ", new[]
    {
        old.Name == now.Name ? null : $"was called {old.Name}",
        old.Priority == now.Priority ? null : $"priority {old.Priority} → {now.Priority}",
        old.Enabled == now.Enabled ? null : now.Enabled ? "enabled" : "disabled",
        old.Comment == now.Comment ? null : "comment",
        scope.Length == 0 ? null : scope,
        old.RuleSet.Write() == now.RuleSet.Write() ? null : $"rules {old.Rules} → {now.Rules}",
    }.OfType<string>());

    private static int CheckPriority(string policy, int priority) =>
        priority is >= ControlPolicy.FirstPriority and <= ControlPolicy.LastPriority ? priority : throw new InvalidPriorityException(policy, priority);

    private static void RefuseTwin(Connection connection, string name, string? own) => Names.RefuseTwin("control policy", name, own, key => PolicyStore.IsTaken(connection, key));
}
