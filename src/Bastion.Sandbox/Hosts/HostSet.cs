using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Bastion.Sandbox.Hosts;

/// <summary>The real hosts of a rehearsal. They follow the world: an instance that stops loses its host.</summary>
public sealed class HostSet : IAsyncDisposable
{
    /// <summary>The tag that tells an instance's SSH port: the cloud's own description has none.</summary>
    public const string PortTag = "bastion:ssh-port";

    private readonly World _world;
    private readonly Func<Instance, bool> _wanted;
    private readonly OpenSsh _ssh;
    private readonly string _folder;
    private readonly bool _isolated;
    private readonly HostKeeper _keeper;
    private readonly ConcurrentDictionary<string, HostInfo> _running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _following = Task.CompletedTask;

    private HostSet(World world, Func<Instance, bool> wanted, OpenSsh ssh, string folder, bool isolated)
    {
        (_world, _wanted, _ssh, _folder, _isolated) = (world, wanted, ssh, folder, isolated);
        _keeper = HostKeeper.Start(folder, ssh, isolated);
    }

    /// <summary>Hosts that run now.</summary>
    public IReadOnlyCollection<HostInfo> All => [.. _running.Values.OrderBy(h => h.InstanceId, StringComparer.Ordinal)];

    /// <summary>The host of an instance.</summary>
    /// <exception cref="HostException">None runs.</exception>
    public HostInfo this[string instanceId] => Find(instanceId) ?? throw new HostException($"No host runs for {instanceId}.");

    /// <summary>OpenSSH private key that opens every host.</summary>
    public string PrivateKeyPath => Path.Combine(_folder, "client");

    internal int KeeperProcessId => _keeper.ProcessId;

    /// <summary>The host of an instance; null when none runs.</summary>
    public HostInfo? Find(string instanceId) => _running.GetValueOrDefault(instanceId);

    /// <summary>Done when every change of the world so far has reached the hosts.</summary>
    public Task SettledAsync() { lock (_gate) return _following; }

    /// <summary>Gives a host another key, as after a rebuilt machine; its port stays.</summary>
    public async Task<HostInfo> ChangeHostKeyAsync(string instanceId, CancellationToken stop = default)
    {
        await SettledAsync();
        HostInfo old = this[instanceId];
        HostFolder folder = FolderOf(old.InstanceId, old.Name);
        await _keeper.StopAsync(folder.Id, old.ProcessId, stop);
        await folder.MakeHostKeyAsync(_ssh, stop);
        return _running[instanceId] = await LaunchAsync(folder, old.AccountId, old.InstanceId, old.Name, old.Port, stop);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _world.InstanceChanged -= Follow;
        await _stop.CancelAsync();
        await SettledAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _keeper.DisposeAsync();
        _running.Clear();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        _stop.Dispose();
    }

    internal static async Task<HostSet> StartAsync(World world, Func<Instance, bool> wanted, CancellationToken stop)
    {
        OpenSsh ssh = await OpenSsh.EnsureInstalledAsync(stop);
        string folder = Directory.CreateTempSubdirectory("bastion-hosts-").FullName;
        var hosts = new HostSet(world, wanted, ssh, folder, await CanIsolateAsync(folder, stop));
        try
        {
            await ssh.MakeKeyAsync(hosts.PrivateKeyPath, "bastion-sandbox", stop);
            await Task.WhenAll(world.AllInstances().Where(p => hosts.Wants(p.Instance)).Select(p => hosts.StartAsync(p.Account.Id, p.Instance, stop)));
            world.InstanceChanged += hosts.Follow;
            return hosts;
        }
        catch
        {
            await hosts.DisposeAsync();
            throw;
        }
    }

    // Root on Linux can give each host a name and a home of its own; whether that is so is best tried
    private static async Task<bool> CanIsolateAsync(string folder, CancellationToken stop)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || folder.StartsWith(home + "/", StringComparison.Ordinal)) return false;
        if (OpenSsh.FindProgram("unshare") is not { } unshare) return false;
        const string Try = "hostname bastion && mount --bind \"$1\" \"$1\"";
        return (await OpenSsh.RunAsync(unshare, ["--uts", "--mount", "sh", "-c", Try, "sh", folder], stop)).Code == 0;
    }

    private bool Wants(Instance instance) => instance.IsLinux && instance.IsRunning && _wanted(instance);

    private void Follow(object? sender, InstanceChangedEventArgs change)
    {
        bool wanted = change.Instance is { } now && Wants(now);
        if (wanted == _running.ContainsKey(change.InstanceId)) return;
        lock (_gate) _following = FollowAsync(_following, change);
    }

    private async Task FollowAsync(Task before, InstanceChangedEventArgs change)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        if (_stop.IsCancellationRequested) return;
        bool wanted = change.Instance is { } now && Wants(now);
        if (wanted && !_running.ContainsKey(change.InstanceId)) await StartAsync(change.AccountId, change.Instance!, _stop.Token);
        else if (!wanted && _running.TryRemove(change.InstanceId, out HostInfo? host))
            await _keeper.StopAsync(host.InstanceId, host.ProcessId, CancellationToken.None);
    }

    private async Task StartAsync(string accountId, Instance instance, CancellationToken stop)
    {
        HostFolder folder = FolderOf(instance.Id, instance.Name);
        await folder.PrepareAsync(_ssh, stop);
        HostInfo host = await LaunchAsync(folder, accountId, instance.Id, instance.Name, PortOf(instance), stop);
        _running[instance.Id] = host;
        _world.ChangeInstance(instance.Id, i => i with
        {
            PrivateIp = "127.0.0.1",
            Tags = new Dictionary<string, string>(i.Tags, StringComparer.Ordinal) { [PortTag] = host.Port.ToString() },
        });
    }

    private HostFolder FolderOf(string instanceId, string name) => new(_folder, instanceId, name, _isolated);

    private async Task<HostInfo> LaunchAsync(HostFolder folder, string accountId, string instanceId, string name, int? fixedPort, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = fixedPort ?? FreePort();
            await folder.WriteConfigurationAsync(port, Environment.UserName, stop);
            int process = await _keeper.StartAsync(folder.Id, stop);
            if (await AnswersAsync(port, folder, stop))
                return new HostInfo(instanceId, accountId, name, port, Environment.UserName, PrivateKeyPath, await folder.FingerprintAsync(stop), process);
            await _keeper.StopAsync(folder.Id, process, stop);
            if (attempt == 5) throw new HostException($"sshd for {name} did not start: {(await File.ReadAllTextAsync(folder.Log, stop)).Trim()}");
        }
    }

    // Ready when it greets; another program may have taken the port in between, so its log must be free of complaints
    private static async Task<bool> AnswersAsync(int port, HostFolder folder, CancellationToken stop)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            string log = File.Exists(folder.Log) ? await File.ReadAllTextAsync(folder.Log, stop) : "";
            if (log.Contains("Server listening on 127.0.0.1", StringComparison.Ordinal)) return true;
            if (log.Contains("Cannot bind", StringComparison.Ordinal) || log.Contains("fatal", StringComparison.Ordinal)) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(attempt < 20 ? 5 : 50), stop);
        }
        return false;
    }

    private static int? PortOf(Instance instance) =>
        instance.Tags.TryGetValue(PortTag, out string? text) && int.TryParse(text, out int port) && port is > 0 and < 65536 ? port : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
