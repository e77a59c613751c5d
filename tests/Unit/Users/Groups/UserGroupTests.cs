using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Unit.Users.Groups;

public sealed class UserGroupTests : IDisposable
{
    private readonly TempStore _store = new();

    public UserGroupTests()
    {
        foreach (string user in new[] { "ana", "bob", "cid" }) _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = user });
    }

    public void Dispose() => _store.Dispose();

    private UserGroupService Groups => _store.Engine.UserGroups;

    private UserGroup Add(string name, params string[] users) => Groups.Add(TempStore.Admin, new NewUserGroup { Name = name, Users = [.. users.Select(u => new UserReference(u))] });

    private string[] Members(string group) => [.. Groups.Members(new UserGroupReference(group)).Select(u => u.Name)];

    [Fact]
    public void A_group_has_the_members_that_were_put_in()
    {
        UserGroup made = Add("ops", "bob", "ana", "bob");
        Assert.Equal(("ops", 2L), (made.Name, made.Users));
        Assert.Equal(["ana", "bob"], Members("OPS"));
        Assert.Equal("+bob, +ana", Assert.Single(_store.Events("usergroup.added")).Detail);
        Add("admins", "ana");
        Assert.Equal(["admins", "ops"], Groups.Of(new UserReference("ana")).Select(g => g.Name));
        Assert.Equal(["admins"], Groups.List([new NamePattern("a*")]).Select(g => g.Name));
    }

    [Fact]
    public void Members_are_put_in_and_taken_out()
    {
        Add("ops", "ana");
        _store.Clock.Advance(TimeSpan.FromMinutes(1));
        UserGroup changed = Groups.Change(TempStore.Admin, new UserGroupReference("ops"), new UserGroupChange { Name = "on call", Add = [new("bob"), new("ana")], Remove = [new("ana")] });
        Assert.Equal(("on call", 1L, _store.Clock.GetUtcNow()), (changed.Name, changed.Users, changed.ChangedAt));
        Assert.Equal(["bob"], Members("on call"));
        Assert.Equal("was called ops; +bob, -ana", Assert.Single(_store.Events("usergroup.changed")).Detail);
    }

    [Fact]
    public void Who_is_in_already_is_no_change()
    {
        Add("ops", "ana");
        Groups.Change(TempStore.Admin, new UserGroupReference("ops"), new UserGroupChange { Add = [new("ana")] });
        Assert.Empty(_store.Events("usergroup.changed"));
    }

    [Fact]
    public void Who_is_not_in_or_not_there_can_not_be_taken_out_and_nothing_changes()
    {
        Add("ops", "ana");
        Assert.Equal("UserNotInGroup", Assert.Throws<UserNotInGroupException>(() =>
            Groups.Change(TempStore.Admin, new UserGroupReference("ops"), new UserGroupChange { Add = [new("cid")], Remove = [new("bob")] })).Id);
        Assert.Throws<UserNotFoundException>(() => Groups.Change(TempStore.Admin, new UserGroupReference("ops"), new UserGroupChange { Add = [new("nobody")] }));
        Assert.Equal(["ana"], Members("ops"));
    }

    [Fact]
    public void Names_are_unique_and_one_that_is_not_there_offers_the_nearest()
    {
        Add("operators");
        Assert.Throws<NameTakenException>(() => Add("Operators"));
        var e = Assert.Throws<UserGroupNotFoundException>(() => Groups.Resolve(new UserGroupReference("opertors")));
        Assert.Equal("UserGroupNotFound", e.Id);
        Assert.Contains("'operators'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_user_leaves_every_group()
    {
        Add("ops", "ana", "bob");
        _store.Engine.Users.Remove(TempStore.Admin, new UserReference("ana"));
        Assert.Equal(["bob"], Members("ops"));
    }

    [Fact]
    public void Who_is_no_administrator_changes_nothing()
    {
        Add("ops");
        Assert.Throws<NotAuthorizedException>(() => Groups.Add(TempStore.Stranger, new NewUserGroup { Name = "x" }));
        Assert.Throws<NotAuthorizedException>(() => Groups.Change(TempStore.Stranger, new UserGroupReference("ops"), new UserGroupChange { Add = [new("ana")] }));
        Assert.Empty(Members("ops"));
    }
}
