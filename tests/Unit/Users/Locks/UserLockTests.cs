using Bastion.Assets;
using Bastion.Policies.Access;
using Bastion.Users;
using Bastion.Users.Groups;
using Bastion.Users.Locks;

namespace Bastion.Unit.Users.Locks;

public sealed class UserLockTests : IDisposable
{
    private static readonly UserReference Ana = new("ana");
    private readonly TempStore _store = new();

    public UserLockTests() => _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana" });

    public void Dispose() => _store.Dispose();

    private UserLockService Locks => _store.Engine.UserLocks;

    private UserService Users => _store.Engine.Users;

    private DateTimeOffset Now => _store.Clock.GetUtcNow();

    [Fact]
    public void A_lock_says_who_set_it_when_and_why_and_holds_until_it_is_taken_away()
    {
        User locked = Locks.Lock(TempStore.Admin, Ana, reason: " laptop lost ");
        Assert.Equal(UserState.Locked, locked.State);
        Assert.Equal(new UserLock(UserLockKind.Administrator, Now, null, "tester", "laptop lost"), locked.Lock);
        Assert.Equal(locked, Users.Resolve(Ana));
        _store.Clock.Advance(TimeSpan.FromDays(5000));
        Assert.Equal(UserState.Locked, Users.Resolve(Ana).State);
        User unlocked = Locks.Unlock(TempStore.Admin, Ana);
        Assert.Equal(UserState.Active, unlocked.State);
        Assert.Null(unlocked.Lock);
        Assert.Equal(unlocked, Users.Resolve(Ana));
        Assert.Equal("by tester: laptop lost", Assert.Single(_store.Events("user.locked")).Detail);
        Assert.Single(_store.Events("user.unlocked"));
    }

    [Fact]
    public void A_lock_with_an_end_ends_by_itself()
    {
        Locks.Lock(TempStore.Admin, Ana, Now.AddHours(1));
        _store.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(UserState.Locked, Users.Resolve(Ana).State);
        Assert.Equal("is locked until 2026-11-24 10:00 UTC", Users.WhyNotActive(Ana));
        _store.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(UserState.Active, Users.Resolve(Ana).State);
        Assert.Null(Users.Resolve(Ana).Lock);
        Assert.Null(Users.WhyNotActive(Ana));
    }

    [Fact]
    public void An_end_that_has_passed_locks_nobody()
    {
        Assert.Equal("LockEndsInPast", Assert.Throws<LockEndsInPastException>(() => Locks.Lock(TempStore.Admin, Ana, Now)).Id);
        Assert.Equal(UserState.Active, Users.Resolve(Ana).State);
    }

    [Fact]
    public void A_second_lock_replaces_the_first()
    {
        Locks.Lock(TempStore.Admin, Ana, Now.AddHours(1), "first");
        Locks.Lock(TempStore.Admin, Ana, reason: "second");
        Assert.Null(Users.Resolve(Ana).Lock!.Until);
        Assert.Equal("second", Users.Resolve(Ana).Lock!.Reason);
    }

    [Fact]
    public void Unlocking_who_is_not_locked_is_no_event()
    {
        Locks.Unlock(TempStore.Admin, Ana);
        Assert.Empty(_store.Events("user.unlocked"));
    }

    [Fact]
    public void A_lock_outlives_a_change_of_the_user()
    {
        Locks.Lock(TempStore.Admin, Ana);
        Assert.Equal(UserState.Locked, Users.Change(TempStore.Admin, Ana, new UserChange { Comment = "x" }).State);
        Assert.Equal(UserState.Locked, Users.Resolve(Ana).State);
    }

    [Fact]
    public void Users_are_listed_by_state()
    {
        Users.Add(TempStore.Admin, new NewUser { Name = "bob" });
        Users.Add(TempStore.Admin, new NewUser { Name = "cid", ValidFrom = Now.AddDays(1) });
        Locks.Lock(TempStore.Admin, Ana);
        Assert.Equal(["ana"], Users.List(new UserFilter { States = [UserState.Locked] }).Select(u => u.Name));
        Assert.Equal(["ana", "cid"], Users.List(new UserFilter { States = [UserState.Locked, UserState.NotYetValid] }).Select(u => u.Name));
        _store.Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "ops", Users = [Ana, new("bob")] });
        Assert.Equal([UserState.Locked, UserState.Active], _store.Engine.UserGroups.Members(new("ops")).Select(u => u.State));
    }

    [Fact]
    public void Who_is_locked_reaches_nothing_and_every_list_says_so()
    {
        _store.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "web-1", OwnerAccountId = "1", PrivateAddress = "10.0.0.1" });
        _store.Engine.AssetAccounts.Add(TempStore.Admin, new("web-1"), new NewAssetAccount { Name = "root" });
        _store.Engine.Grants.Add(TempStore.Admin, Ana, new("web-1"), ["root"], null, null);
        Assert.Single(_store.Engine.Grants.AuthorizedAssets(Ana, []));
        Assert.True(Assert.Single(_store.Engine.Access.Explain(new AccessQuery { User = Ana })).Allowed);
        Locks.Lock(TempStore.Admin, Ana, Now.AddHours(1));
        Assert.Empty(_store.Engine.Grants.AuthorizedAssets(Ana, []));
        AccessExplanation explained = Assert.Single(_store.Engine.Access.Explain(new AccessQuery { User = Ana }));
        Assert.False(explained.Allowed);
        Assert.Contains("'ana' is locked until", explained.Reason, StringComparison.Ordinal);
        Assert.True(Assert.Single(_store.Engine.Access.Explain(new AccessQuery { User = Ana, At = Now.AddHours(1) })).Allowed);
    }

    [Fact]
    public void Who_is_no_administrator_locks_and_unlocks_nobody()
    {
        Assert.Throws<NotAuthorizedException>(() => Locks.Lock(TempStore.Stranger, Ana));
        Locks.Lock(TempStore.Admin, Ana);
        Assert.Throws<NotAuthorizedException>(() => Locks.Unlock(TempStore.Stranger, Ana));
        Assert.Equal(UserState.Locked, Users.Resolve(Ana).State);
    }
}
