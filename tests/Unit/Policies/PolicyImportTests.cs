using Bastion.Policies;
using Bastion.Policies.Code;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies;

public sealed class PolicyImportTests : IDisposable
{
    private readonly CodeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_short_file_gets_what_a_new_policy_has()
    {
        _world.WritePolicies("- name: short\n");
        Assert.Equal(PolicyImportAction.Create, Assert.Single(_world.Import()).Action);
        ControlPolicy made = Assert.Single(_world.Policies);
        Assert.Equal(("short", 1, true, "(all)", "(all)", "(none)"), (made.Name, made.Priority, made.Enabled, made.Users, made.Assets, made.Rules));
        Assert.StartsWith("from policies.yaml; priority 1; ", Assert.Single(_world.World.Store.Events("policy.added")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_differs_is_changed_field_by_field_and_keeps_its_id()
    {
        _world.AddAll();
        ControlPolicy old = _world.Policy("full");
        _world.Write(_world.Export().Replace("name: full", "name: Full", StringComparison.Ordinal).Replace("priority: 7", "priority: 8", StringComparison.Ordinal)
            .Replace("- bob", "- ana", StringComparison.Ordinal).Replace("          - SshExec\n", "", StringComparison.Ordinal));
        PolicyImportStep step = Assert.Single(_world.Plan().Steps, s => s.Action != PolicyImportAction.Unchanged);
        Assert.Equal("Name full → Full; Priority 7 → 8; Users bob → ana; ProtocolControl.allow SshShell, SshExec → SshShell", step.Detail);
        Assert.Equal(old.Rules, _world.Policy("full").Rules);
        _world.Import();
        ControlPolicy now = _world.Policy("full");
        Assert.Equal((old.Id, "Full", 8, "ops (group), ana", old.CreatedAt), (now.Id, now.Name, now.Priority, now.Users, now.CreatedAt));
        Assert.Equal($"from policies.yaml; {step.Detail}", Assert.Single(_world.World.Store.Events("policy.changed"), e => e.Subject == "Full").Detail);
    }

    [Fact]
    public void Policies_that_the_file_does_not_name_stay()
    {
        _world.AddAll();
        _world.WritePolicies("- name: more\n");
        _world.Import();
        Assert.Equal(8, _world.Policies.Count);
    }

    [Fact]
    public void Only_what_was_agreed_to_is_taken_over()
    {
        _world.WritePolicies("- name: a\n- name: b\n");
        _world.Engine.PolicyCode.Import(TempStore.Admin, _world.Plan(), new HashSet<string>(StringComparer.Ordinal) { "b" });
        Assert.Equal("b", Assert.Single(_world.Policies).Name);
    }

    [Fact]
    public void Of_new_policies_with_one_priority_the_first_of_the_file_decides()
    {
        _world.WritePolicies("- name: a\n- name: b\n- name: c\n");
        _world.Import();
        Assert.Equal(["a", "b", "c"], _world.Policies.Select(p => p.Name));
    }

    [Fact]
    public void It_is_told_when_the_store_has_another_order_among_equals()
    {
        foreach (string name in new[] { "a", "b" }) _world.Add(new NewControlPolicy { Name = name, Rules = [ProtocolControl.Of([])] });
        _world.Export();
        Assert.Empty(_world.Plan().Warnings);
        _world.WritePolicies("- name: a\n  rules: { ProtocolControl: { allow: [] } }\n- name: b\n  rules: { ProtocolControl: { allow: [] } }\n- name: c\n");
        Assert.StartsWith("'b' stands behind 'a' in the file, but decides before it in the store: both have priority 1", Assert.Single(_world.Plan().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_one_error_changes_nothing()
    {
        _world.WritePolicies("- name: good\n- name: bad\n  users: [nobody-here]\n");
        Assert.StartsWith("5:11 No user is called 'nobody-here'.", Assert.Single(_world.Problems()), StringComparison.Ordinal);
        Assert.Empty(_world.Policies);
    }

    [Fact]
    public void What_vanishes_between_plan_and_import_stops_the_import()
    {
        _world.WritePolicies("- name: first\n- name: second\n  users: [bob]\n");
        PolicyPlan plan = _world.Plan();
        _world.Engine.Users.Remove(TempStore.Admin, new("bob"));
        Assert.Throws<PolicyFileException>(() => _world.Engine.PolicyCode.Import(TempStore.Admin, plan));
        Assert.Empty(_world.Policies);
    }

    [Fact]
    public void Only_an_administrator_imports()
    {
        _world.WritePolicies("- name: a\n");
        PolicyPlan plan = _world.Plan();
        Assert.Throws<NotAuthorizedException>(() => _world.Engine.PolicyCode.Import(TempStore.Stranger, plan));
    }

    [Fact]
    public void An_account_that_went_is_no_error_in_a_policy_that_has_it_already()
    {
        _world.World.AddAccount("web-1", "old");
        _world.Add(new NewControlPolicy { Name = "p", Assets = [new("web-1")], Accounts = ["old"] });
        _world.Engine.AssetAccounts.Remove(TempStore.Admin, new("web-1"), "old");
        _world.Export();
        Assert.Equal(PolicyImportAction.Unchanged, Assert.Single(_world.Plan().Steps).Action);
    }

    [Fact]
    public void A_policy_that_cannot_be_read_is_mended_by_its_file()
    {
        _world.AddAll();
        string written = _world.Export();
        _world.Engine.Context.Database.Write(connection => connection.Execute("UPDATE control_policies SET rules = '{\"Later\":{}}' WHERE name = 'full'"));
        Assert.Equal(PolicyImportAction.Change, Assert.Single(_world.Import(), s => s.Policy == "full").Action);
        Assert.Equal(written, _world.Export());
    }
}
