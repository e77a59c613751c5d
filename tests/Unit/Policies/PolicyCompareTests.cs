using Bastion.Policies;
using Bastion.Policies.Code;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies;

public sealed class PolicyCompareTests : IDisposable
{
    private readonly CodeWorld _world = new();

    public void Dispose() => _world.Dispose();

    private string[] Compare(string? reference = null) => [.. _world.Engine.PolicyCode.Compare(_world.File, reference).Select(d => $"{d.Policy}: {d}")];

    [Fact]
    public void A_file_that_was_just_written_differs_in_nothing()
    {
        _world.AddAll();
        _world.Export();
        Assert.Empty(Compare());
        Assert.Empty(Compare(_world.File));
    }

    [Fact]
    public void What_only_one_side_has_is_added_or_removed()
    {
        _world.Add(new NewControlPolicy { Name = "old", Priority = 3 });
        _world.WritePolicies("- name: new\n");
        IReadOnlyList<PolicyDifference> differences = _world.Engine.PolicyCode.Compare(_world.File, null);
        Assert.Equal([("new", PolicyDifferenceKind.Added, null), ("old", PolicyDifferenceKind.Removed, "priority 3; users (all); assets (all); rules (none)")], differences.Select(d => (d.Policy, d.Kind, d.Before)));
        Assert.All(differences, d => Assert.Null(d.Field));
    }

    [Fact]
    public void Every_field_that_differs_is_told_with_both_values()
    {
        _world.Add(new NewControlPolicy
        {
            Name = "p",
            Comment = "x",
            Users = [new("ana"), new("bob")],
            Assets = [new("web-1")],
            Accounts = ["root"],
            Rules = [ProtocolControl.Of([ProtocolChannel.SshShell]), SourceAddresses.Parse(["10.0.0.0/8"], null)],
        });
        _world.WritePolicies("""
            - name: P
              priority: 2
              enabled: false
              userGroups: [ops]
              assetGroups: [web]
              rules:
                SourceAddress:
                  deny: [10.9.0.0/16]
                TimeWindow:
                  windows: [Mon 08:00-18:00 UTC]
            """);
        Assert.Equal(
        [
            "p: Name p → P",
            "p: Priority 1 → 2",
            "p: Enabled True → False",
            "p: Comment x → (not set)",
            "p: Users ana, bob → (none)",
            "p: Assets web-1 (root) → (none)",
            "p: ProtocolControl.allow SshShell → (not set)",
            "p: SourceAddress.allow 10.0.0.0/8 → (not set)",
            "p: SourceAddress.deny (none) → 10.9.0.0/16",
            "p: UserGroups (not set) → ops (group)",
            "p: AssetGroups (not set) → web (group)",
            "p: TimeWindow.windows (not set) → Mon 08:00-18:00 UTC",
        ], Compare());
    }

    [Theory]
    [InlineData("  users: [BOB, Ana]\n  assets: [{ name: WEB-1, accounts: [deploy, root] }]\n", "")]
    [InlineData("  users: [ana, bob]\n  assets: [{ name: web-1, owner: '9', accounts: [root, deploy] }]\n", "Assets")]
    [InlineData("  users: [ana, bob]\n  assets: [{ name: web-1, accounts: [root] }]\n", "Assets")]
    [InlineData("  users: [ana, bob]\n  assets: [web-1]\n", "Assets")]
    [InlineData("  users: all\n  assets: [{ name: web-1, accounts: [root, deploy] }]\n", "Users")]
    public void Order_case_and_a_missing_owner_do_not_count_but_members_and_accounts_do(string scope, string fields)
    {
        _world.Add(new NewControlPolicy { Name = "p", Users = [new("ana"), new("bob")], Assets = [new("web-1")], Accounts = ["root", "deploy"] });
        _world.WritePolicies("- name: p\n" + scope);
        Assert.Equal(fields, string.Join(' ', _world.Engine.PolicyCode.Compare(_world.File, null).Select(d => d.Field)));
    }
}
