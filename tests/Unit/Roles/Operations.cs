using System.Reflection;
using Bastion.Accounts.Projects;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Audit.Events;
using Bastion.Audit.Commands;
using Bastion.Audit.Sessions;
using Bastion.Cloud;
using Bastion.Cloud.Connections;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Access;
using Bastion.Roles;
using Bastion.Sessions;
using Bastion.Sessions.Terminals;
using Bastion.Unit.Assets;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Unit.Roles;

/// <summary>To whom an operation is open.</summary>
internal enum Open
{
    /// <summary>It changes what is the whole store's: administrators for everything.</summary>
    ToAdministratorsOfEverything,
    /// <summary>It changes what an account owns: its administrators.</summary>
    ToAdministratorsOfTheAccount,
    /// <summary>It tells what an account owns: its administrators and auditors.</summary>
    ToWhoLooksAtTheAccount,
    /// <summary>It tells what is the whole store's, and everybody needs who looks at any of it.</summary>
    ToWhoLooksAtAnything,
    /// <summary>It tells what is the whole store's, and nobody needs who looks at a part of it.</summary>
    ToAuditorsOfEverything,
    /// <summary>It tells of a request for approval: who looks at the account, who made it, and who may answer it.</summary>
    ToWhoAsksOrLooksOrApproves,
    /// <summary>It answers a request for approval: who is named for it; the holder answers for one of them.</summary>
    ToApprovers,
    /// <summary>It closes a request: who may answer it, and who made it.</summary>
    ToApproversAndWhoAsks,
    /// <summary>It uses what is granted: who holds Operator for the account, and was granted it.</summary>
    ToOperatorsOfTheAccount,
    /// <summary>It tells nothing and changes nothing of the store's.</summary>
    ToEverybody,
}

/// <summary>One try of an operation.</summary>
/// <param name="World">The world.</param>
/// <param name="Engine">The store as the caller sees it.</param>
/// <param name="Caller">The caller.</param>
/// <param name="User">The caller's user; of the holder, whom he acts for.</param>
/// <param name="Side"><c>own</c> or <c>foreign</c>.</param>
internal sealed record Attempt(RoleWorld World, Engine Engine, Caller Caller, string User, string Side)
{
    internal AssetReference Asset => new($"web-{Side}");
    internal AssetGroupReference Group => new($"group-{Side}");
    internal PolicyReference Policy => new($"policy-{Side}");
    internal ProjectReference Project => new(Side);
    internal string Account => RoleWorld.Account(Side);
    internal string File => Path.Combine(World.Store.Location.Folder, $"{Guid.NewGuid():N}.yaml");
    internal static UserReference Guest => new("guest");

    internal bool IsMine(string? owner) => owner == Account;
}

/// <summary>An operation of the engine, to whom it is open, and a try of it on what belongs to a project.</summary>
/// <param name="Name">Service, method and its parameters, as <see cref="Operations.NameOf"/> writes them.</param>
/// <param name="Open">To whom.</param>
/// <param name="Try">Tries it; false: it told nothing of what it was asked for.</param>
/// <param name="Changes">Whether it changes the store, and so leaves one event with what was before and after.</param>
internal sealed record Operation(string Name, Open Open, Func<Attempt, bool> Try, bool Changes = false);

/// <summary>The table of everything that the engine offers. An operation without a row here fails the tests.</summary>
internal static partial class Operations
{
    internal static IReadOnlyList<Operation> All { get; } = [.. Accounts(), .. AssetsAndGroups(), .. UsersAndRoles(), .. SignIns(), .. Credentials(), .. ApprovalsAndWebhooks(), .. GrantsAndPolicies(), .. SessionsAndAudit()];

    internal static Operation Named(string name) => All.Single(o => o.Name == name);

