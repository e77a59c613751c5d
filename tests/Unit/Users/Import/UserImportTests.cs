using Bastion.Users;
using Bastion.Users.Groups;
using Bastion.Users.Import;

namespace Bastion.Unit.Users.Import;

public sealed class UserImportTests : IDisposable
{
    private readonly TempStore _store = new();

    public UserImportTests() => _store.Engine.UserGroups.Add(TempStore.Admin, new NewUserGroup { Name = "ops" });

    public void Dispose() => _store.Dispose();

    private static UserImportRow Row(string name = "ana", params string[] groups) => new() { Line = 7, Name = name, Groups = groups, DisplayName = "Ana Ruiz", Email = "ana@example.com" };

    private UserImportResult Apply(UserImportRow row) => _store.Engine.UserImport.Apply(TempStore.Admin, row);

    [Fact]
    public void A_new_user_is_made_with_its_groups_and_a_second_time_nothing_changes()
    {
        Assert.Equal(new UserImportResult(7, "ana", UserImportAction.Add, "+ops"), _store.Engine.UserImport.Plan(Row("ana", "ops")));
        Assert.Empty(_store.Engine.Users.List(new UserFilter()));
        Assert.Equal(UserImportAction.Add, Apply(Row("ana", "ops")).Action);
        Assert.Equal("Ana Ruiz", _store.Engine.Users.Resolve(new("ana")).DisplayName);
        Assert.Equal("ana", Assert.Single(_store.Engine.UserGroups.Members(new("ops"))).Name);
        Assert.Equal(new UserImportResult(7, "ana", UserImportAction.None, ""), Apply(Row("ANA", "ops")));
        Assert.Equal(2, _store.Events("user.added").Count + _store.Events("usergroup.changed").Count);
        Assert.Empty(_store.Events("user.changed"));
    }

    [Fact]
    public void A_user_that_is_there_is_changed_in_what_the_list_mentions()
    {
        User before = _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana", Comment = "stays", Email = "old@example.com" });
        Assert.Equal("DisplayName, Email, +ops", Apply(Row("ana", "ops")).Detail);
        Assert.Equal(before with { DisplayName = "Ana Ruiz", Email = "ana@example.com" }, _store.Engine.Users.Resolve(new("ana")));
        Assert.Equal("Email", Apply(Row() with { Email = new(true, null) }).Detail);
        Assert.Null(_store.Engine.Users.Resolve(new("ana")).Email);
        Assert.Single(_store.Engine.UserGroups.Members(new("ops")));
    }

    [Fact]
    public void A_line_that_is_wrong_anywhere_changes_nothing()
    {
        foreach (UserImportRow wrong in new[] { Row("ana", "ops", "nobody"), Row("a*"), Row() with { Email = "none" }, Row() with { ValidUntil = _store.Clock.GetUtcNow() } })
        {
            UserImportException error = Assert.Throws<UserImportException>(() => Apply(wrong));
            Assert.StartsWith("Line 7 was not imported: ", error.Message, StringComparison.Ordinal);
            Assert.Throws<UserImportException>(() => _store.Engine.UserImport.Plan(wrong));
        }

        Assert.Empty(_store.Engine.Users.List(new UserFilter()));
        Assert.Empty(_store.Engine.UserGroups.Members(new("ops")));
    }

    [Fact]
    public void Who_is_no_administrator_imports_nobody() => Assert.Throws<NotAuthorizedException>(() => _store.Engine.UserImport.Apply(TempStore.Stranger, Row()));
}
