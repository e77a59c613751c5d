using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Assets.Import;
using Bastion.Cloud;

namespace Bastion.Unit.Assets.Groups;

public sealed class AssetGroupTests : IDisposable
{
    private const string Dev = "1111111111111111";
    private const string Prod = "2222222222222222";
    private readonly TempStore _store = new();

    public AssetGroupTests()
    {
        Asset("web-1", Dev, region: "cn-hangzhou");
        Asset("web-2", Prod, region: "eu-central-1");
        Asset("win-1", Prod, os: "Windows");
        Asset("db-1", Prod, engine: "MySQL");
    }

    public void Dispose() => _store.Dispose();

    private AssetGroupService Groups => _store.Engine.AssetGroups;

    private void Asset(string name, string owner, string? region = null, string? os = "Linux", string? engine = null) => _store.Engine.Assets.Add(TempStore.Admin, new NewAsset
    {
        Name = name,
        OwnerAccountId = owner,
        PrivateAddress = "10.0.0.1",
        Region = region,
        Kind = engine is null ? AssetKind.Host : AssetKind.Database,
        OperatingSystem = engine is null ? os : null,
        Engine = engine,
    });

    private AssetGroup Add(string name, AssetGroupRule? rule, params string[] assets) =>
        Groups.Add(TempStore.Admin, new NewAssetGroup { Name = name, Rule = rule, Assets = [.. assets.Select(a => new AssetReference(a))] });

    private AssetGroup Change(string name, AssetGroupChange update) => Groups.Change(TempStore.Admin, new AssetGroupReference(name), update);

    private string[] Members(string group) => [.. Groups.Members(new AssetGroupReference(group)).Select(a => a.Name)];

    [Fact]
    public void A_group_without_a_rule_has_the_members_that_were_put_in()
    {
        Assert.Equal(2, Add("web", null, "web-2", "web-1").Assets);
        Change("web", new AssetGroupChange { Add = [new("db-1"), new("web-1")], Remove = [new("web-2")] });
        Assert.Equal(["db-1", "web-1"], Members("Web"));
        Assert.Equal("+db-1; -web-2", Assert.Single(_store.Events("assetgroup.changed")).Detail);
        Assert.Equal(["web"], Groups.Of(new AssetReference("db-1")).Select(g => g.Name));
        Assert.Equal("AssetNotInGroup", Assert.Throws<AssetNotInGroupException>(() => Change("web", new AssetGroupChange { Remove = [new("web-2")] })).Id);
        _store.Engine.Assets.Remove(TempStore.Admin, new AssetReference("web-1"));
        Assert.Equal(["db-1"], Members("web"));
    }

    public static TheoryData<string, AssetGroupRule, string[]> RulesAndMembers() => new()
    {
        { "owner", new() { OwnerAccountIds = [Prod] }, ["db-1", "web-2", "win-1"] },
        { "owners", new() { OwnerAccountIds = [Prod, Dev] }, ["db-1", "web-1", "web-2", "win-1"] },
        { "name", new() { Names = ["WEB-*", "db-?"] }, ["db-1", "web-1", "web-2"] },
        { "region", new() { Regions = ["cn-*"] }, ["web-1"] },
        { "system", new() { OperatingSystems = ["windows"] }, ["win-1"] },
        { "engine", new() { Engines = ["mysql"] }, ["db-1"] },
        { "every condition", new() { OwnerAccountIds = [Prod], Names = ["web-*"] }, ["web-2"] },
        { "none", new() { OwnerAccountIds = [Dev], Engines = ["*"] }, [] },
        { "a part of an owner id is no owner", new() { OwnerAccountIds = ["2222"] }, [] },
    };

    [Theory]
    [MemberData(nameof(RulesAndMembers))]
    public void A_group_by_rule_has_the_assets_that_the_rule_means(string name, AssetGroupRule rule, string[] members)
    {
        Add(name, rule);
        Assert.Equal(members, Members(name));
        Assert.Equal(rule.ToString(), Groups.Resolve(new AssetGroupReference(name)).Rule!.ToString());
    }

    [Fact]
    public void Assets_that_come_later_or_change_go_where_the_rules_mean()
    {
        Add("web", new AssetGroupRule { Names = ["web-*"] });
        Asset("web-3", Dev);
        Assert.Equal(["web-1", "web-2", "web-3"], Members("web"));
        _store.Engine.Assets.Change(TempStore.Admin, new AssetReference("web-3"), new AssetChange { Name = "old-3" });
        Assert.Equal(["web-1", "web-2"], Members("web"));
    }

    [Fact]
    public async Task Imported_assets_go_where_the_rules_mean_and_follow_their_tags()
    {
        Add("prod", new AssetGroupRule { Tags = new Dictionary<string, string> { ["env"] = "prod*", ["tier"] = "*" } });
        using var cloud = new FakeInventory();
        cloud.Assets[Dev] = [Instance("i-1", ("env", "production"), ("tier", "1")), Instance("i-2", ("env", "test"), ("tier", "1")), Instance("i-3", ("env", "prod"))];
        await Import(cloud);
        Assert.Equal(["i-1"], Members("prod"));
        cloud.Assets[Dev] = [Instance("i-1", ("env", "test"), ("tier", "1")), Instance("i-2", ("env", "prod"), ("tier", "1")), Instance("i-3", ("env", "prod"))];
        await Import(cloud);
        Assert.Equal(["i-2"], Members("prod"));
    }

