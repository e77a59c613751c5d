using Bastion.Assets.Groups;
using Bastion.Policies;
using Bastion.Policies.Code;
using Bastion.Policies.Rules;
using Bastion.Unit.Grants;
using Bastion.Users.Groups;

namespace Bastion.Unit.Policies;

/// <summary>The grant world with a group of each kind, and policies as files.</summary>
internal sealed class CodeWorld : IDisposable
{
    internal CodeWorld()
    {
        Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "ops", Users = [new("ana")] });
        Engine.AssetGroups.Add(TempStore.Admin, new NewAssetGroup { Name = "web", Rule = new AssetGroupRule { Names = ["web-*"] } });
    }

    internal GrantWorld World { get; } = new();

    internal Engine Engine => World.Engine;

    internal string File => Path.Combine(World.Store.Location.Folder, "policies.yaml");

    internal IReadOnlyList<ControlPolicy> Policies => Engine.Policies.List(new PolicyFilter());

    internal ControlPolicy Policy(string name) => Engine.Policies.Resolve(new PolicyReference(name));

    /// <summary>One policy of each kind of scope, with every section.</summary>
    internal void AddAll()
    {
        Add(new NewControlPolicy { Name = "plain" });
        Add(new NewControlPolicy { Name = "on: all", Enabled = false, Comment = "two lines\nand a \"quote\", it's\ta tab \u200B", Accounts = ["root", "deploy"], Rules = [ProtocolControl.Of([])] });
        Add(new NewControlPolicy
        {
            Name = "full",
            Priority = 7,
            Users = [new("bob")],
            UserGroups = [new("ops")],
            Assets = [new("db-1"), new("web-1")],
            AssetGroups = [new("web")],
            Accounts = ["root"],
            Rules = [ProtocolControl.Of([ProtocolChannel.SshShell, ProtocolChannel.SshExec]), TimeWindows.Parse(["Mon-Fri 08:00-18:00 Europe/Madrid", "Sat 08:00-24:00 UTC"]), SourceAddresses.Parse(["10.0.0.0/8", "2001:db8::/32"], ["10.9.0.0/16"])],
        });
        Add(new NewControlPolicy
        {
            Name = "asks",
            Rules = [CommandControl.Parse(["ls"], ["rm"], allowOpaque: true), CommandApproval.Parse(["/^kill/"], new ApprovalTerms { ApproverGroups = ["ops"] }),
                SessionApproval.By(new ApprovalTerms { Approvers = ["ana"], ApproverGroups = ["ops"], Needed = 2, RequireReason = true, BreakGlass = ["ana"] })],
        });
        Add(new NewControlPolicy { Name = "asks nobody", Rules = [SessionApproval.NotNeeded, CommandApproval.Parse([], null)] });
        Add(new NewControlPolicy { Name = "123", Users = [new("ana")], AssetGroups = [new("web")], Rules = [SourceAddresses.Parse(null, null)] });
        Add(new NewControlPolicy { Name = "nobody", Users = [new("ana")], Assets = [new("web-2")] });
        Engine.Policies.Change(TempStore.Admin, new PolicyReference("nobody"), new ControlPolicyChange { Users = new() { Remove = [new("ana")] }, Assets = new() { Remove = [new("web-2")] } });
    }

    internal void Add(NewControlPolicy policy) => Engine.Policies.Add(TempStore.Admin, policy);

    internal void Write(string yaml) => System.IO.File.WriteAllText(File, yaml);

    /// <summary>Writes a file with this below the list of policies.</summary>
    internal void WritePolicies(string yaml) => Write($"format: bastion-control-policies/1\npolicies:\n{yaml}");

    internal string Export(params string[] names)
    {
        Engine.PolicyCode.Export(File, names.Length == 0 ? null : [.. names.Select(n => new PolicyReference(n))], overwrite: true);
        return System.IO.File.ReadAllText(File);
    }

    internal PolicyPlan Plan() => Engine.PolicyCode.Plan(File);

    internal IReadOnlyList<PolicyImportStep> Import() => Engine.PolicyCode.Import(TempStore.Admin, Plan());

    /// <summary>What is wrong with a file of these policies, as <c>line:column message</c>.</summary>
    internal string[] Problems() => [.. Assert.Throws<PolicyFileException>(Plan).Problems.Select(p => $"{p.Line}:{p.Column} {p.Message}")];

    public void Dispose() => World.Dispose();
}
