using System.Net;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Access;
using Bastion.Policies.Rules;
using Bastion.Unit.Grants;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Unit.Policies;

public sealed class AccessTests : IDisposable
{
    private readonly GrantWorld _world = new();

    public AccessTests()
    {
        _world.Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "ops", Users = [new("ana")] });
        _world.Engine.AssetGroups.Add(TempStore.Admin, new NewAssetGroup { Name = "web", Rule = new AssetGroupRule { Names = ["web-*"] } });
    }

    public void Dispose() => _world.Dispose();

    private AccessExplanation[] Explain(AccessQuery query) => [.. _world.Engine.Access.Explain(query)];

    private string[] Show(AccessQuery query) => [.. Explain(query).Select(e => $"{e.OwnerAccountId[0]} {e} through {string.Join(", ", e.Through.Select(p => $"{p.UserGroup ?? "user"}/{p.AssetGroup ?? "asset"}"))}")];

    private void Grant(Grantee to, GrantTarget on, params string[] accounts) => _world.Engine.Grants.Add(TempStore.Admin, to, on, accounts, null, null);

    private void AddPolicy(NewControlPolicy policy) => _world.Engine.Policies.Add(TempStore.Admin, policy);

    [Fact]
    public void For_a_user_every_account_that_is_reached_is_told_with_all_ways_to_it()
    {
        _world.Grant("ana", "web-1", "root");
        Grant(new Grantee(new UserGroupReference("ops")), new GrantTarget(new AssetGroupReference("web")), "root");
        Grant(new Grantee(new UserGroupReference("ops")), new GrantTarget(new AssetReference("db-1")), "*");
        _world.Grant("bob", "web-2", "root");
        Assert.Equal(
        [
            "1 ana → root@web-1: allowed through user/asset, ops/web",
            "1 ana → root@web-2: allowed through ops/web",
            "2 ana → deploy@db-1: allowed through ops/asset",
            "2 ana → root@db-1: allowed through ops/asset",
        ], Show(new AccessQuery { User = new("ana") }));
        Assert.Equal(2, Explain(new AccessQuery { User = new("ana"), OwnerAccountIds = [GrantWorld.Dev] }).Length);
        Assert.Equal(4, Explain(new AccessQuery { User = new("ana"), OwnerAccountIds = [GrantWorld.Dev, GrantWorld.Prod, GrantWorld.Dev] }).Length);
        Assert.Equal(["deploy"], Explain(new AccessQuery { User = new("ana"), Account = "deploy" }).Select(e => e.Account));
    }

    [Fact]
    public void For_an_asset_every_user_who_reaches_it_is_told()
    {
        Grant(new Grantee(new UserGroupReference("ops")), new GrantTarget(new AssetGroupReference("web")), "root");
        _world.Grant("bob", "web-2", "deploy");
        _world.Grant("bob", "web-1", "deploy");
        Assert.Equal(["1 ana → root@web-2: allowed through ops/web", "1 bob → deploy@web-2: allowed through user/asset"], Show(new AccessQuery { Asset = new("web-2") }));
        Assert.Equal(4, Explain(new AccessQuery()).Length);
    }

    [Fact]
    public void What_policies_deny_is_told_with_the_policy_and_its_sections()
    {
        _world.Grant("ana", "web-1", "root", "deploy");
        AddPolicy(new NewControlPolicy { Name = "no root", Assets = [new("web-1")], Accounts = ["root"], Rules = [ProtocolControl.Of([ProtocolChannel.SshExec])] });
        AccessExplanation root = Explain(new AccessQuery { User = new("ana") })[1];
        Assert.Equal(("root", false), (root.Account, root.Allowed));
        Assert.Matches("^Reached by grant [0-9]+ to the user on the asset\\. Policy 'no root' \\(priority 1\\) denies it: SshShell is closed", root.Reason);
        Assert.Equal("no root", Assert.Single(root.Decision!.Sections, s => s.Outcome == SectionOutcome.Denied).Policy);
        Assert.Equal(["deploy: True", "root: True"], Explain(new AccessQuery { User = new("ana"), Channels = [ProtocolChannel.SshExec] }).Select(e => $"{e.Account}: {e.Allowed}"));
    }

    [Fact]
    public void The_answer_is_that_of_the_gates_themselves()
    {
        _world.Grant("ana", "web-1", "root");
        AddPolicy(new NewControlPolicy { Name = "office", Rules = [TimeWindows.Parse(["Tue 08:00-10:00 UTC"]), SourceAddresses.Parse(["10.0.0.0/8"], null)] });
        foreach (string source in new[] { "10.1.1.1", "192.0.2.1" })
        {
            foreach (double hours in new[] { 0, 3.0 })
            {
                DateTimeOffset at = _world.Now.AddHours(hours);
                AccessExplanation told = Assert.Single(Explain(new AccessQuery { User = new("ana"), SourceAddress = IPAddress.Parse(source), At = at }));
                PolicyDecision asked = _world.Engine.Policies.Test(new("ana"), new("web-1"), "root", ProtocolChannel.SshShell, IPAddress.Parse(source), at);
                Assert.Equal((asked.Allowed, asked.Summary), (told.Allowed, told.Decision!.Summary));
                Assert.Equal(source == "10.1.1.1" && hours == 0, told.Allowed);
            }
        }
    }

    [Fact]
    public void Grants_and_users_count_at_the_time_that_is_asked_about()
    {
        _world.Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), ["root"], null, _world.Now.AddHours(1));
        _world.Engine.Users.Change(TempStore.Admin, new("ana"), new UserChange { ValidFrom = _world.Now.AddMinutes(30) });
        Assert.Contains("not yet valid", Assert.Single(Explain(new AccessQuery { User = new("ana") })).Reason, StringComparison.Ordinal);
        Assert.True(Assert.Single(Explain(new AccessQuery { User = new("ana"), At = _world.Now.AddMinutes(45) })).Allowed);
        Assert.Empty(Explain(new AccessQuery { User = new("ana"), At = _world.Now.AddHours(1) }));
    }

    [Fact]
    public void Who_names_user_and_asset_is_told_why_not()
    {
        _world.Grant("ana", "web-1", "root");
        Assert.Equal(["root: True", "deploy: False"], Explain(new AccessQuery { User = new("ana"), Asset = new("web-1") }).Select(e => $"{e.Account}: {e.Allowed}"));
        AccessExplanation denied = Assert.Single(Explain(new AccessQuery { User = new("bob"), Asset = new("web-1"), Account = "root" }));
        Assert.Equal((false, "Not granted: nothing on this asset is granted."), (denied.Allowed, denied.Reason));
        Assert.Null(denied.Decision);
        Assert.Empty(denied.Through);
        Assert.Throws<AssetAccountNotFoundException>(() => Explain(new AccessQuery { User = new("ana"), Asset = new("web-1"), Account = "rot" }));
        Assert.Throws<UserNotFoundException>(() => Explain(new AccessQuery { User = new("anna") }));
    }

    [Fact]
    public void An_asset_that_is_granted_without_an_account_is_told_as_such()
    {
        _world.Grant("ana", "web-1");
        AccessExplanation told = Assert.Single(Explain(new AccessQuery { User = new("ana") }));
        Assert.Equal((null, null, false), (told.Account, told.Channel, told.Allowed));
        Assert.EndsWith("No account is granted yet.", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_channels_that_an_accounts_protocol_has_are_told()
    {
        _world.Grant("ana", "web-1", "root");
        Assert.Equal([ProtocolChannel.SftpUpload, ProtocolChannel.Tunnel], Explain(new AccessQuery { User = new("ana"), Channels = [ProtocolChannel.SftpUpload, ProtocolChannel.Rdp, ProtocolChannel.SqlSelect, ProtocolChannel.Tunnel] }).Select(e => e.Channel!.Value));
    }
}