    /// <summary>Every public operation of every service of the engine.</summary>
    internal static IEnumerable<string> OfEngine() => typeof(Engine).GetProperties().Where(p => p.PropertyType.Namespace!.StartsWith("Bastion.", StringComparison.Ordinal) && p.PropertyType.Namespace != "Bastion.Store")
        .SelectMany(p => p.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Select(NameOf);

    internal static string NameOf(MethodInfo method) => method.IsSpecialName ? $"{method.DeclaringType!.Name}.{method.Name[4..]}"
        : $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.Name).Where(p => p is not ("caller" or "stop")))})";

    private static bool Do<T>(T _) => true;

    private static bool Wait(Task work)
    {
        work.GetAwaiter().GetResult();
        return true;
    }

    private static bool Any<T>(IAsyncEnumerable<T> items, Func<T, bool> which) => items.ToBlockingEnumerable().Any(which);

    private static IEnumerable<Operation> Accounts()
    {
        yield return new("CloudConnectionService.List()", Open.ToWhoLooksAtAnything, a => a.Engine.Clouds.List().Count == 1);
        yield return new("CloudConnectionService.Get(name)", Open.ToWhoLooksAtAnything, a => Do(a.Engine.Clouds.Get("corp")));
        yield return new("CloudConnectionService.Open(name)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Clouds.Open("corp")));
        yield return new("CloudConnectionService.ConnectAsync(connection)", Open.ToAdministratorsOfEverything, a => Wait(a.Engine.Clouds.ConnectAsync(a.Caller, new NewCloudConnection
        {
            Name = "new", Endpoint = new Uri("http://127.0.0.1:1"), Source = CredentialSource.Given, AccessKeyId = "id", AccessKeySecret = "secret"u8.ToArray(),
        }, new CancellationToken(canceled: true))));
        yield return new("CloudConnectionService.Remove(name)", Open.ToAdministratorsOfEverything, a =>
        {
            a.World.Engine.AccountRemoval.Remove(TempStore.Admin, RoleWorld.Account("own"), includeAssets: true);
            a.World.Engine.AccountRemoval.Remove(TempStore.Admin, RoleWorld.Account("foreign"), includeAssets: true);
            a.Engine.Clouds.Remove(a.Caller, "corp");
            return true;
        });
        yield return new("MemberAccountService.List()", Open.ToWhoLooksAtTheAccount, a => a.Engine.Accounts.List().Any(m => a.IsMine(m.Id)));
        yield return new("MemberAccountService.Get(id)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.Accounts.Get(a.Account)));
        yield return new("MemberAccountService.AvailableAsync(cloud, inventory)", Open.ToAdministratorsOfEverything, a => Any(a.Engine.Accounts.AvailableAsync(Cloud(a), new FakeInventory(), default), _ => true));
        yield return new("MemberAccountService.AddAsync(cloud, inventory, id)", Open.ToAdministratorsOfEverything, a =>
        {
            var inventory = new FakeInventory { Accounts = { new CloudAccount { Id = "3333333333333333", DisplayName = "new", JoinMethod = "created", Status = "CreateSuccess", IsUsable = true } } };
            return Wait(a.Engine.Accounts.AddAsync(a.Caller, Cloud(a), inventory, "3333333333333333", default));
        }, Changes: true);
        yield return new("AccountRemoval.Remove(accountId, includeAssets)", Open.ToAdministratorsOfEverything, a =>
        {
            if (a.World.Engine.Assets.CountsByOwner().ContainsKey(a.Account)) a.World.Engine.Assets.Remove(TempStore.Admin, a.Asset);
            return Do(a.Engine.AccountRemoval.Remove(a.Caller, a.Account, includeAssets: false));
        });
        yield return new("ProjectService.List(names)", Open.ToWhoLooksAtTheAccount, a => a.Engine.Projects.List([]).Any(p => p.Name == a.Side));
        yield return new("ProjectService.Resolve(reference)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.Projects.Resolve(a.Project)));
        yield return new("ProjectService.Add(project)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Projects.Add(a.Caller, new NewProject { Name = "new" })), Changes: true);
        yield return new("ProjectService.Change(reference, update)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Projects.Change(a.Caller, a.Project, new ProjectChange { Remove = [a.Account] })), Changes: true);
        yield return new("ProjectService.Remove(reference)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Projects.Remove(a.Caller, a.Project)), Changes: true);
    }

    private static CloudConnection Cloud(Attempt a) => a.World.Engine.Clouds.Get("corp");

    private static IEnumerable<Operation> AssetsAndGroups()
    {
        yield return new("AssetService.List(filter)", Open.ToWhoLooksAtTheAccount, a => a.Engine.Assets.List(new AssetFilter()).Any(x => a.IsMine(x.OwnerAccountId)));
        yield return new("AssetService.Resolve(reference)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.Assets.Resolve(a.Asset)));
        yield return new("AssetService.Require(name, filter)", Open.ToWhoLooksAtTheAccount, a => a.Engine.Assets.Require(a.Asset.Name, new AssetFilter()) is not null);
        yield return new("AssetService.AllNames(ownerAccountId)", Open.ToWhoLooksAtTheAccount, a => a.Engine.Assets.AllNames().Contains(a.Asset.Name));
        yield return new("AssetService.CountsByOwner()", Open.ToWhoLooksAtTheAccount, a => a.Engine.Assets.CountsByOwner().ContainsKey(a.Account));
        yield return new("AssetService.Add(asset)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Assets.Add(a.Caller, new NewAsset { Name = "new", OwnerAccountId = a.Account, PrivateAddress = "10.0.0.9" })), Changes: true);
        yield return new("AssetService.Change(reference, update)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Assets.Change(a.Caller, a.Asset, new AssetChange { Comment = "new" })), Changes: true);
        yield return new("AssetService.Remove(reference)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Assets.Remove(a.Caller, a.Asset)), Changes: true);
        yield return new("AssetAccountService.List(asset, names, ownerAccountIds)", Open.ToWhoLooksAtTheAccount, a => a.Engine.AssetAccounts.List(null, [], []).Any(x => a.IsMine(x.OwnerAccountId)));
        yield return new("AssetAccountService.Resolve(asset, name, protocol)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.AssetAccounts.Resolve(a.Asset, "root")));
        yield return new("AssetAccountService.Add(asset, account)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.AssetAccounts.Add(a.Caller, a.Asset, new NewAssetAccount { Name = "new" })), Changes: true);
        yield return new("AssetAccountService.Change(asset, name, update)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.AssetAccounts.Change(a.Caller, a.Asset, "root", new AssetAccountChange { Comment = "new" })), Changes: true);
        yield return new("AssetAccountService.Remove(asset, name, protocol)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.AssetAccounts.Remove(a.Caller, a.Asset, "root")), Changes: true);
        yield return new("AssetImportService.ImportAsync(inventory, accounts, query, parallelism)", Open.ToAdministratorsOfTheAccount, a =>
        {
            var inventory = new FakeInventory { Assets = { [a.Account] = [new CloudAsset { InstanceId = "i-1", Name = "i-1", Kind = CloudAssetKind.Host, Region = "cn", OwnerAccountId = a.Account, Status = "Running" }] } };
            return Any(a.Engine.Import.ImportAsync(a.Caller, inventory, [a.Account], new CloudAssetQuery([CloudAssetKind.Host], []), 1, default), outcome => outcome.Added == 1);
        }, Changes: true);
        yield return new("HostKeyService.TrustsOnFirstUse", Open.ToEverybody, a => a.Engine.HostKeys.TrustsOnFirstUse);
        yield return new("HostKeyService.SetTrustOnFirstUse(trust)", Open.ToAdministratorsOfEverything, a =>
        {
            a.Engine.HostKeys.SetTrustOnFirstUse(a.Caller, trust: false);
            return true;
        }, Changes: true);
        yield return new("HostKeyService.List(asset)", Open.ToWhoLooksAtTheAccount, a => a.Engine.HostKeys.List(a.Asset).Count > 0);
        yield return new("HostKeyService.Approve(asset, fingerprint)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.HostKeys.Approve(a.Caller, a.Asset, null)), Changes: true);
        yield return new("AssetGroupService.List(names)", Open.ToWhoLooksAtTheAccount, a => a.Engine.AssetGroups.List([]).Any(g => g.Name == a.Group.Name));
        yield return new("AssetGroupService.Resolve(reference)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.AssetGroups.Resolve(a.Group)));
        yield return new("AssetGroupService.Members(reference)", Open.ToWhoLooksAtTheAccount, a => a.Engine.AssetGroups.Members(a.Group).Any());
        yield return new("AssetGroupService.Of(asset)", Open.ToWhoLooksAtTheAccount, a => a.Engine.AssetGroups.Of(a.Asset).Count > 0);
        yield return new("AssetGroupService.Add(group)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.AssetGroups.Add(a.Caller, new NewAssetGroup { Name = "new", Assets = [a.Asset] })), Changes: true);
        yield return new("AssetGroupService.Change(reference, update)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.AssetGroups.Change(a.Caller, a.Group, new AssetGroupChange { Comment = "new" })), Changes: true);
        yield return new("GroupRemoval.Remove(reference)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.GroupRemoval.Remove(a.Caller, a.Group)), Changes: true);
    }

    private static IEnumerable<Operation> UsersAndRoles()
    {
        yield return new("UserService.List(filter)", Open.ToWhoLooksAtAnything, a => a.Engine.Users.List(new UserFilter()).Any(u => u.Name == "guest"));
        yield return new("UserService.Resolve(reference)", Open.ToWhoLooksAtAnything, a => Do(a.Engine.Users.Resolve(Attempt.Guest)));
        yield return new("UserService.Add(user)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Users.Add(a.Caller, new NewUser { Name = "new" })), Changes: true);
        yield return new("UserService.Change(reference, update)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Users.Change(a.Caller, Attempt.Guest, new UserChange { Comment = "new" })), Changes: true);
        yield return new("UserService.Remove(reference)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.Users.Remove(a.Caller, Attempt.Guest)), Changes: true);
        yield return new("UserGroupService.List(names)", Open.ToWhoLooksAtAnything, a => a.Engine.UserGroups.List([]).Any());
        yield return new("UserGroupService.Resolve(reference)", Open.ToWhoLooksAtAnything, a => Do(a.Engine.UserGroups.Resolve(new UserGroupReference("staff"))));
        yield return new("UserGroupService.Members(reference)", Open.ToWhoLooksAtAnything, a => a.Engine.UserGroups.Members(new UserGroupReference("staff")).Count == 1);
        yield return new("UserGroupService.Of(user)", Open.ToWhoLooksAtAnything, a => a.Engine.UserGroups.Of(Attempt.Guest).Count == 1);
        yield return new("UserGroupService.Add(group)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserGroups.Add(a.Caller, new NewUserGroup { Name = "new" })), Changes: true);
        yield return new("UserGroupService.Change(reference, update)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.UserGroups.Change(a.Caller, new UserGroupReference("staff"), new UserGroupChange { Remove = [Attempt.Guest] })), Changes: true);
        yield return new("RoleService.List(filter)", Open.ToWhoLooksAtTheAccount, a =>
        {
            a.World.Give("guest", Role.Auditor, a.Side);
            return a.Engine.Roles.List(new RoleFilter { User = Attempt.Guest }).Any(h => h.Project == a.Side);
        });
        yield return new("RoleService.Add(to, role, project)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Roles.Add(a.Caller, new RoleHolder(Attempt.Guest), Role.Auditor, a.Project)), Changes: true);
        yield return new("RoleService.Remove(from, role, project)", Open.ToAdministratorsOfTheAccount, a =>
        {
            a.World.Give("guest", Role.Auditor, a.Side);
            return Do(a.Engine.Roles.Remove(a.Caller, new RoleHolder(Attempt.Guest), Role.Auditor, a.Project));
        });
    }

    private static IEnumerable<Operation> GrantsAndPolicies()
    {
        yield return new("GrantService.List(filter)", Open.ToWhoLooksAtTheAccount, a => a.Engine.Grants.List(new GrantFilter()).Any(g => a.IsMine(g.OwnerAccountId)));
        yield return new("GrantService.AuthorizedAssets(user, ownerAccountIds)", Open.ToOperatorsOfTheAccount, a => a.Engine.Grants.AuthorizedAssets(new UserReference(a.User), []).Any(x => a.IsMine(x.OwnerAccountId)));
        yield return new("GrantService.Add(user, asset, accounts, from, until)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Grants.Add(a.Caller, new UserReference("approver"), a.Asset, ["root"], null, null)), Changes: true);
        yield return new("GrantService.Add(to, on, accounts, from, until)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Grants.Add(a.Caller, new Grantee(new UserGroupReference("staff")), new GrantTarget(a.Group), ["root"], null, null)), Changes: true);
        yield return new("GrantService.Revoke(user, asset, accounts)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Grants.Revoke(a.Caller, Attempt.Guest, a.Asset, [])), Changes: true);
        yield return new("GrantService.Revoke(to, on, accounts)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Grants.Revoke(a.Caller, new Grantee(Attempt.Guest), new GrantTarget(a.Asset), [])), Changes: true);
        yield return new("AccessService.Explain(query)", Open.ToWhoLooksAtTheAccount, a => a.Engine.Access.Explain(new AccessQuery { User = Attempt.Guest }).Any(x => a.IsMine(x.OwnerAccountId)));
        yield return new("PolicyService.List(filter)", Open.ToWhoLooksAtTheAccount, a => a.Engine.Policies.List(new PolicyFilter()).Any(p => p.Name == a.Policy.Name));
        yield return new("PolicyService.Resolve(reference)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.Policies.Resolve(a.Policy)));
        yield return new("PolicyService.Test(user, asset, account, channel, source, at, command)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.Policies.Test(Attempt.Guest, a.Asset, "root", ProtocolChannel.SshShell, a.Caller.SourceAddress)));
        yield return new("PolicyService.TestStatement(user, asset, account, statement, dialect, source, at)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.Policies.TestStatement(Attempt.Guest, a.Asset, "root", "SELECT 1", Bastion.Policies.Sql.SqlDialect.MySql, a.Caller.SourceAddress)));
        yield return new("PolicyService.Add(policy)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Policies.Add(a.Caller, new NewControlPolicy { Name = "new", Assets = [a.Asset] })), Changes: true);
        yield return new("PolicyService.Change(reference, update)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Policies.Change(a.Caller, a.Policy, new ControlPolicyChange { Enabled = false })), Changes: true);
        yield return new("PolicyService.Remove(reference)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.Policies.Remove(a.Caller, a.Policy)), Changes: true);
        yield return new("PolicyCopies.Copy(reference, name, enabled)", Open.ToAdministratorsOfTheAccount, a => Do(a.Engine.PolicyCopies.Copy(a.Caller, a.Policy, "new")), Changes: true);
        yield return new("PolicyCodeService.Export(path, policies, overwrite)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.PolicyCode.Export(a.File, [a.Policy], overwrite: false)));
        yield return new("PolicyCodeService.Plan(path)", Open.ToWhoLooksAtTheAccount, a => a.Engine.PolicyCode.Plan(Exported(a)).Steps.Count == 1);
        yield return new("PolicyCodeService.Compare(path, reference)", Open.ToWhoLooksAtTheAccount, a => a.Engine.PolicyCode.Compare(Exported(a), null).All(d => d.Kind != Bastion.Policies.Code.PolicyDifferenceKind.Added));
        yield return new("PolicyCodeService.Import(plan, names)", Open.ToAdministratorsOfTheAccount, a =>
        {
            string file = Exported(a);
            File.WriteAllText(file, File.ReadAllText(file).Replace("priority: 1", "priority: 9", StringComparison.Ordinal));
            return Do(a.Engine.PolicyCode.Import(a.Caller, a.World.Engine.PolicyCode.Plan(file)));
        }, Changes: true);
    }

    private static string Exported(Attempt a) => a.World.Engine.PolicyCode.Export(a.File, [a.Policy], overwrite: false).FullName;

    private static IEnumerable<Operation> SessionsAndAudit()
    {
        // Nothing listens there: whoever gets as far as that was let through every gate.
        yield return new("SessionService.ShellAsync(request, terminal)", Open.ToOperatorsOfTheAccount, a => Wait(a.Engine.Sessions.ShellAsync(a.Caller, Request(a), ScriptedTerminal.Typing([], TextWriter.Null), default)));
        yield return new("SessionService.ExecAsync(request, command)", Open.ToOperatorsOfTheAccount, a => Wait(a.Engine.Sessions.ExecAsync(a.Caller, Request(a), new CommandRequest { Command = "true" }, default)));
        yield return new("SessionAuditService.List(filter)", Open.ToWhoLooksAtTheAccount, a => a.Engine.SessionAudits.List(new SessionAuditFilter()).Any(s => a.IsMine(s.OwnerAccountId)));
        yield return new("SessionAuditService.Get(id)", Open.ToWhoLooksAtTheAccount, a => Do(a.Engine.SessionAudits.Get($"session-{a.Side}")));
        yield return new("SessionAuditService.RecordingOf(id, purpose)", Open.ToWhoLooksAtTheAccount, a =>
        {
            string path = a.Engine.SessionAudits.RecordingOf(a.Caller, $"session-{a.Side}", "replay");
            AuditEvent told = a.World.Store.Events("recording.viewed").Single();
            return File.Exists(path) && told.Subject == $"session-{a.Side}" && told.Caller == a.Caller.Name && told.CallerUserId == a.Caller.UserId && a.IsMine(told.OwnerAccountId);
        });
        yield return new("SessionAuditService.Exported(target, count, ownerAccountIds)", Open.ToEverybody, a =>
        {
            a.Engine.SessionAudits.Exported(a.Caller, "file", 1, [a.Account]);
            return a.World.Store.Events("sessions.exported").Single().OwnerAccountId == a.Account;
        });
        yield return new("SessionCommandService.List(filter)", Open.ToWhoLooksAtTheAccount, a => a.Engine.SessionCommands.List(new SessionCommandFilter()).Any(c => a.IsMine(c.OwnerAccountId)));
        yield return new("AuditEventService.List(filter)", Open.ToWhoLooksAtTheAccount, a => a.Engine.AuditEvents.List(new AuditEventFilter()).Any(e => a.IsMine(e.OwnerAccountId)));
    }

    private static SessionRequest Request(Attempt a) => new() { Asset = a.Asset, Account = "root", User = a.Caller.UserId is null ? new UserReference(a.User) : null };
}
