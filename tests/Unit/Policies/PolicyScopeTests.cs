using Bastion.Assets;
using Bastion.Policies;
using Bastion.Unit.Grants;
using Bastion.Users;

namespace Bastion.Unit.Policies;

public sealed class PolicyScopeTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public void Dispose() => _world.Dispose();

    private PolicyScope Make(IReadOnlyList<UserReference>? users = null, IReadOnlyList<AssetReference>? assets = null, IReadOnlyList<string>? accounts = null) =>
        _world.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "p", Users = users, Assets = assets, Accounts = accounts }).Scope;

    private PolicyScope Change(ScopeChange<UserReference>? users = null, ScopeChange<AssetReference>? assets = null, IReadOnlyList<string>? accounts = null) =>
        _world.Engine.Policies.Change(TempStore.Admin, new PolicyReference("p"), new ControlPolicyChange { Users = users ?? new(), Assets = assets ?? new(), Accounts = accounts }).Scope;

    [Fact]
    public void A_scope_that_was_given_but_is_empty_is_refused_and_never_becomes_all()
    {
        Assert.Equal("EmptyScope", Assert.Throws<EmptyScopeException>(() => Make(users: [])).Id);
        Assert.Throws<EmptyScopeException>(() => Make(assets: []));
        Assert.Throws<EmptyScopeException>(() => Make(accounts: []));
        Make();
        Assert.Throws<EmptyScopeException>(() => Change(users: new() { Set = [] }));
        Assert.Throws<EmptyScopeException>(() => Change(assets: new() { Set = [] }));
    }

    [Fact]
    public void Whoever_or_whatever_is_not_there_can_not_be_covered()
    {
        Assert.Throws<UserNotFoundException>(() => Make(users: [new("annna")]));
        Assert.Throws<AssetNotFoundException>(() => Make(assets: [new("web-9")]));
        var e = Assert.Throws<ScopeAccountNotFoundException>(() => Make(assets: [new("web-1")], accounts: ["rooot"]));
        Assert.Equal("ScopeAccountNotFound", e.Id);
        Assert.Contains("'root'", e.Message, StringComparison.Ordinal);
        Assert.Throws<ScopeAccountNotFoundException>(() => Make(accounts: ["Root"]));
        Assert.Empty(_world.Engine.Policies.List(new PolicyFilter()));
    }

    [Fact]
    public void An_account_needs_to_be_on_one_of_the_assets_only()
    {
        _world.AddAccount("web-1", "oracle");
        Assert.Equal(["web-1 (oracle)", "web-2 (oracle)"], Make(assets: [new("web-1"), new("web-2")], accounts: ["oracle"]).Assets.Select(a => a.ToString()));
    }

    [Fact]
    public void Accounts_of_all_assets_are_covered_by_name()
    {
        Assert.Equal("(all) (root)", Make(accounts: ["root"]).ShowAssets());
        Assert.Equal("(all)", Change(accounts: ["*"]).ShowAssets());
    }

    [Fact]
    public void Members_are_added_and_taken_out()
    {
        Make(users: [new("ana")], assets: [new("web-1")], accounts: ["root"]);
        Assert.Equal(["ana", "bob"], Change(users: new() { Add = [new("bob"), new("ana")] }).Users.Select(u => u.Name));
        Assert.Equal(["bob"], Change(users: new() { Remove = [new("ana")] }).Users.Select(u => u.Name));
        Assert.Equal("web-1 (root), web-2", Change(assets: new() { Add = [new("web-2")] }).ShowAssets());
        Assert.Equal("web-1 (root, deploy), web-2", Change(assets: new() { Add = [new("web-1"), new("web-2")] }, accounts: ["deploy"]).ShowAssets());
        Assert.Equal("web-1, web-2", Change(assets: new() { Add = [new("web-1")] }).ShowAssets());
        Assert.Equal("web-2", Change(assets: new() { Remove = [new("web-1")] }).ShowAssets());
        Assert.Equal(["users +bob", "users -ana", "assets +web-2", "assets +web-1 (root, deploy), -web-1 (root)", "assets +web-1, -web-1 (root, deploy)", "assets -web-1"],
            _world.Store.Events("policy.changed").Select(e => e.Detail).Reverse());
    }

    [Fact]
    public void A_scope_is_set_anew_or_to_all()
    {
        Make(users: [new("ana")], assets: [new("web-1")]);
        Assert.Equal("bob", Change(users: new() { Set = [new("bob")] }).ShowUsers());
        Assert.Equal("web-2 (root)", Change(assets: new() { Set = [new("web-2")] }, accounts: ["root"]).ShowAssets());
        Assert.Equal("web-2 (deploy)", Change(accounts: ["deploy"]).ShowAssets());
        PolicyScope all = Change(users: new() { All = true }, assets: new() { All = true });
        Assert.Equal(("(all)", "(all)"), (all.ShowUsers(), all.ShowAssets()));
        Assert.Equal("db-1", Change(assets: new() { Set = [new("db-1")] }).ShowAssets());
    }

    [Fact]
    public void Single_members_of_all_can_not_be_added_or_taken_out()
    {
        Make();
        Assert.Equal("ScopeCoversAll", Assert.Throws<ScopeCoversAllException>(() => Change(users: new() { Remove = [new("ana")] })).Id);
        Assert.Throws<ScopeCoversAllException>(() => Change(assets: new() { Add = [new("web-1")] }));
    }

    [Fact]
    public void Who_is_not_in_the_scope_can_not_be_taken_out()
    {
        Make(users: [new("ana")], assets: [new("web-1")]);
        Assert.Equal("NotInScope", Assert.Throws<NotInScopeException>(() => Change(users: new() { Remove = [new("bob")] })).Id);
        Assert.Throws<NotInScopeException>(() => Change(assets: new() { Remove = [new("web-2")] }));
    }

    [Fact]
    public void A_scope_whose_last_member_is_gone_covers_nobody_and_not_all()
    {
        Make(users: [new("ana")], assets: [new("web-1")]);
        _world.Engine.Users.Remove(TempStore.Admin, new UserReference("ana"));
        _world.Engine.Assets.Remove(TempStore.Admin, new AssetReference("web-1"));
        PolicyScope scope = _world.Engine.Policies.Resolve(new PolicyReference("p")).Scope;
        Assert.Equal(("(none)", "(none)"), (scope.ShowUsers(), scope.ShowAssets()));
    }

    [Fact]
    public void Long_scopes_are_shown_short_and_kept_whole()
    {
        foreach (string name in new[] { "cid", "dan" }) _world.Engine.Users.Add(TempStore.Admin, new NewUser { Name = name });
        PolicyScope scope = Make(users: [new("ana"), new("bob"), new("cid"), new("dan")]);
        Assert.Equal("ana, bob, cid … (4)", scope.ShowUsers());
        Assert.Equal(4, scope.Users.Count);
    }
}
