using Bastion.Accounts;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Assets.HostKeys;
using Bastion.Assets.Import;
using Bastion.Audit.Commands;
using Bastion.Audit.Recording;
using Bastion.Audit.Sessions;
using Bastion.Cloud.Connections;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Access;
using Bastion.Policies.Code;
using Bastion.Sessions;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Groups;
using Bastion.Vault;

namespace Bastion;

/// <summary>One open store and everything that can be done with it. Safe to use from several threads.</summary>
public sealed class Engine : IDisposable
{
    private readonly EngineContext _context;

    private Engine(EngineContext context)
    {
        _context = context;
        Clouds = new CloudConnectionService(context, (connection, secrets) => CloudProviders.Open(connection, secrets, context.Clock));
        Accounts = new MemberAccountService(context);
        AccountRemoval = new AccountRemoval(context);
        GroupRemoval = new GroupRemoval(context);
        Assets = new AssetService(context);
        AssetAccounts = new AssetAccountService(context);
        Import = new AssetImportService(context);
        HostKeys = new HostKeyService(context);
        AssetGroups = new AssetGroupService(context);
        Users = new UserService(context);
        UserGroups = new UserGroupService(context);
        Grants = new GrantService(context);
        Policies = new PolicyService(context);
        PolicyCopies = new PolicyCopies(context);
        PolicyCode = new PolicyCodeService(context);
        Access = new AccessService(context, Grants);
        Sessions = new SessionService(context, Users, Grants, Policies, HostKeys, new RecordingFolder(context.Location.RecordingsFolder));
        SessionAudits = new SessionAuditService(context, Sessions.SealBroken);
        SessionCommands = new SessionCommandService(context);
    }

    /// <summary>Connected clouds.</summary>
    public CloudConnectionService Clouds { get; }

    /// <summary>Member accounts.</summary>
    public MemberAccountService Accounts { get; }

    /// <summary>How an account leaves.</summary>
    public AccountRemoval AccountRemoval { get; }

    /// <summary>How groups leave.</summary>
    public GroupRemoval GroupRemoval { get; }

    /// <summary>Hosts and databases.</summary>
    public AssetService Assets { get; }

    /// <summary>Logins on assets.</summary>
    public AssetAccountService AssetAccounts { get; }

    /// <summary>Brings assets in from the cloud.</summary>
    public AssetImportService Import { get; }

    /// <summary>Which host keys are believed.</summary>
    public HostKeyService HostKeys { get; }

    /// <summary>Groups of assets.</summary>
    public AssetGroupService AssetGroups { get; }

    /// <summary>Who can be granted something.</summary>
    public UserService Users { get; }

    /// <summary>Groups of users.</summary>
    public UserGroupService UserGroups { get; }

    /// <summary>Who may use which accounts.</summary>
    public GrantService Grants { get; }

    /// <summary>Control policies.</summary>
    public PolicyService Policies { get; }

    /// <summary>Policies made of policies.</summary>
    public PolicyCopies PolicyCopies { get; }

    /// <summary>Policies as files.</summary>
    public PolicyCodeService PolicyCode { get; }

    /// <summary>Who gets where, and why.</summary>
    public AccessService Access { get; }

    /// <summary>Opens sessions.</summary>
    public SessionService Sessions { get; }

    /// <summary>What became of sessions.</summary>
    public SessionAuditService SessionAudits { get; }

    /// <summary>What was entered in sessions.</summary>
    public SessionCommandService SessionCommands { get; }

    internal EngineContext Context => _context;

    /// <summary>The store's folder.</summary>
    public StoreLocation Location => _context.Location;

    /// <summary>Makes a new store.</summary>
    /// <param name="location">Its folder; made if missing.</param>
    /// <param name="clock">The time; <see langword="null"/>: the system's.</param>
    /// <exception cref="BastionException">There is one already, or it can't be written.</exception>
    public static Engine Create(StoreLocation location, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (File.Exists(location.DatabaseFile)) throw StoreException.Exists(location.Folder);
        location.MakeFolder();
        Database database = Database.Create(location.DatabaseFile);
        return new Engine(new EngineContext(location, database, SecretVault.Create(new FileVaultKey(location.KeyFile), database), clock ?? TimeProvider.System));
    }

    /// <summary>Opens a store that is there.</summary>
    /// <param name="location">Its folder.</param>
    /// <param name="clock">The time; <see langword="null"/>: the system's.</param>
    /// <exception cref="BastionException">Missing, damaged, newer than this version, or its key is missing or exposed.</exception>
    public static Engine Open(StoreLocation location, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(location);
        Database database = Database.Open(location.DatabaseFile);
        return new Engine(new EngineContext(location, database, SecretVault.Open(new FileVaultKey(location.KeyFile), database, location.KeyFile), clock ?? TimeProvider.System));
    }

    /// <summary>What the store is and holds.</summary>
    public StoreInfo Describe() => _context.Database.Read(connection =>
        StoreInfoStore.Read(connection, Location.Folder, _context.Vault.KeyId, HostKeyStore.TrustsOnFirstUse(connection)));

    /// <summary>Lets go of the store's files.</summary>
    public void Dispose() => _context.Database.Release();
}
