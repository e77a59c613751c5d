namespace Bastion.Sandbox;

/// <summary>
/// The organisation that the rehearsal cloud serves: accounts and what they own. It may change while it is
/// served; every member is safe to call from any thread.
/// </summary>
public sealed class World
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Holdings> _holdings = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    internal World(ResourceDirectory directory, IReadOnlyList<Region> regions)
    {
        Directory = directory;
        Regions = regions;
    }

    /// <summary>The resource directory; the management account owns it.</summary>
    public ResourceDirectory Directory { get; }

    /// <summary>Regions that the cloud answers for, in order.</summary>
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>Faults that the world file asks for from the start.</summary>
    public IReadOnlyList<Fault> InitialFaults { get; internal init; } = [];

    /// <summary>Latency in milliseconds that the world file asks for.</summary>
    public int InitialLatencyMs { get; internal init; }

    /// <summary>Raised after an instance was added, changed or released.</summary>
    public event EventHandler<InstanceChangedEventArgs>? InstanceChanged;

    /// <summary>All accounts, in the order of the file.</summary>
    public IReadOnlyList<Account> Accounts { get { lock (_gate) return [.. _order.Select(id => _holdings[id].Account)]; } }

    /// <summary>The account that owns the directory.</summary>
    public Account Management => Accounts.First(a => a.Kind is AccountKind.Management);

    /// <summary>Members of the directory, without the management account.</summary>
    public IReadOnlyList<Account> Members => [.. Accounts.Where(a => a.Kind is AccountKind.Member)];

    /// <summary>Reads a world from a YAML or JSON file.</summary>
    /// <exception cref="WorldException">The file can't be read or is wrong; says the line.</exception>
    public static World Load(string path) => WorldFile.Load(path);

    /// <summary>Reads a world from YAML or JSON text.</summary>
    /// <exception cref="WorldException">The text is wrong; says the line.</exception>
    public static World Parse(string text) => WorldFile.Parse(text, "world");

    /// <summary>The world that comes with the rehearsal cloud: a small organisation called Acme.</summary>
    public static World Acme() => Load(Path.Combine(AppContext.BaseDirectory, "World", "acme.yaml"));

    /// <summary>Makes a world of a given size; the same numbers make the same world.</summary>
    /// <param name="accounts">Member accounts, beside the management account and one delegated administrator.</param>
    /// <param name="assets">Assets of each member; one in ten is a database.</param>
    public static World Generate(int accounts, int assets) => GeneratedWorld.Make(accounts, assets);

    /// <summary>An account by id; null when there is none.</summary>
    public Account? FindAccount(string id) { lock (_gate) return _holdings.TryGetValue(id, out Holdings? h) ? h.Account : null; }

    /// <summary>Instances of an account, ordered by id.</summary>
    public IReadOnlyList<Instance> InstancesOf(string accountId) { lock (_gate) return Of(accountId).Instances(); }

    /// <summary>Databases of an account, ordered by id.</summary>
    public IReadOnlyList<Database> DatabasesOf(string accountId) { lock (_gate) return Of(accountId).Databases(); }

    /// <summary>Every instance with its account.</summary>
    public IEnumerable<(Account Account, Instance Instance)> AllInstances() =>
        Accounts.SelectMany(a => InstancesOf(a.Id).Select(i => (a, i)));

    /// <summary>Sets an instance's status, for example <c>Stopped</c>.</summary>
    public void SetInstanceStatus(string instanceId, string status)
    {
        if (!WorldRules.InstanceStatuses.Contains(status)) throw new WorldException($"'{status}' is no instance status.");
        ChangeInstance(instanceId, i => i with { Status = status });
    }

    /// <summary>Stops a running instance.</summary>
    public void StopInstance(string instanceId) => SetInstanceStatus(instanceId, "Stopped");

    /// <summary>Starts a stopped instance.</summary>
    public void StartInstance(string instanceId) => SetInstanceStatus(instanceId, "Running");

    /// <summary>Changes anything of an instance but its id.</summary>
    public void ChangeInstance(string instanceId, Func<Instance, Instance> change)
    {
        string owner;
        Instance after;
        lock (_gate)
        {
            Holdings holdings = OwnerOf(instanceId);
            owner = holdings.Account.Id;
            after = change(holdings.Instances().First(i => i.Id == instanceId)) with { Id = instanceId };
            holdings.Replace(instanceId, after);
        }
        InstanceChanged?.Invoke(this, new InstanceChangedEventArgs(owner, instanceId, after));
    }

    /// <summary>Releases an instance: the cloud never speaks of it again.</summary>
    public void ReleaseInstance(string instanceId)
    {
        string owner;
        lock (_gate)
        {
            Holdings holdings = OwnerOf(instanceId);
            owner = holdings.Account.Id;
            holdings.Replace(instanceId, null);
        }
        InstanceChanged?.Invoke(this, new InstanceChangedEventArgs(owner, instanceId, null));
    }

    /// <summary>Adds an instance to an account.</summary>
    public void AddInstance(string accountId, Instance instance)
    {
        lock (_gate)
        {
            if (_holdings.Values.Any(h => h.Instances().Any(i => i.Id == instance.Id)))
                throw new WorldException($"There is already an instance {instance.Id}.");
            Of(accountId).Replace(instance.Id, instance);
        }
        InstanceChanged?.Invoke(this, new InstanceChangedEventArgs(accountId, instance.Id, instance));
    }

    /// <summary>Adds a database to an account, or replaces the one with its id.</summary>
    public void PutDatabase(string accountId, Database database) { lock (_gate) Of(accountId).Put(database.Id, database); }

    /// <summary>Releases a database.</summary>
    public void ReleaseDatabase(string accountId, string databaseId) { lock (_gate) Of(accountId).Put(databaseId, null); }

    /// <summary>Changes anything of an account but its id, for example its status or its roles.</summary>
    public void ChangeAccount(string accountId, Func<Account, Account> change)
    {
        lock (_gate)
        {
            Holdings holdings = Of(accountId);
            holdings.Account = change(holdings.Account) with { Id = accountId };
        }
    }

    /// <summary>Takes a role out of an account: assuming it then fails as in a member that was never prepared.</summary>
    public void RemoveRole(string accountId, string roleName) => ChangeAccount(accountId, a => a with
    {
        Roles = [.. a.Roles.Where(r => !r.Name.Equals(roleName, StringComparison.OrdinalIgnoreCase))],
    });

    internal void Add(Account account, Func<IReadOnlyList<Instance>> instances, Func<IReadOnlyList<Database>> databases)
    {
        lock (_gate)
        {
            _holdings.Add(account.Id, new Holdings(account, instances, databases));
            _order.Add(account.Id);
        }
    }

    private Holdings Of(string accountId) => _holdings.TryGetValue(accountId, out Holdings? found)
        ? found
        : throw new WorldException($"There is no account {accountId}.");

    private Holdings OwnerOf(string instanceId) =>
        _holdings.Values.FirstOrDefault(h => h.Instances().Any(i => i.Id == instanceId))
        ?? throw new WorldException($"There is no instance {instanceId}.");
}
