using System.Reflection;
using Bastion.Audit.Sessions;
using Bastion.Policies;
using Bastion.Sessions;

namespace Bastion.Unit.Sessions;

/// <summary>Every way in, through every front door, against every gate: peers' worst holes were a gate that one channel forgot.</summary>
public sealed class WayInTests : IAsyncLifetime
{
    private SshServer _server = null!;

    public async Task InitializeAsync() => _server = await SshServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<string, FrontDoor> Ways()
    {
        var ways = new TheoryData<string, FrontDoor>();
        foreach (WayIn way in WaysIn.All)
        {
            foreach (FrontDoor door in Enum.GetValues<FrontDoor>()) ways.Add(way.Operation, door);
        }

        return ways;
    }

    [Fact]
    public void Every_channel_has_a_way_in_or_is_not_built()
    {
        ProtocolChannel[] standing = [.. ProtocolChannels.All.Where(channel => ProtocolChannels.Carrier(channel) is null)];
        ProtocolChannel[] told = [.. WaysIn.All.Select(w => w.Channel), .. WaysIn.NotBuilt];
        Assert.True(standing.Order().SequenceEqual(told.Order()), $"Give {string.Join(", ", standing.Except(told))} a row in tests/Unit/Sessions/WaysIn.cs, so that it is tried against every gate.");
    }

    [Fact]
    public void Every_way_that_the_engine_offers_is_in_the_table() => Assert.Equal(
        typeof(SessionService).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(m => m.Name).Order(StringComparer.Ordinal),
        WaysIn.All.Select(w => w.Operation).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_closed_gate_stops_whoever_comes(string operation, FrontDoor door)
    {
        WayIn way = WaysIn.All.Single(w => w.Operation == operation);
        foreach (Gate gate in WaysIn.Gates)
        {
            using var store = new SessionStore(_server);
            Caller caller = Ana(store, door);
            gate.Close(store);
            BastionException error = await Assert.ThrowsAnyAsync<BastionException>(() => way.OpenAsync(store.Engine.For(caller).Sessions, caller).WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.True(error.Id == gate.ErrorId, $"{operation} at the {gate.Name}: {error.Id}: {error.Message}");
            Assert.Contains(store.Newest.State, new[] { SessionState.Denied, SessionState.Failed });
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_has_not_signed_in_and_who_is_another_is_stopped(string operation, FrontDoor door)
    {
        WayIn way = WaysIn.All.Single(w => w.Operation == operation);
        using var store = new SessionStore(_server);
        await Assert.ThrowsAsync<NotAuthorizedException>(() => way.OpenAsync(store.Engine.Sessions, Ana(store, door) with { UserId = null }));
        store.Engine.Users.Add(TempStore.Admin, new Bastion.Users.NewUser { Name = "bob" });
        Caller bob = Ana(store, door) with { UserId = store.Engine.Users.Resolve(new Bastion.Users.UserReference("bob")).Id };
        Assert.Equal("NotGranted", (await Assert.ThrowsAsync<SessionDeniedException>(() => way.OpenAsync(store.Engine.Sessions, bob))).Id);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_gate_that_closes_ends_the_session(string operation, FrontDoor door)
    {
        WayIn way = WaysIn.All.Single(w => w.Operation == operation);
        foreach (Gate gate in WaysIn.Gates.Where(g => WaysIn.Ending.Contains(g.Name)))
        {
            using var store = new SessionStore(_server);
            Caller caller = Ana(store, door);
            Task session = Task.Run(() => way.OpenAsync(store.Engine.For(caller).Sessions, caller));
            Assert.True(SpinWait.SpinUntil(() => session.IsCompleted || store.Engine.SessionAudits.List(new SessionAuditFilter()).Any(s => s.State == SessionState.Running), TimeSpan.FromSeconds(60)));
            gate.Close(store);
            SessionDeniedException error = await Assert.ThrowsAsync<SessionDeniedException>(() => session.WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.True(error.Id == "SessionClosed", $"{operation} at the {gate.Name}: {error.Message}");
            Assert.Equal((SessionState.Ended, caller.UserId), (store.Newest.State, store.Newest.UserId));
        }
    }

    private static Caller Ana(SessionStore store, FrontDoor door) =>
        new("ana", TempStore.Admin.SourceAddress, door, IsAdministrator: false) { UserId = store.Engine.Users.Resolve(WaysIn.Ana).Id };
}
