using Bastion.Accounts;
using Bastion.Accounts.Projects;
using Bastion.Approvals;
using Bastion.Approvals.Webhooks;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Assets.HostKeys;
using Bastion.Assets.Import;
using Bastion.Audit.Administration;
using Bastion.Audit.Commands;
using Bastion.Audit.Recording;
using Bastion.Audit.Sessions;
using Bastion.Cloud.Connections;
using Bastion.Credentials;
using Bastion.Credentials.Certificates;
using Bastion.Credentials.Keys;
using Bastion.Credentials.Rotation;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Access;
using Bastion.Policies.Code;
using Bastion.Roles;
using Bastion.Sessions;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.Directories;
using Bastion.Users.Groups;
using Bastion.Users.Import;
using Bastion.Users.Keys;
using Bastion.Users.Locks;
using Bastion.Users.Passwords;
using Bastion.Users.SignIn;
using Bastion.Users.Totp;
using Bastion.Vault;

namespace Bastion;

/// <summary>One open store and everything that can be done with it. Safe to use from several threads.</summary>
public sealed class Engine : IDisposable
{
    private readonly EngineContext _context;
    private readonly WebhookOutbox _outbox;

    private readonly Engine? _whole;

    private Engine(EngineContext context, Engine? whole = null)
    {
        (_context, _whole) = (context, whole);
        Clouds = new CloudConnectionService(context, (connection, secrets) => CloudProviders.Open(connection, secrets, context.Clock));
        Accounts = new MemberAccountService(context);
        AccountRemoval = new AccountRemoval(context);
        GroupRemoval = new GroupRemoval(context);
        Assets = new AssetService(context);
        AssetAccounts = new AssetAccountService(context);
        SharedKeys = new SharedKeyService(context);
        CertificateAuthorities = new CertificateAuthorityService(context);
        Import = new AssetImportService(context);
        HostKeys = new HostKeyService(context);
        // They ask for each account whether its administrator calls.
        CredentialTests = whole?.CredentialTests ?? new CredentialTestService(context, HostKeys);
        SecretRotation = whole?.SecretRotation ?? new SecretRotationService(context, HostKeys);
        AssetGroups = new AssetGroupService(context);
        UserPasswords = new UserPasswordService(context);
        Users = new UserService(context, UserPasswords);
        Totp = new TotpService(context);
        SignInPolicy = new SignInPolicyService(context);
        UserDirectories = new UserDirectoryService(context);
        // At the door nobody has rights yet: what is asked there is asked of the whole store.
        SignIns = whole?.SignIns ?? new SignInService(context, UserPasswords, UserDirectories);
        UserImport = new UserImportService(context);
        UserLocks = new UserLockService(context);
        UserPublicKeys = new UserPublicKeyService(context);
        UserGroups = new UserGroupService(context);
        Grants = new GrantService(context);
        Policies = new PolicyService(context);
        PolicyCopies = new PolicyCopies(context);
        PolicyCode = new PolicyCodeService(context);
        Access = new AccessService(context, Grants);
        // Gates ask what there is, not what their caller may see of it; who may see and answer a request is decided for each.
        var approvals = new ApprovalRule(context, Policies);
        _outbox = whole?._outbox ?? new WebhookOutbox(context);
        Webhooks = new WebhookService(context);
        Approvals = whole?.Approvals ?? new ApprovalService(context, approvals, _outbox);
        Sessions = whole?.Sessions ?? new SessionService(context, Users, Grants, Policies, new ApprovalGate(context, approvals, Approvals), HostKeys, new RecordingFolder(context.Location.RecordingsFolder));
        SessionAudits = new SessionAuditService(context, Sessions.SealBroken);
        SessionCommands = new SessionCommandService(context);
        AuditEvents = new AuditEventService(context);
        Projects = new ProjectService(context);
        Roles = new RoleService(context);
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

    /// <summary>Keys that several logins use.</summary>
    public SharedKeyService SharedKeys { get; }

    /// <summary>The bastion as an authority for SSH.</summary>
    public CertificateAuthorityService CertificateAuthorities { get; }

    /// <summary>Brings assets in from the cloud.</summary>
    public AssetImportService Import { get; }

    /// <summary>Which host keys are believed.</summary>
    public HostKeyService HostKeys { get; }

    /// <summary>Whether what is kept signs in.</summary>
    public CredentialTestService CredentialTests { get; }

    /// <summary>Changes secrets on the assets.</summary>
    public SecretRotationService SecretRotation { get; }

    /// <summary>Groups of assets.</summary>
    public AssetGroupService AssetGroups { get; }

    /// <summary>Who can be granted something.</summary>
    public UserService Users { get; }

    /// <summary>Brings users in from lists.</summary>
    public UserImportService UserImport { get; }

    /// <summary>Locks users.</summary>
    public UserLockService UserLocks { get; }

    /// <summary>Keys with which users sign in.</summary>
    public UserPublicKeyService UserPublicKeys { get; }

    /// <summary>Passwords of users.</summary>
    public UserPasswordService UserPasswords { get; }

    /// <summary>Code generators of users.</summary>
    public TotpService Totp { get; }

    /// <summary>Rules for signing in.</summary>
    public SignInPolicyService SignInPolicy { get; }

    /// <summary>Directories that know users.</summary>
    public UserDirectoryService UserDirectories { get; }

    /// <summary>Signs users in.</summary>
    public SignInService SignIns { get; }

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

    /// <summary>What needs the yes of others, and what they say.</summary>
    public ApprovalService Approvals { get; }

    /// <summary>Who is told of requests for approval.</summary>
    public WebhookService Webhooks { get; }

    /// <summary>Opens sessions.</summary>
    public SessionService Sessions { get; }

    /// <summary>What became of sessions.</summary>
    public SessionAuditService SessionAudits { get; }

    /// <summary>What was entered in sessions.</summary>
    public SessionCommandService SessionCommands { get; }

    /// <summary>What was administered, and who looked at what.</summary>
    public AuditEventService AuditEvents { get; }

    /// <summary>Sets of accounts.</summary>
    public ProjectService Projects { get; }

    /// <summary>Who may do what.</summary>
    public RoleService Roles { get; }

    internal EngineContext Context => _context;

    internal WebhookOutbox Outbox => _outbox;

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

    /// <summary>
    /// The same store as a caller sees it: whatever is asked of it finds only what his roles let him look at at that moment, and nobody else
    /// can change anything through it. Whoever holds the store sees all of it.
    /// </summary>
    /// <param name="caller">Who asks from now on.</param>
    /// <returns>A view on this store; it ends with it.</returns>
    public Engine For(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Engine whole = _whole ?? this;
        return caller.HoldsStore ? whole : new Engine(whole._context.For(caller), whole);
    }

    /// <summary>What the store is and holds.</summary>
    public StoreInfo Describe() => _context.Database.Read(connection =>
        StoreInfoStore.Read(connection, Location.Folder, _context.Vault.KeyId, HostKeyStore.TrustsOnFirstUse(connection)));

    /// <summary>Lets go of the store's files.</summary>
    public void Dispose()
    {
        if (_whole is not null) return;
        _outbox.Dispose();
        _context.Database.Release();
    }
}