    [Fact]
    public void A_rule_can_be_set_changed_and_cleared()
    {
        Add("g", null, "web-1");
        Assert.Equal(1, Change("g", new AssetGroupChange { Rule = new AssetGroupRule { Engines = ["MySQL"] } }).Assets);
        Assert.Equal(["db-1"], Members("g"));
        Change("g", new AssetGroupChange { Rule = new AssetGroupRule { OwnerAccountIds = [Dev] } });
        Assert.Equal(["web-1"], Members("g"));
        Assert.Null(Change("g", new AssetGroupChange { Rule = new ChangeOf<AssetGroupRule>(true, null), Add = [new("db-1")] }).Rule);
        Assert.Equal(["db-1", "web-1"], Members("g"));
        Assert.Equal(["rule (none) → engine MySQL", "rule engine MySQL → owner 1111111111111111", "rule owner 1111111111111111 → (none); +db-1"],
            _store.Events("assetgroup.changed").Select(e => e.Detail).Reverse());
    }

    [Fact]
    public void Members_by_rule_are_not_put_in_or_taken_out_by_hand()
    {
        Add("web", new AssetGroupRule { Names = ["web-*"] });
        Assert.Equal("GroupHasRule", Assert.Throws<GroupHasRuleException>(() => Change("web", new AssetGroupChange { Add = [new("db-1")] })).Id);
        Assert.Throws<GroupHasRuleException>(() => Add("x", new AssetGroupRule { Names = ["web-*"] }, "db-1"));
    }

    [Fact]
    public void A_rule_that_means_everything_or_can_not_be_read_is_refused()
    {
        Assert.Equal("EmptyGroupRule", Assert.Throws<EmptyGroupRuleException>(() => Add("x", new AssetGroupRule())).Id);
        Assert.Throws<InvalidPatternException>(() => Add("x", new AssetGroupRule { Names = ["web-["] }));
        Assert.Empty(Groups.List([]));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"Names":null}""")]
    [InlineData("""{"Names":[null]}""")]
    [InlineData("""{"Tags":{"env":null}}""")]
    [InlineData("""{"Names":["web-*"],"NotNames":["web-2"]}""")]
    public void A_stored_rule_in_doubt_stops_whoever_would_change_assets_until_it_is_replaced(string stored)
    {
        Add("web", new AssetGroupRule { Names = ["web-*"] });
        _store.Engine.Context.Database.Write(connection => connection.Execute("UPDATE asset_groups SET rule = $rule", ("$rule", stored)));
        Assert.NotNull(Groups.List([]).Single().Fault);
        Assert.Equal("GroupRuleUnreadable", Assert.Throws<GroupRuleUnreadableException>(() => Asset("web-3", Dev)).Id);
        Assert.Throws<GroupRuleUnreadableException>(() => Change("web", new AssetGroupChange { Comment = "x" }));
        Assert.Throws<GroupRuleUnreadableException>(() => Change("web", new AssetGroupChange { Add = [new("db-1")] }));
        Assert.Equal(2, Members("web").Length);
        Change("web", new AssetGroupChange { Rule = new AssetGroupRule { Names = ["web-*"] } });
        Asset("web-3", Dev);
        Assert.Equal(3, Members("web").Length);
    }

    [Fact]
    public void Names_are_unique_and_one_that_is_not_there_offers_the_nearest()
    {
        Add("production", null);
        Assert.Throws<NameTakenException>(() => Add("Production", null));
        var e = Assert.Throws<AssetGroupNotFoundException>(() => Groups.Resolve(new AssetGroupReference("prodution")));
        Assert.Equal("AssetGroupNotFound", e.Id);
        Assert.Contains("'production'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_no_administrator_changes_nothing()
    {
        Add("web", null);
        Assert.Throws<NotAuthorizedException>(() => Groups.Add(TempStore.Stranger, new NewAssetGroup { Name = "x" }));
        Assert.Throws<NotAuthorizedException>(() => Groups.Change(TempStore.Stranger, new AssetGroupReference("web"), new AssetGroupChange { Add = [new("db-1")] }));
        Assert.Empty(Members("web"));
    }

    private async Task Import(FakeInventory cloud)
    {
        await foreach (AccountImport outcome in _store.Engine.Import.ImportAsync(TempStore.Admin, cloud, [Dev], new CloudAssetQuery([CloudAssetKind.Host], []), 1, CancellationToken.None))
            Assert.Null(outcome.Error);
    }

    private static CloudAsset Instance(string id, params (string Key, string Value)[] tags) => new()
    {
        Kind = CloudAssetKind.Host,
        InstanceId = id,
        OwnerAccountId = Dev,
        Name = id,
        Region = "cn-hangzhou",
        Status = "Running",
        PrivateAddress = "10.0.0.1",
        Tags = tags.ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal),
    };

    [Fact]
    public void A_list_of_assets_narrows_to_a_group_together_with_other_filters()
    {
        Add("prod", new AssetGroupRule { OwnerAccountIds = [Prod] });
        string[] List(AssetFilter filter) => [.. _store.Engine.Assets.List(filter).Select(a => a.Name)];
        var group = new AssetGroupReference("prod");
        Assert.Equal(["db-1", "web-2", "win-1"], List(new AssetFilter { Group = group }));
        Assert.Equal(["web-2"], List(new AssetFilter { Group = group, Names = [new NamePattern("web-*")], OwnerAccountIds = [Dev, Prod] }));
        Assert.Throws<AssetGroupNotFoundException>(() => List(new AssetFilter { Group = new AssetGroupReference("prd") }));
    }
}
