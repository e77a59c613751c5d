using System.Text;
using Bastion.Accounts;
using Bastion.Assets;
using Bastion.Assets.Import;
using Bastion.Cloud;
using Bastion.Cloud.Connections;
using Bastion.Sandbox;
using Bastion.Store;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

/// <summary>The whole way: connect a cloud, add its members, import their assets.</summary>
public sealed class EngineImportTests : AlibabaFixture, IDisposable
{
    private const string Logistics = "1000000000000005";
    private static readonly string[] Importable = [Operations, Shop, "1000000000000004", Logistics];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bastion-test-");
    private Engine? _engine;

    private Engine Engine => _engine ??= Engine.Create(new StoreLocation(_folder.FullName), Clock);

    public void Dispose()
    {
        _engine?.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_the_key_to_assets_with_their_owners(bool delegated)
    {
        CloudConnection connection = await ConnectAsync(delegated ? Cloud.DelegatedCredentials : Cloud.ManagementCredentials);
        Assert.Equal((delegated ? Operations : Management, "rd-Acme01", Management), (connection.AccountId, connection.DirectoryId, connection.ManagementAccountId));
        using OpenCloud cloud = Engine.Clouds.Open(null);
        List<MemberAccount> available = await All(Engine.Accounts.AvailableAsync(cloud.Connection, cloud.Inventory, default));
        Assert.Equal(Cloud.World.Accounts.Select(a => a.Id), available.Select(a => a.Id));
        Assert.Equal("management", available[0].JoinMethod);

        await AddAsync(cloud, Importable);
        Assert.Equal(["created", "invited"], Engine.Accounts.List().Select(m => m.JoinMethod).Distinct().Order(StringComparer.Ordinal));
        List<AccountImport> outcomes = await ImportAsync(cloud, Importable);
        Assert.All(outcomes, o => Assert.Null(o.Error));
        IEnumerable<(string, string?)> world = Importable.SelectMany(a => Cloud.World.InstancesOf(a).Select(i => (a, (string?)i.Id)).Concat(Cloud.World.DatabasesOf(a).Select(d => (a, (string?)d.Id))));
        Assert.Equal(world.Order(), Engine.Assets.List(new AssetFilter()).Select(a => (a.OwnerAccountId, a.InstanceId)).Order());
        Asset orders = Engine.Assets.Resolve(new AssetReference("orders"));
        Assert.Equal((Shop, "MySQL:3306", AssetState.Running), (orders.OwnerAccountId, orders.Protocols, orders.State));
        Assert.Equal(2, Engine.Assets.List(new AssetFilter()).Count(a => a.Name.StartsWith("web-1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_second_import_changes_nothing_and_one_that_vanished_is_marked()
    {
        await ConnectAsync();
        using OpenCloud cloud = Engine.Clouds.Open("acme");
        await AddAsync(cloud, Importable);
        List<AccountImport> first = await ImportAsync(cloud, Importable), second = await ImportAsync(cloud, Importable);
        Assert.Equal(first.Sum(o => o.Added), second.Sum(o => o.Unchanged));
        Assert.Equal(0, second.Sum(o => o.Added + o.Updated + o.Vanished));

        Cloud.World.ReleaseInstance(Cloud.World.InstancesOf(Shop).Single(i => i.Name == "web-2").Id);
        Cloud.World.StopInstance(Cloud.World.InstancesOf(Shop).Single(i => i.Name == "web-1").Id);
        AccountImport third = (await ImportAsync(cloud, [Shop])).Single();
        Assert.Equal((0, 1, 1), (third.Added, third.Updated, third.Vanished));
        Assert.Equal(AssetState.Vanished, Engine.Assets.Resolve(new AssetReference("web-2")).State);
        Assert.Equal(1, Engine.Assets.List(new AssetFilter()).Count(a => a.State == AssetState.Stopped && a.OwnerAccountId == Shop && a.Name.StartsWith("web-1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_member_that_fails_stops_no_other()
    {
        await ConnectAsync();
        using OpenCloud cloud = Engine.Clouds.Open(null);
        await AddAsync(cloud, [.. Importable, Lab]);
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Reset, AccountId = Logistics });
        Cloud.Faults.ThrottleNext("DescribeInstances", 3);
        List<AccountImport> outcomes = await ImportAsync(cloud, [.. Importable, Lab]);
        Assert.Equal([(Logistics, "CloudUnreachable"), (Lab, "CloudRoleNotFound")], outcomes.Where(o => o.Error is not null).Select(o => (o.OwnerAccountId, o.Error!.Id)).Order());
        Assert.Equal([Operations, Shop, "1000000000000004"], Engine.Assets.List(new AssetFilter()).Select(a => a.OwnerAccountId).Distinct().Order());
        Assert.Null(Engine.Accounts.Get(Lab).ImportedAt);
        Assert.NotNull(Engine.Accounts.Get(Shop).ImportedAt);
    }

    [Fact]
    public async Task Assets_of_a_region_that_refuses_are_not_taken_for_vanished()
    {
        await ConnectAsync();
        using OpenCloud cloud = Engine.Clouds.Open(null);
        await AddAsync(cloud, [Shop]);
        await ImportAsync(cloud, [Shop]);
        Cloud.World.ReleaseInstance(Cloud.World.InstancesOf(Shop).Single(i => i.Name == "office-1").Id);
        foreach (Bastion.Sandbox.Database database in Cloud.World.DatabasesOf(Shop)) Cloud.World.ReleaseDatabase(Shop, database.Id);
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "DescribeDBInstances", HttpStatus = 403, Code = "Forbidden.RAM" });
        DateTimeOffset? before = Engine.Accounts.Get(Shop).ImportedAt;
        Clock.Advance(TimeSpan.FromMinutes(1));
        AccountImport outcome = Assert.Single(await ImportAsync(cloud, [Shop]));
        Assert.Equal(("CloudRegionsRefused", 1, 3), (outcome.Error?.Id, outcome.Vanished, outcome.Unchanged));
        Assert.Equal((AssetState.Vanished, AssetState.Running), (Engine.Assets.Resolve(new AssetReference("office-1")).State, Engine.Assets.Resolve(new AssetReference("orders")).State));
        Assert.Equal(before, Engine.Accounts.Get(Shop).ImportedAt);
    }

    [Fact]
    public async Task An_account_that_has_not_joined_is_not_added()
    {
        await ConnectAsync();
        using OpenCloud cloud = Engine.Clouds.Open(null);
        Assert.Contains("'PromoteVerifying'", (await Assert.ThrowsAsync<MemberAccountUnusableException>(() => AddAsync(cloud, [Joining]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MemberAccountNotFoundException>(() => AddAsync(cloud, ["9999999999999999"]));
    }

    [Fact]
    public async Task A_key_that_the_cloud_refuses_is_not_kept()
    {
        BastionException error = await Fails(() => ConnectAsync(Cloud.ManagementCredentials with { AccessKeySecret = "wrong" }));
        Assert.Equal("CloudCredentialsRejected", error.Id);
        Assert.Empty(Engine.Clouds.List());
        await Assert.ThrowsAsync<NotAuthorizedException>(() => Engine.Clouds.ConnectAsync(TempStore.Stranger, New(Cloud.ManagementCredentials), default));
    }

    [Fact]
    public async Task An_endpoint_in_the_clear_is_refused_before_anything_is_sent()
    {
        NewCloudConnection connection = New(Cloud.ManagementCredentials) with { Endpoint = new Uri("http://192.0.2.1:9999") };
        Assert.Equal("CloudEndpointInsecure", (await Fails(() => Engine.Clouds.ConnectAsync(TempStore.Admin, connection, default))).Id);
        Assert.Equal("CloudEndpointInvalid", (await Fails(() => Engine.Clouds.ConnectAsync(TempStore.Admin, connection with { Endpoint = new Uri("no-scheme", UriKind.Relative) }, default))).Id);
    }

    [Fact]
    public async Task The_key_is_read_from_the_vault_by_another_process_and_connecting_again_replaces_it()
    {
        await ConnectAsync();
        _engine!.Dispose();
        _engine = Engine.Open(new StoreLocation(_folder.FullName), Clock);
        using (OpenCloud cloud = _engine.Clouds.Open(null)) Assert.Equal(Management, (await cloud.Inventory.GetIdentityAsync(default)).AccountId);
        using (OpenCloud again = _engine.Clouds.Open(null)) Assert.Equal(Management, (await again.Inventory.GetIdentityAsync(default)).AccountId);
        await ConnectAsync(Cloud.DelegatedCredentials);
        using OpenCloud other = _engine.Clouds.Open(null);
        Assert.Equal((Operations, 1), ((await other.Inventory.GetIdentityAsync(default)).AccountId, _engine.Clouds.List().Count));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories),
            file => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains(Cloud.DelegatedCredentials.AccessKeySecret, StringComparison.Ordinal));
    }

    private NewCloudConnection New(SandboxCredentials key) => new()
    {
        Name = "acme", Endpoint = Cloud.Endpoint, Source = CredentialSource.Given, AccessKeyId = key.AccessKeyId, AccessKeySecret = Encoding.UTF8.GetBytes(key.AccessKeySecret),
    };

    private Task<CloudConnection> ConnectAsync(SandboxCredentials? key = null) => Engine.Clouds.ConnectAsync(TempStore.Admin, New(key ?? Cloud.ManagementCredentials), default);

    private async Task AddAsync(OpenCloud cloud, string[] accounts)
    {
        foreach (string account in accounts) await Engine.Accounts.AddAsync(TempStore.Admin, cloud.Connection, cloud.Inventory, account, default);
    }

    private Task<List<AccountImport>> ImportAsync(OpenCloud cloud, string[] accounts) => All(Engine.Import.ImportAsync(TempStore.Admin, cloud.Inventory, accounts, Everything, 3, default));
}
