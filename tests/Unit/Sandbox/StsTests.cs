using System.Text.Json.Nodes;
using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

public sealed class StsTests : CloudFixture
{
    [Fact]
    public async Task A_RAM_user_a_root_key_and_a_role_each_learn_who_they_are()
    {
        using SignedClient user = Manager(), root = As(Cloud.RootCredentials), role = await InAsync(Shop);
        JsonObject asUser = (await user.CallAsync("sts.GetCallerIdentity")).Body;
        Assert.Equal(("RAMUser", Management, $"acs:ram::{Management}:user/bastion"), Identity(asUser));
        JsonObject asRoot = (await root.CallAsync("sts.GetCallerIdentity")).Body;
        Assert.Equal(("Account", Management, $"acs:ram::{Management}:root"), Identity(asRoot));
        JsonObject asRole = (await role.CallAsync("sts.GetCallerIdentity")).Body;
        Assert.Equal(("AssumedRoleUser", Shop, $"acs:ram::{Shop}:assumed-role/resourcedirectoryaccountaccessrole/bastion"), Identity(asRole));
        Assert.Equal($"{asRole["RoleId"]}:bastion", (string?)asRole["PrincipalId"]);
        Assert.False(asRole.ContainsKey("UserId"));
    }

    [Theory]
    [InlineData("ResourceDirectoryAccountAccessRole")]
    [InlineData("resourcedirectoryaccountaccessrole")]
    public async Task A_role_is_found_whatever_the_case_of_its_name(string name)
    {
        using SignedClient manager = Manager();
        Answer answer = await manager.CallAsync("sts.AssumeRole", Role(Shop, name), ("RoleSessionName", "ana@host-1"), ("DurationSeconds", "900"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("2026-11-24T10:15:00Z", (string?)answer.Body["Credentials"]!["Expiration"]);
        Assert.StartsWith("STS.", (string?)answer.Body["Credentials"]!["AccessKeyId"], StringComparison.Ordinal);
        Assert.EndsWith("/ana@host-1", (string?)answer.Body["AssumedRoleUser"]!["Arn"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delegated_administrator_may_assume_a_members_role_and_a_plain_member_may_not()
    {
        using SignedClient delegated = As(Cloud.DelegatedCredentials), plain = As(Cloud.CredentialsOf(Lab));
        Assert.Equal(200, (await delegated.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "bastion"))).Status);
        Answer refused = await plain.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "bastion"));
        Assert.Equal((403, "NoPermission"), (refused.Status, refused.Code));
        Assert.Equal("SubUser", (string?)refused.Body["AccessDeniedDetail"]!["AuthPrincipalType"]);
    }

    [Fact]
    public async Task A_role_can_not_be_passed_on_to_another_member()
    {
        using SignedClient role = await InAsync(Shop);
        Assert.Equal("NoPermission", (await role.CallAsync("sts.AssumeRole", Role(Operations), ("RoleSessionName", "bastion"))).Code);
    }

    [Fact]
    public async Task A_role_with_its_own_trust_and_length_keeps_to_them()
    {
        Cloud.World.ChangeAccount(Lab, a => a with { Roles = [new("auditor", "300000000000000006", [Shop], TimeSpan.FromHours(2))] });
        using SignedClient manager = Manager(), shop = As(Cloud.CredentialsOf(Shop));
        Assert.Equal("NoPermission", (await manager.CallAsync("sts.AssumeRole", Role(Lab, "auditor"), ("RoleSessionName", "bastion"))).Code);
        Answer two = await shop.CallAsync("sts.AssumeRole", Role(Lab, "auditor"), ("RoleSessionName", "bastion"), ("DurationSeconds", "7200"));
        Assert.Equal("2026-11-24T12:00:00Z", (string?)two.Body["Credentials"]!["Expiration"]);
    }

    [Theory]
    [InlineData(Lab, 404, "EntityNotExist.Role")]
    [InlineData("9999999999999999", 404, "EntityNotExist.Role")]
    [InlineData(Management, 404, "EntityNotExist.Role")]
    [InlineData(Joining, 403, "NoPermission")]
    [InlineData("12", 400, "InvalidParameter.RoleArn")]
    public async Task A_role_that_can_not_be_assumed_is_refused(string account, int status, string code)
    {
        using SignedClient manager = Manager();
        Answer answer = await manager.CallAsync("sts.AssumeRole", Role(account), ("RoleSessionName", "bastion"));
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_root_key_may_not_assume_roles()
    {
        using SignedClient root = As(Cloud.RootCredentials);
        Answer answer = await root.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "bastion"));
        Assert.Equal((403, "NoPermission", "Roles may not be assumed by root accounts."), (answer.Status, answer.Code, answer.Text("Message")));
    }

    [Theory]
    [InlineData("RoleSessionName", "a", "InvalidParameter.RoleSessionName")]
    [InlineData("RoleSessionName", "a b", "InvalidParameter.RoleSessionName")]
    [InlineData("RoleSessionName", "", "MissingRoleSessionName")]
    [InlineData("RoleArn", "", "MissingRoleArn")]
    [InlineData("DurationSeconds", "899", "InvalidParameter.DurationSeconds")]
    [InlineData("DurationSeconds", "3601", "InvalidParameter.DurationSeconds")]
    [InlineData("Policy", "not json", "InvalidParameter.PolicyGrammar")]
    [InlineData("ExternalId", "a b", "InvalidParameter.ExternalId")]
    [InlineData("SourceIdentity", "acs:me", "InvalidParameter")]
    public async Task A_wrong_parameter_is_named(string name, string value, string code)
    {
        using SignedClient manager = Manager();
        (string, string)[] good = [Role(Shop), ("RoleSessionName", "bastion")];
        Answer answer = await manager.CallAsync("sts.AssumeRole", [.. good.Where(p => p.Item1 != name), (name, value)]);
        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_policy_too_long_is_refused_for_its_size()
    {
        using SignedClient manager = Manager();
        Answer answer = await manager.CallAsync("sts.AssumeRole", Role(Shop), ("RoleSessionName", "bastion"), ("Policy", new string('x', 2049)));
        Assert.Equal("InvalidParameter.PolicySize", answer.Code);
    }

    private static (string?, string?, string?) Identity(JsonObject body) =>
        ((string?)body["IdentityType"], (string?)body["AccountId"], (string?)body["Arn"]);
}
