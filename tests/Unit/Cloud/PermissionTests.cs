using Bastion.Cloud;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

public sealed class PermissionTests : AlibabaFixture
{
    private static readonly string[] OfTheDirectory = ["resourcemanager:GetResourceDirectory", "resourcemanager:ListAccounts", "resourcemanager:GetAccount"];
    private static readonly string[] OfAMember = ["sts:AssumeRole", "ecs:DescribeRegions", "ecs:DescribeInstances", "rds:DescribeRegions", "rds:DescribeDBInstances", "rds:DescribeDBInstanceNetInfo"];

    [Theory]
    [InlineData(null, Management)]
    [InlineData(Shop, Shop)]
    [InlineData(Management, Management)]
    public async Task Every_right_is_tried_and_found(string? account, string on)
    {
        List<CloudPermission> rights = await All(Open().CheckPermissionsAsync(account, default));
        Assert.Equal((account is null ? OfTheDirectory : OfAMember).Select(action => new CloudPermission(action, on, true, "")), rights);
    }

    [Fact]
    public async Task A_delegated_administrator_has_the_rights_too() => Assert.All(await All(Open(Cloud.DelegatedCredentials).CheckPermissionsAsync(null, default)), r => Assert.True(r.Allowed));

    [Fact]
    public async Task What_is_refused_is_told_with_what_the_cloud_said_and_the_others_are_tried_all_the_same()
    {
        Cloud.Faults.FailNext("DescribeInstances", 1, 403, "Forbidden.RAM");
        Cloud.Faults.FailNext("Rds.DescribeRegions", 1, 403, "NoPermission");
        List<CloudPermission> rights = await All(Open().CheckPermissionsAsync(Shop, default));
        Assert.Equal(OfAMember, rights.Select(r => r.Action));
        Assert.Equal(["ecs:DescribeInstances", "rds:DescribeRegions"], rights.Where(r => !r.Allowed).Select(r => r.Action));
        Assert.All(rights.Where(r => !r.Allowed), r => Assert.Contains(r.Action, r.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Lab)]
    [InlineData(Joining)]
    public async Task Without_the_role_nothing_else_can_be_tried(string account)
    {
        CloudPermission right = Assert.Single(await All(Open().CheckPermissionsAsync(account, default)));
        Assert.Equal(("sts:AssumeRole", account, false), (right.Action, right.AccountId, right.Allowed));
        Assert.NotEmpty(right.Message);
    }

    [Fact]
    public async Task A_plain_member_may_see_the_directory_and_nothing_of_its_members()
    {
        List<CloudPermission> rights = await All(Open(Cloud.CredentialsOf(Shop)).CheckPermissionsAsync(null, default));
        Assert.Equal([true, false, false], rights.Select(r => r.Allowed));
    }

    [Fact]
    public async Task A_key_that_is_none_is_an_error_and_no_missing_right()
    {
        CloudException error = await Fails(() => All(Open(new SandboxCredentials("LTAInobody", "x")).CheckPermissionsAsync(null, default)));
        Assert.Equal("CloudCredentialsRejected", error.Id);
    }
}
