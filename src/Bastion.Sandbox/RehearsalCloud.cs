using System.Security.Cryptography;
using Bastion.Sandbox.Cloud;
using Bastion.Sandbox.Cloud.Ecs;
using Bastion.Sandbox.Cloud.Rds;
using Bastion.Sandbox.Cloud.ResourceManager;
using Bastion.Sandbox.Cloud.Sts;
using Bastion.Sandbox.Hosts;

namespace Bastion.Sandbox;

/// <summary>A cloud on loopback that speaks the real one's wire protocol for an invented organisation.</summary>
public sealed class RehearsalCloud : IAsyncDisposable
{
    private readonly KeyRing _keys;
    private LoopbackServer? _server;
    private HostSet? _hosts;

    private RehearsalCloud(World world, RehearsalOptions options)
    {
        World = world;
        _keys = new KeyRing(options.TimeProvider);
        Faults = new FaultPlan(options.TimeProvider) { LatencyMs = options.LatencyMs ?? world.InitialLatencyMs };
        foreach (Fault fault in world.InitialFaults) Faults.Add(fault);
    }

    /// <summary>Where every product is served, for example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Endpoint => _server!.Endpoint;

    /// <summary>The organisation; may be changed while it is served.</summary>
    public World World { get; }

    /// <summary>What goes wrong on purpose.</summary>
    public FaultPlan Faults { get; }

    /// <summary>The calls so far.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Goes into the header <c>x-sandbox-key</c> of calls to <c>/_sandbox/</c>.</summary>
    public string ControlKey { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The real hosts behind instances.</summary>
    /// <exception cref="HostException">The rehearsal was started without.</exception>
    public HostSet Hosts => _hosts ?? throw new HostException("This rehearsal was started without hosts.");

    /// <summary>A RAM user of the management account.</summary>
    public SandboxCredentials ManagementCredentials => CredentialsOf(World.Management.Id);

    /// <summary>The management account's root key, which may not assume roles.</summary>
    public SandboxCredentials RootCredentials => Show(_keys.Permanent(World.Management.Id, PrincipalKind.Root));

    /// <summary>A RAM user of the first delegated administrator.</summary>
    /// <exception cref="WorldException">The world has none.</exception>
    public SandboxCredentials DelegatedCredentials => CredentialsOf(
        World.Members.FirstOrDefault(m => m.DelegatedAdministrator)?.Id
        ?? throw new WorldException("The world has no delegated administrator."));

    /// <summary>Starts serving a world.</summary>
    public static async Task<RehearsalCloud> StartAsync(World world, RehearsalOptions? options = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        options ??= new RehearsalOptions();
        var cloud = new RehearsalCloud(world, options);
        var verifier = new SignatureVerifier(cloud._keys, new NonceLog(), options.TimeProvider);
        var gateway = new Gateway(world, verifier, cloud.Faults, cloud.Requests, options.TimeProvider, Operations(cloud._keys, options.TimeProvider));
        var control = new ControlEndpoint(cloud, cloud.ControlKey);
        cloud._server = await LoopbackServer.StartAsync(
            options.Port,
            http => http.Request.Path.Value?.StartsWith(ControlEndpoint.Prefix, StringComparison.Ordinal) == true
                ? control.ServeAsync(http)
                : gateway.ServeAsync(http),
            stop);
        try
        {
            if (options.StartHosts) cloud._hosts = await HostSet.StartAsync(world, options.HostsFor ?? (i => i.Host), stop);
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
        return cloud;
    }

    /// <summary>A RAM user of any account.</summary>
    public SandboxCredentials CredentialsOf(string accountId) => Show(_keys.Permanent(
        World.FindAccount(accountId)?.Id ?? throw new WorldException($"There is no account {accountId}."),
        PrincipalKind.RamUser));

    /// <summary>Switches a key off, or on again.</summary>
    public void SetKeyActive(string accessKeyId, bool active) => _keys.SetActive(accessKeyId, active);

    /// <summary>Lets the temporary keys issued so far expire now.</summary>
    /// <param name="accountId">Only those of roles in this account; null: all.</param>
    public void ExpireTokens(string? accountId = null) => _keys.Expire(accountId);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_hosts is not null) await _hosts.DisposeAsync();
    }

    private static SandboxCredentials Show(AccessKey key) => new(key.Id, key.Secret);

    private static IEnumerable<Operation> Operations(KeyRing keys, TimeProvider clock)
    {
        var tokens = new PageToken();
        return
        [
            .. new StsOperations(keys, clock).All(),
            .. DirectoryOperations.All(),
            RegionOperations.DescribeRegions(),
            new InstanceOperations(tokens).DescribeInstances(),
            DatabaseRegionOperations.DescribeRegions(),
            new DatabaseListOperations(tokens).DescribeDBInstances(),
            .. DatabaseDetailOperations.All(),
        ];
    }
}
