using Bastion.Audit.Export;
using Bastion.Policies;
using Bastion.Policies.Code;

namespace Bastion.Unit.Policies;

public sealed class PolicyExportTests : IDisposable
{
    private readonly CodeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_file_says_everything_by_name()
    {
        _world.AddAll();
        Assert.Equal("""
            # Control policies of Bastion, in the order in which they decide. Import-BhControlPolicy takes them over.
            format: bastion-control-policies/1
            policies:
              - name: full
                priority: 7
                enabled: true
                users:
                  - bob
                userGroups:
                  - ops
                assets:
                  - name: db-1
                    owner: '2222222222222222'
                    accounts:
                      - root
                  - name: web-1
                    owner: '1111111111111111'
                    accounts:
                      - root
                assetGroups:
                  - name: web
                    accounts:
                      - root
                rules:
                  ProtocolControl:
                    allow:
                      - SshShell
                      - SshExec
                  TimeWindow:
                    windows:
                      - Mon-Fri 08:00-18:00 Europe/Madrid
                      - Sat 08:00-24:00 UTC
                  SourceAddress:
                    allow:
                      - '10.0.0.0/8'
                      - '2001:db8::/32'
                    deny:
                      - '10.9.0.0/16'

            """.ReplaceLineEndings("\n"), _world.Export("full"));
    }

    [Fact]
    public void What_is_written_is_read_back_the_same_in_another_store()
    {
        _world.AddAll();
        string written = _world.Export();
        using var other = new CodeWorld();
        other.Write(written);
        Assert.All(other.Import(), step => Assert.Equal((PolicyImportAction.Create, true), (step.Action, step.Done)));
        Assert.Equal(_world.Policies.Select(Facts), other.Policies.Select(Facts));
        Assert.Equal(written, other.Export());
        Assert.All(other.Import(), step => Assert.Equal((PolicyImportAction.Unchanged, ""), (step.Action, step.Detail)));
    }

    [Fact]
    public void Policies_are_written_in_the_order_in_which_they_decide_whatever_the_order_asked_for()
    {
        _world.AddAll();
        string yaml = _world.Export("plain", "full", "123");
        Assert.True(yaml.IndexOf("'123'", StringComparison.Ordinal) < yaml.IndexOf("name: plain", StringComparison.Ordinal));
        Assert.True(yaml.IndexOf("name: plain", StringComparison.Ordinal) < yaml.IndexOf("name: full", StringComparison.Ordinal));
    }

    [Fact]
    public void No_policies_are_an_empty_list()
    {
        Assert.EndsWith("policies: []\n", _world.Export(), StringComparison.Ordinal);
        Assert.Empty(_world.Plan().Steps);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_when_that_is_said()
    {
        _world.Write("mine");
        Assert.Equal("ExportExists", Assert.Throws<ExportException>(() => _world.Engine.PolicyCode.Export(_world.File, null, overwrite: false)).Id);
        Assert.Equal("mine", File.ReadAllText(_world.File));
        Assert.Throws<ExportException>(() => _world.Engine.PolicyCode.Export(Path.Combine(_world.File, "x"), null, overwrite: true));
        _world.Export();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_world.File));
        Assert.Empty(Directory.GetFiles(_world.World.Store.Location.Folder, "*.partial"));
    }

    [Fact]
    public void A_policy_that_cannot_be_read_is_not_written()
    {
        _world.AddAll();
        _world.Engine.Context.Database.Write(connection => connection.Execute("UPDATE control_policies SET rules = '{\"Later\":{}}' WHERE name = 'full'"));
        Assert.Throws<PolicyUnreadableException>(() => _world.Export());
        Assert.False(File.Exists(_world.File));
    }

    private static string Facts(ControlPolicy p) => string.Join('|', p.Name, p.Priority, p.Enabled, p.Comment, p.Scope.AllUsers, p.Scope.AllAssets,
        string.Join(',', p.Scope.Accounts ?? ["*"]), string.Join(',', p.Scope.Users), string.Join(',', p.Scope.UserGroups),
        string.Join(',', p.Scope.Assets.Select(a => $"{a}{a.OwnerAccountId}")), string.Join(',', p.Scope.AssetGroups), p.RuleSet.Write());
}
