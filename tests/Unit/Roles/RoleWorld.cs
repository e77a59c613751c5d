using Bastion.Accounts;
using Bastion.Accounts.Projects;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Assets.HostKeys;
using Bastion.Audit.Commands;
using Bastion.Audit.Sessions;
using Bastion.Cloud.Connections;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Roles;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Unit.Roles;

/// <summary>
/// Two projects, each with an account that owns a host with its account, a group, a policy, a grant and a session; and a user for each role,
/// for everything or for the project <c>own</c>. Every name ends in <c>own</c> or <c>foreign</c>.
/// </summary>
internal sealed class RoleWorld : IDisposable
{
    internal const string Holder = "(holder)";

    /// <summary>Who calls: the holder of the store, and users named after the roles that they hold.</summary>
    internal static readonly string[] Callers = [Holder, "nobody", "operator", "operator-own", "approver", "auditor", "auditor-own", "administrator", "administrator-own"];

    private RoleWorld(TempStore store) => Store = store;

    internal RoleWorld()
        : this(new TempStore())
    {
        Put("guest", null, null);
        Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "staff", Users = [new("guest")] });
        long cloud = Engine.Context.Database.Write(connection => CloudConnectionStore.Put(connection, new CloudConnection
        {
            Name = "corp", Provider = "Alibaba", RoleName = "r", AccountId = "9999999999999999", DirectoryId = "rd-1", ManagementAccountId = "9999999999999999",
        }));
        foreach (string side in new[] { "own", "foreign" }) Fill(side, cloud);
        foreach (string caller in Callers.Where(c => c != Holder))
        {
            string[] words = caller.Split('-');
            Role? role = words[0] == "nobody" ? null : Enum.Parse<Role>(words[0], ignoreCase: true);
            Put(caller, role, words.Length > 1 ? "own" : null);
        }

        foreach (string side in new[] { "own", "foreign" })
        {
            foreach (string user in new[] { "operator", "operator-own", "nobody" })
                Engine.Grants.Add(TempStore.Admin, new UserReference(user), new AssetReference($"web-{side}"), ["root"], null, null);
        }
    }

    internal TempStore Store { get; }

    internal Engine Engine => Store.Engine;

    /// <summary>Another world just like a closed one: quicker than making it.</summary>
    internal static RoleWorld CopyOf(string folder) => new(new TempStore(folder));

    internal static string Account(string side) => side == "own" ? "1111111111111111" : "2222222222222222";

    internal Caller As(string name) => name == Holder ? TempStore.Admin
        : new Caller(name, TempStore.Admin.SourceAddress, FrontDoor.Module, IsAdministrator: false) { UserId = Engine.Users.Resolve(new UserReference(name)).Id };

    internal Engine For(string name) => Engine.For(As(name));

    internal void Give(string user, Role role, string? project) => Engine.Roles.Add(TempStore.Admin, new RoleHolder(new UserReference(user)), role, project is null ? null : new ProjectReference(project));

    internal void Take(string user, Role role, string? project) => Engine.Roles.Remove(TempStore.Admin, new RoleHolder(new UserReference(user)), role, project is null ? null : new ProjectReference(project));

    public void Dispose() => Store.Dispose();

    // The role in place of the one that every new user has.
    private void Put(string user, Role? role, string? project)
    {
        Engine.Users.Add(TempStore.Admin, new NewUser { Name = user });
        if (role == Role.Operator && project is null) return;
        Take(user, Role.Operator, null);
        if (role is { } other) Give(user, other, project);
    }

    private void Fill(string side, long cloud)
    {
        string owner = Account(side), asset = $"web-{side}";
        Engine.Context.Database.Write(connection => MemberAccountStore.Put(connection, new MemberAccount { Id = owner, DisplayName = side, JoinMethod = "created", Status = "CreateSuccess", Cloud = "corp" }, cloud, Store.Clock.GetUtcNow()));
        Engine.Projects.Add(TempStore.Admin, new NewProject { Name = side, Accounts = [owner] });
        Asset made = Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = asset, OwnerAccountId = owner, PrivateAddress = "127.0.0.1", Ports = new Dictionary<string, int> { ["SSH"] = 1 } });
        Engine.AssetAccounts.Add(TempStore.Admin, new AssetReference(asset), new NewAssetAccount { Name = "root", Password = "pw"u8.ToArray() });
        Engine.AssetGroups.Add(TempStore.Admin, new NewAssetGroup { Name = $"group-{side}", Assets = [new(asset)] });
        Engine.Grants.Add(TempStore.Admin, new UserReference("guest"), new AssetReference(asset), ["root"], null, null);
        Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = $"policy-{side}", Assets = [new(asset)], UserGroups = [new("staff")] });
        Engine.Context.Database.Write(connection =>
        {
            HostKeyStore.Put(connection, made.Id, "ssh-ed25519", [1], $"SHA256:{side}", HostKeyState.Offered, null, Store.Clock.GetUtcNow());
            SessionAudit session = Session(side, made.Id, owner, Engine.Users.Resolve(new UserReference("guest")).Id);
            SessionAuditStore.Add(connection, session);
            SessionCommandStore.Add(connection, new SessionCommand { Id = 0, SessionId = session.Id, At = session.StartedAt, User = session.User, Asset = session.Asset, Account = session.Account, OwnerAccountId = owner, Command = "ls", Decision = CommandDecision.Allowed, Reason = "" });
        });
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Store.Location.RecordingsFolder).FullName, side), "");
    }

    private SessionAudit Session(string side, long asset, string owner, long user) => new()
    {
        Id = $"session-{side}",
        User = "guest",
        UserId = user,
        Asset = $"web-{side}",
        AssetId = asset,
        AssetAddress = "127.0.0.1:1",
        Account = "root",
        OwnerAccountId = owner,
        Protocol = "SSH",
        Channel = "SshShell",
        SourceAddress = "127.0.0.1",
        StartedBy = "guest",
        StartedAt = Store.Clock.GetUtcNow(),
        EndedAt = Store.Clock.GetUtcNow(),
        State = SessionState.Ended,
        Decision = "{}",
        Recording = side,
        RecordingHead = "head",
    };
}

/// <summary>A world to make copies of.</summary>
public sealed class RoleTemplate : IDisposable
{
    private readonly RoleWorld _world = new();

    public RoleTemplate() => _world.Engine.Dispose();

    internal RoleWorld Copy() => RoleWorld.CopyOf(_world.Store.Location.Folder);

    public void Dispose() => _world.Dispose();
}
