using System.Text;
using Bastion.Policies.Code;

namespace Bastion.Unit.Policies;

public sealed class PolicyFileErrorTests : IDisposable
{
    private readonly CodeWorld _world = new();

    public void Dispose() => _world.Dispose();

    // Line 3 is the first of the policies.
    [Theory]
    [InlineData("- name: a\n  prio: 3\n", "4:3 a policy has no key 'prio'.")]
    [InlineData("- name: a\n  Priority: 3\n", "4:3 a policy has no key 'Priority'. Did you mean 'priority'?")]
    [InlineData("- name: a\n  priority: 0\n", "4:13 a priority is a number from 1")]
    [InlineData("- name: a\n  priority: '3'\n", "4:13 a priority is a number from 1")]
    [InlineData("- name: a\n  enabled: yes\n", "4:12 'enabled' is true or false, not 'yes'.")]
    [InlineData("- name: a\n  comment: [x]\n", "4:12 a comment is a text, not a list.")]
    [InlineData("- priority: 1\n", "3:3 the policy has no name.")]
    [InlineData("- name: 'a*'\n", "3:9 'a*' can't be the name of the control policy")]
    [InlineData("- name:\n", "3:8 the name of a policy is a text, not nothing.")]
    [InlineData("- just text\n", "3:3 a policy is written as keys with values")]
    [InlineData("- name: a\n- name: A\n", "4:9 'A' is there twice, first in line 3.")]
    [InlineData("- name: a\n  users: ana\n", "4:10 users are a list")]
    [InlineData("- name: a\n  users: []\n", "4:10 the list of users is empty.")]
    [InlineData("- name: a\n  users: [ana, ANA]\n", "4:16 'ANA' is there twice, first in line 4.")]
    [InlineData("- name: a\n  users: [{ name: ana }]\n", "4:11 each of the users is a text, not keys with values.")]
    [InlineData("- name: a\n  users: all\n  userGroups: [ops]\n", "5:15 'users: all' covers these groups already.")]
    [InlineData("- name: a\n  userGroups: [opps]\n", "4:16 No group of users is called 'opps'. Did you mean 'ops'?")]
    [InlineData("- name: a\n  assets:\n    - web-9\n", "5:7 No asset is called 'web-9'. Did you mean")]
    [InlineData("- name: a\n  assets:\n    - name: web-1\n      owner: '2222222222222222'\n", "6:14 asset 'web-1' is owned by account 1111111111111111, not by '2222222222222222'.")]
    [InlineData("- name: a\n  assets:\n    - name: web-1\n      accounts: [rot]\n", "6:18 None of the assets that policy 'a' is to cover has an account 'rot'. Did you mean 'root'?")]
    [InlineData("- name: a\n  assets: [web-1]\n  accounts: [root]\n", "5:13 'accounts' of a policy go with all assets.")]
    [InlineData("- name: a\n  assetGroups: [wob]\n", "4:17 No group of assets is called 'wob'. Did you mean 'web'?")]
    [InlineData("- name: a\n  rules:\n    Later: {}\n", "5:5 rules has no key 'Later'.")]
    [InlineData("- name: a\n  rules:\n    ProtocolControl:\n      allow: [SshShell, Telnet]\n", "6:25 in ProtocolControl: 'Telnet' is no channel")]
    [InlineData("- name: a\n  rules:\n    ProtocolControl:\n      allow: [SshShell]\n      deny: [SshExec]\n", "7:7 in ProtocolControl: 'deny' is not known")]
    [InlineData("- name: a\n  rules:\n    ProtocolControl: SshShell\n", "5:22 in ProtocolControl: an object was expected")]
    [InlineData("- name: a\n  rules:\n    TimeWindow:\n      windows:\n        - Mon-Fri 08:00-18:00 UTC\n        - Mon-Fri 25:00-26:00 UTC\n", "8:11 in TimeWindow: The time window 'Mon-Fri 25:00-26:00 UTC' can't be read")]
    [InlineData("- name: a\n  rules:\n    TimeWindow:\n      windows: [Mon 08:00-18:00 Mars/Olympus]\n", "6:17 in TimeWindow: No time zone is called 'Mars/Olympus'.")]
    [InlineData("- name: a\n  rules:\n    SourceAddress:\n      allow: [10.0.0.0/8, 10]\n      deny: []\n", "6:27 in SourceAddress: a text was expected, not Number.")]
    [InlineData("- name: a\n  rules:\n    SourceAddress:\n      allow: [10.0.0.1/8]\n      deny: []\n", "6:15 in SourceAddress: '10.0.0.1/8' is not an address or a CIDR range")]
    [InlineData("- name: a\n  rules:\n    CommandApproval:\n      commands: [rm]\n      approvers: [bobb]\n      approverGroups: []\n      needed: 1\n      timeoutMinutes: 30\n      lifetimeMinutes: 60\n", "7:19 No user is called 'bobb'. Did you mean 'bob'?")]
    [InlineData("- name: a\n  rules:\n    CommandApproval:\n      commands: [rm]\n      approvers: []\n      approverGroups: [opps]\n      needed: 1\n      timeoutMinutes: 30\n      lifetimeMinutes: 60\n", "8:24 No group of users is called 'opps'. Did you mean 'ops'?")]
    [InlineData("- name: a\n  rules:\n    SessionApproval:\n      required: true\n", "6:7 in SessionApproval: 'approvers' is missing.")]
    public void An_error_has_its_place_and_says_what_to_do(string policies, string problem)
    {
        _world.WritePolicies(policies);
        Assert.StartsWith(problem, Assert.Single(_world.Problems()), StringComparison.Ordinal);
        Assert.Empty(_world.Policies);
    }

