using Bastion.Assets;
using Bastion.Assets.Import;
using Bastion.Cloud;

namespace Bastion.Unit.Assets;

public sealed class AssetImportTests : IDisposable
{
    private const string Dev = "1111111111111111";
    private const string Prod = "2222222222222222";
    private readonly TempStore _store = new();
    private readonly FakeInventory _cloud = new();

    public void Dispose() => _store.Dispose();

    private Asset Asset(string name) => _store.Engine.Assets.Resolve(new AssetReference(name));

    [Fact]
    public async Task The_second_import_changes_nothing()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1"), Database("rm-1", "orders", 3307)];
        Assert.Equal((2, 0), Count(await Import(Dev)));
        AccountImport again = await Import(Dev);
        Assert.Equal((0, 2), (again.Added + again.Updated + again.Vanished, again.Unchanged));
        Assert.Equal("MySQL:3307", Asset("orders").Protocols);
    }

    [Fact]
    public async Task Names_do_not_depend_on_which_account_was_read_first()
    {
        string[] accounts = [Dev, .. Enumerable.Range(0, 30).Select(n => $"33333333333333{n:00}")];
        foreach (string account in accounts) _cloud.Assets[account] = [Host($"i-{account}", "web-1")];
        var others = new TaskCompletionSource();
        _cloud.Slow[Dev] = () => others.Task;
        _cloud.Slow[accounts[5]] = () =>
        {
            others.SetResult();
            return Task.CompletedTask;
        };
        var order = new List<string>();
        await foreach (AccountImport outcome in _store.Engine.Import.ImportAsync(TempStore.Admin, _cloud, accounts, new CloudAssetQuery([CloudAssetKind.Host], []), 2, default)) order.Add(outcome.OwnerAccountId);
        Assert.Equal(accounts, order);
        Assert.Equal(Dev, Asset("web-1").OwnerAccountId);
    }

    [Fact]
    public async Task A_slow_account_holds_up_only_so_many_others()
    {
        string[] accounts = [Dev, .. Enumerable.Range(0, 30).Select(n => $"33333333333333{n:00}")];
        foreach (string account in accounts) _cloud.Assets[account] = [];
        var slow = new TaskCompletionSource();
        _cloud.Slow[Dev] = () => slow.Task;
        Task<int> import = Task.Run(async () => await _store.Engine.Import.ImportAsync(TempStore.Admin, _cloud, accounts, new CloudAssetQuery([CloudAssetKind.Host], []), 2, default).CountAsync());
        // With 2 at a time, 8 turns are given out; the seven others wait in memory for the first
        while (_cloud.Seen.Prepared < 8) await Task.Delay(5);
        await Task.Delay(50);
        Assert.Equal(8, _cloud.Seen.Prepared);
        slow.SetResult();
        Assert.Equal(accounts.Length, await import);
    }

    [Fact]
    public async Task State_and_addresses_follow_the_cloud()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1")];
        await Import(Dev);
        _cloud.Assets[Dev] = [Host("i-1", "web-1") with { Status = "Stopped", PrivateAddress = "10.9.9.9" }];
        Assert.Equal((0, 1), Count(await Import(Dev)));
        Assert.Equal((AssetState.Stopped, "10.9.9.9"), (Asset("web-1").State, Asset("web-1").Address));
    }

    [Fact]
    public async Task What_the_cloud_no_longer_has_is_marked_and_comes_back_when_it_does()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1"), Host("i-2", "web-2")];
        await Import(Dev);
        _cloud.Assets[Dev].RemoveAt(0);
        Assert.Equal(1, (await Import(Dev)).Vanished);
        Assert.Equal(AssetState.Vanished, Asset("web-1").State);
        Assert.Equal(0, (await Import(Dev)).Vanished);
        _cloud.Assets[Dev].Add(Host("i-1", "web-1"));
        await Import(Dev);
        Assert.Equal(AssetState.Running, Asset("web-1").State);
    }

    [Fact]
    public async Task Only_what_was_looked_for_can_vanish()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1"), Host("i-2", "far") with { Region = "eu-central-1" }, Database("rm-1", "orders", 3306)];
        await Import(Dev);
        _cloud.Assets[Dev].Clear();
        var query = new CloudAssetQuery([CloudAssetKind.Host], ["cn-hangzhou"]);
        Assert.Equal(1, (await Import(Dev, query)).Vanished);
        Assert.Equal((AssetState.Running, AssetState.Running), (Asset("far").State, Asset("orders").State));
    }

    [Fact]
    public async Task An_account_that_fails_half_way_changes_nothing_and_stops_no_other()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1"), Host("i-2", "web-2")];
        _cloud.Assets[Prod] = [Host("i-3", "web-3")];
        await Import(Dev);
        _cloud.Assets[Dev].RemoveAt(0);
        _cloud.Failing[Dev] = new CloudException("CloudAccessDenied", ErrorKind.Denied, Dev, "NoPermission", "no role");
        List<AccountImport> outcomes = await ImportAll([Dev, Prod]);
        Assert.Equal("CloudAccessDenied", outcomes.Single(o => o.OwnerAccountId == Dev).Error!.Id);
        Assert.Equal(1, outcomes.Single(o => o.OwnerAccountId == Prod).Added);
        Assert.Equal(AssetState.Running, Asset("web-1").State);
    }

    [Fact]
    public async Task No_more_accounts_are_read_at_a_time_than_may_and_all_get_in()
    {
        string[] accounts = [.. Enumerable.Range(0, 40).Select(n => $"3{n:D15}")];
        foreach (string account in accounts) _cloud.Assets[account] = [.. Enumerable.Range(0, 60).Select(n => Host($"i-{account}-{n}", $"web-{n}"))];
        List<AccountImport> outcomes = await ImportAll(accounts);
        Assert.Equal(accounts, outcomes.Select(o => o.OwnerAccountId).Order(StringComparer.Ordinal));
        Assert.All(outcomes, o => Assert.Equal((60, 60), (o.Hosts, o.Added)));
        Assert.Equal(40, _cloud.Seen.Prepared);
        Assert.InRange(_cloud.Seen.MostRead, 1, 2);
        Assert.Equal(accounts, _store.Events("assets.imported").Select(e => e.OwnerAccountId!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_instances_of_one_name_both_get_in()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1")];
        _cloud.Assets[Prod] = [Host("i-2", "WEB-1")];
        await Import(Dev);
        await Import(Prod);
        Assert.Equal(Prod, Asset("WEB-1-i-2").OwnerAccountId);
        Assert.Equal(0, (await Import(Prod)).Updated);
    }

    [Fact]
    public async Task A_name_given_here_stays_and_one_from_the_cloud_follows_it()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1"), Host("i-2", "web-2")];
        await Import(Dev);
        _store.Engine.Assets.Change(TempStore.Admin, new AssetReference("web-1"), new AssetChange { Name = "front", Comment = "ours" });
        _cloud.Assets[Dev] = [Host("i-1", "new-1"), Host("i-2", "new-2")];
        await Import(Dev);
        Assert.Equal(["front", "new-2"], _store.Engine.Assets.List(new AssetFilter()).Select(a => a.Name));
        Assert.Equal("ours", Asset("front").Comment);
    }

    [Fact]
    public async Task A_tag_gives_the_port_and_a_port_set_here_stays_without_one()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web-1") with { Tags = new Dictionary<string, string> { ["bastion:ssh-port"] = "2222" } }, Host("i-2", "web-2")];
        await Import(Dev);
        Assert.Equal("SSH:2222", Asset("web-1").Protocols);
        _store.Engine.Assets.Change(TempStore.Admin, new AssetReference("web-2"), new AssetChange { Ports = new Dictionary<string, int> { ["SSH"] = 2022 } });
        await Import(Dev);
        Assert.Equal("SSH:2022", Asset("web-2").Protocols);
    }

    [Fact]
    public async Task A_hostile_name_in_the_cloud_becomes_a_harmless_one()
    {
        _cloud.Assets[Dev] = [Host("i-1", "web\u001b[2J*\u202e"), Host("i-2", new string('x', 500)), Host("i-3", "  ")];
        await Import(Dev);
        List<string> names = [.. _store.Engine.Assets.List(new AssetFilter()).Select(a => a.Name)];
        Assert.Contains("web__2J__", names);
        Assert.All(names, name => Assert.Equal(name, Names.Check("asset", name)));
    }

    [Fact]
    public async Task Stopping_ends_the_import_between_accounts()
    {
        _cloud.Assets[Dev] = [.. Enumerable.Range(0, 50).Select(i => Host($"i-{i}", $"web-{i}"))];
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (AccountImport _ in _store.Engine.Import.ImportAsync(TempStore.Admin, _cloud, [Dev], All, 2, stop.Token)) { }
        });
        Assert.Empty(_store.Engine.Assets.List(new AssetFilter()));
    }

    private static CloudAssetQuery All { get; } = new([CloudAssetKind.Host, CloudAssetKind.Database], []);

    private static (int Added, int Updated) Count(AccountImport outcome) => (outcome.Added, outcome.Updated);

    private async Task<AccountImport> Import(string account, CloudAssetQuery? query = null) => Assert.Single(await ImportAll([account], query));

    private async Task<List<AccountImport>> ImportAll(string[] accounts, CloudAssetQuery? query = null)
    {
        var outcomes = new List<AccountImport>();
        await foreach (AccountImport outcome in _store.Engine.Import.ImportAsync(TempStore.Admin, _cloud, accounts, query ?? All, 2, CancellationToken.None)) outcomes.Add(outcome);
        return outcomes;
    }

    private static CloudAsset Host(string id, string name) => new()
    {
        Kind = CloudAssetKind.Host,
        InstanceId = id,
        Name = name,
        Region = "cn-hangzhou",
        OwnerAccountId = Dev,
        Status = "Running",
        PrivateAddress = "10.0.0.1",
        OperatingSystem = "linux",
    };

    private static CloudAsset Database(string id, string name, int port) => new()
    {
        Kind = CloudAssetKind.Database,
        InstanceId = id,
        Name = name,
        Region = "cn-hangzhou",
        OwnerAccountId = Dev,
        Status = "Running",
        PrivateAddress = "rm-1.mysql.rds.aliyuncs.com",
        Engine = "MySQL",
        Port = port,
    };
}
