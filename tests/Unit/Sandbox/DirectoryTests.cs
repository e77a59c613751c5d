using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

public sealed class DirectoryTests : CloudFixture
{
    [Fact]
    public async Task Every_account_of_the_directory_may_ask_which_it_is_and_one_outside_hears_of_none()
    {
        foreach (string account in (string[])[Management, Operations, Shop])
        {
            using SignedClient member = As(Cloud.CredentialsOf(account));
            Assert.Equal(Management, (string?)(await member.CallAsync("rm.GetResourceDirectory")).Body["ResourceDirectory"]!["MasterAccountId"]);
        }

        Cloud.World.ChangeAccount(Lab, a => a with { Kind = AccountKind.Outside });
        using SignedClient outside = As(Cloud.CredentialsOf(Lab));
        Assert.Equal("ResourceDirectoryNotInUse", (await outside.CallAsync("rm.GetResourceDirectory")).Code);
        Assert.Equal("EntityNotExists.ResourceDirectory", (await outside.CallAsync("rm.ListAccounts")).Code);
    }

    [Theory]
    [InlineData(null, null, 6)]
    [InlineData("1", "4", 4)]
    [InlineData("2", "4", 2)]
    [InlineData("3", "4", 0)]
    public async Task Members_are_listed_page_by_page(string? number, string? size, int count)
    {
        using SignedClient manager = Manager();
        (string, string)[] paging = number is null ? [] : [("PageNumber", number), ("PageSize", size!)];
        Answer answer = await manager.CallAsync("rm.ListAccounts", paging);
        Assert.Equal((count, 6), (answer.Body["Accounts"]!["Account"]!.AsArray().Count, (int)answer.Body["TotalCount"]!));
        Assert.Equal(number is null ? 10 : 4, (int?)answer.Body["PageSize"]);
    }

    [Fact]
    public async Task Tags_come_only_when_asked_for_and_in_two_shapes()
    {
        using SignedClient manager = Manager();
        Assert.Null((await manager.CallAsync("rm.ListAccounts")).Body["Accounts"]!["Account"]![0]!["Tags"]);
        Assert.Equal("env", (string?)(await manager.CallAsync("rm.ListAccounts", ("IncludeTags", "true"))).Body["Accounts"]!["Account"]![0]!["Tags"]!["Tag"]![0]!["Key"]);
        Assert.Equal("env", (string?)(await manager.CallAsync("rm.GetAccount", ("AccountId", Shop), ("IncludeTags", "true"))).Body["Account"]!["Tags"]![0]!["Key"]);
    }

    [Fact]
    public async Task A_delegated_administrator_lists_until_it_is_suspended_and_a_plain_member_never()
    {
        using SignedClient delegated = As(Cloud.DelegatedCredentials), plain = As(Cloud.CredentialsOf(Shop));
        Assert.Equal(200, (await delegated.CallAsync("rm.ListAccounts")).Status);
        Assert.Equal((403, "NoPermission.ResourceDirectory.MemberAccount"), await plain.CallAsync("rm.ListAccounts") is var refused ? (refused.Status, refused.Code) : default);
        Cloud.World.ChangeAccount(Operations, a => a with { Status = "PromoteFailed" });
        Assert.Equal(403, (await delegated.CallAsync("rm.GetAccount", ("AccountId", Shop))).Status);
    }

    [Theory]
    [InlineData(Management, 404, "EntityNotExists.Account")]
    [InlineData("9999999999999999", 404, "EntityNotExists.Account")]
    [InlineData("99", 400, "InvalidParameter.AccountId")]
    [InlineData("", 400, "MissingParameter.AccountId")]
    public async Task An_account_that_is_no_member_is_not_found(string id, int status, string code)
    {
        using SignedClient manager = Manager();
        Answer answer = await manager.CallAsync("rm.GetAccount", ("AccountId", id));
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("PageSize", "101")]
    [InlineData("PageSize", "0")]
    [InlineData("PageNumber", "none")]
    [InlineData("IncludeTags", "perhaps")]
    public async Task A_wrong_parameter_is_told(string name, string value)
    {
        using SignedClient manager = Manager();
        Assert.Equal("InvalidParameter", (await manager.CallAsync("rm.ListAccounts", (name, value))).Code);
    }
}