    [Fact]
    public void All_errors_are_told_at_once_in_the_order_of_the_file_and_as_editors_read_them()
    {
        _world.WritePolicies("- name: a\n  priority: x\n  users: 7\n- name: b\n  enabled: 1\n");
        var e = Assert.Throws<PolicyFileException>(_world.Plan);
        Assert.Equal([4, 5, 7], e.Problems.Select(p => p.Line));
        Assert.Equal(("PolicyFileInvalid", _world.File), (e.Id, e.Subject));
        Assert.Contains($"\n{_world.File}:4:13: a priority", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1:1 the file is empty.")]
    [InlineData("# only a comment\n", "1:1 the file is empty.")]
    [InlineData("policies: []\n", "1:1 the file does not say 'format: bastion-control-policies/1'")]
    [InlineData("format: bastion-control-policies/2\npolicies: []\n", "1:9 the file does not say")]
    [InlineData("format: bastion-control-policies/1\n", "1:1 'policies:' with the list of policies is missing.")]
    [InlineData("format: bastion-control-policies/1\npolicies: {}\n", "2:11 policies are a list")]
    [InlineData("format: bastion-control-policies/1\npolicies: []\npolicies: []\n", "3:1 the key 'policies' is there twice, first in line 2.")]
    [InlineData("format: bastion-control-policies/1\npolicies: []\n---\nformat: x\n", "3:1 a second document begins here.")]
    [InlineData("- a\n- b\n", "1:1 the file is written as keys with values")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n- name: &x a\n- name: b\n", "3:9 '&x' is an anchor")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n- name: *x\n", "3:9 '*x' refers to another place")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n- name: !!python/object:os.system a\n", "3:9 'tag:yaml.org,2002:python/object:os.system' is a tag")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n- name: !x a\n", "3:9 '!x' is a tag")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n- [a]: b\n", "3:3 a key is a word, not a list.")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n- name: a\n   priority: 1\n", "4:")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n- name: 'a\n", "")]
    [InlineData("format: bastion-control-policies/1\npolicies:\n\t- name: a\n", "")]
    [InlineData("\0\u0001\u0002", "")]
    public void What_is_no_file_of_policies_is_refused(string content, string problem)
    {
        _world.Write(content);
        Assert.StartsWith(problem, _world.Problems()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("format: bastion-control-policies/1\na: &a [x,x,x,x,x,x,x,x,x]\n");
        for (char c = 'b'; c <= 'z'; c++) bomb.Append($"{c}: &{c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 9))}]\n");
        _world.Write(bomb.ToString());
        Assert.StartsWith("2:4 '&a' is an anchor", Assert.Single(_world.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        _world.Write("format: bastion-control-policies/1\npolicies: " + new string('[', 100_000));
        Assert.Contains("nested more than 12 deep", Assert.Single(_world.Problems()), StringComparison.Ordinal);
        _world.Write(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{new string(' ', i)}a:\n")));
        Assert.Contains("nested more than 12 deep", Assert.Single(_world.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_without_being_read_whole()
    {
        using (FileStream file = File.Create(_world.File)) file.SetLength(1L << 40);
        Assert.Equal("PolicyFileTooLong", Assert.Throws<PolicyFileTooLongException>(_world.Plan).Id);
        _world.Write("format: bastion-control-policies/1\npolicies: [" + string.Concat(Enumerable.Repeat("a,", 300_000)) + "]");
        Assert.Contains("more than 250000 values", Assert.Single(_world.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_end_and_errors_without_end_are_told_in_short()
    {
        _world.WritePolicies($"- name: a\n  users: [{new string('x', 100_000)}]\n");
        Assert.InRange(Assert.Single(_world.Problems()).Length, 10, 300);
        _world.WritePolicies($"- name: a\n  users:\n{string.Concat(Enumerable.Range(0, 5000).Select(i => $"  - u{i}\n"))}");
        var e = Assert.Throws<PolicyFileException>(_world.Plan);
        Assert.Equal(1000, e.Problems.Count);
        Assert.EndsWith("… and 980 more", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_with_their_line()
    {
        File.WriteAllBytes(_world.File, [.. "format: bastion-control-policies/1\npolicies:\n- name: "u8, 0xFF, 0xFE]);
        Assert.StartsWith("3:9 this is not text in UTF-8.", Assert.Single(_world.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() => Assert.Equal("FileUnreadable", Assert.Throws<FileException>(_world.Plan).Id);

    [Fact]
    public void Whatever_is_cut_out_of_or_put_into_a_file_is_either_taken_or_told()
    {
        _world.AddAll();
        byte[] good = Encoding.UTF8.GetBytes(_world.Export());
        var random = new Random(20261125);
        byte[] odd = [.. "{}[]&*!|>'\"%@`,:#-? \n\t\\"u8, 0, 0xC3, 0xE2, 0x80, 0xA8];
        for (int i = 0; i < 400; i++)
        {
            List<byte> bad = [.. good];
            for (int j = random.Next(1, 4); j > 0; j--)
            {
                int at = random.Next(bad.Count);
                if (random.Next(2) == 0) bad.RemoveRange(at, Math.Min(random.Next(1, 20), bad.Count - at));
                else bad.Insert(at, odd[random.Next(odd.Length)]);
            }

            File.WriteAllBytes(_world.File, [.. bad]);
            Exception? e = Record.Exception(_world.Plan);
            Assert.True(e is null or PolicyFileException, $"{e}\n{Encoding.UTF8.GetString([.. bad])}");
        }
    }
}
