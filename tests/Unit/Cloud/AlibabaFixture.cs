using System.Text;
using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Credentials;
using Bastion.Cloud.Connections;
using Bastion.Sandbox;

namespace Bastion.Unit.Cloud;

/// <summary>The client against a rehearsal cloud, both on a clock on which nobody waits.</summary>
public abstract class AlibabaFixture : IAsyncLifetime
{
    private readonly List<IDisposable> _opened = [];

    internal static CloudAssetQuery Everything { get; } = new([CloudAssetKind.Host, CloudAssetKind.Database], []);

    internal ImpatientClock Clock { get; } = new();

    internal RehearsalCloud Cloud { get; private set; } = null!;

    private protected virtual World MakeWorld() => World.Acme();

    public async Task InitializeAsync() => Cloud = await RehearsalCloud.StartAsync(MakeWorld(), new RehearsalOptions { TimeProvider = Clock });

    public async Task DisposeAsync()
    {
        foreach (IDisposable opened in _opened) opened.Dispose();
        await Cloud.DisposeAsync();
    }

    internal AlibabaInventory Open(SandboxCredentials? key = null, Func<AlibabaOptions, AlibabaOptions>? with = null)
    {
        SandboxCredentials used = key ?? Cloud.ManagementCredentials;
        return Keep(OpenAt(Cloud.Endpoint, used.AccessKeyId, used.AccessKeySecret, null, o => (with ?? (p => p))(o with { Clock = Clock })));
    }

    internal T Keep<T>(T opened) where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    internal static AlibabaInventory OpenAt(Uri endpoint, string id, string secret, string? token = null, Func<AlibabaOptions, AlibabaOptions>? with = null)
    {
        var options = new AlibabaOptions { Endpoint = endpoint, RoleName = NewCloudConnection.DefaultRoleName, Clock = new ImpatientClock() };
        var secrets = new CloudSecrets(Encoding.UTF8.GetBytes(secret), token is null ? null : Encoding.UTF8.GetBytes(token));
        return AlibabaProvider.Open(Connection(CredentialSource.Given, id), secrets, with is null ? options : with(options));
    }

    internal static CloudConnection Connection(CredentialSource source, string? keyId = null, string? profile = null) => new()
    {
        Name = "test", Provider = "Alibaba", RoleName = NewCloudConnection.DefaultRoleName, CredentialSource = source, AccessKeyId = keyId, Profile = profile,
        AccountId = "", DirectoryId = "", ManagementAccountId = "",
    };

    internal static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (T item in items) all.Add(item);
        return all;
    }

    internal static Task<CloudException> Fails(Func<Task> call) => Assert.ThrowsAsync<CloudException>(call);

    internal static Task<List<CloudAsset>> Assets(ICloudInventory cloud, string account, CloudAssetQuery? query = null) => All(cloud.ListAssetsAsync(account, query ?? Everything, default));
}
