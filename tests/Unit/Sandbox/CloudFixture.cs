using Bastion.Sandbox;
using Microsoft.Extensions.Time.Testing;

namespace Bastion.Unit.Sandbox;

/// <summary>A rehearsal of the Acme world for one test, on a clock that the test turns.</summary>
public abstract class CloudFixture : IAsyncLifetime
{
    internal const string Management = "1000000000000001";
    internal const string Operations = "1000000000000002";
    internal const string Shop = "1000000000000003";
    internal const string Lab = "1000000000000006";
    internal const string Joining = "1000000000000007";

    internal RehearsalCloud Cloud { get; private set; } = null!;
    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    public async Task InitializeAsync() =>
        Cloud = await RehearsalCloud.StartAsync(MakeWorld(), new RehearsalOptions { TimeProvider = Clock });

    public async Task DisposeAsync() => await Cloud.DisposeAsync();

    /// <summary>The world to serve; Acme unless a test class says otherwise.</summary>
    private protected virtual World MakeWorld() => World.Acme();

    internal SignedClient As(SandboxCredentials key) => new(Cloud.Endpoint, key) { Clock = Clock };

    internal SignedClient Manager() => As(Cloud.ManagementCredentials);

    internal async Task<SignedClient> InAsync(string accountId, int seconds = 3600)
    {
        using SignedClient manager = Manager();
        Answer answer = await manager.CallAsync("sts.AssumeRole", Role(accountId), ("RoleSessionName", "bastion"), ("DurationSeconds", $"{seconds}"));
        Assert.Equal(200, answer.Status);
        var key = answer.Body["Credentials"]!;
        return new SignedClient(Cloud.Endpoint, (string)key["AccessKeyId"]!, (string)key["AccessKeySecret"]!, (string)key["SecurityToken"]!) { Clock = Clock };
    }

    internal static (string, string) Role(string accountId, string name = "ResourceDirectoryAccountAccessRole") =>
        ("RoleArn", $"acs:ram::{accountId}:role/{name}");
}
