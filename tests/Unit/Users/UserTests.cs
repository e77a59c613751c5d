using Bastion.Users;

namespace Bastion.Unit.Users;

public sealed class UserTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    private UserService Users => _store.Engine.Users;

    private DateTimeOffset Now => _store.Clock.GetUtcNow();

    private User Add(string name) => Users.Add(TempStore.Admin, new NewUser { Name = name });

    private static string Fails<T>(Action work) where T : BastionException => Assert.Throws<T>(work).Id;

    [Fact]
    public void A_user_is_made_with_all_that_is_said_and_read_back_the_same()
    {
        User made = Users.Add(TempStore.Admin, new NewUser
        {
            Name = " ana ",
            DisplayName = "Ana Ruiz",
            Email = "ana@example.com",
            Comment = "on call",
            ValidFrom = new DateTimeOffset(2026, 11, 24, 10, 0, 0, 0, 500, TimeSpan.FromHours(2)),
            ValidUntil = Now.AddDays(30),
        });
        Assert.Equal("ana", made.Name);
        Assert.Equal(made, Users.Resolve(new UserReference("ANA")));
        Assert.Equal(made, Users.Resolve(new UserReference(made.Id)));
        Assert.Equal(made, Users.Resolve(new UserReference(made)));
        Assert.Equal(Now, made.CreatedAt);
        Assert.Equal("ana", Assert.Single(_store.Events("user.added")).Subject);
    }

    [Fact]
    public void Without_a_display_name_a_user_is_shown_by_name() => Assert.Equal("bob", Add("bob").DisplayName);

    [Fact]
    public void Users_are_listed_by_name_and_wildcard()
    {
        Add("cid");
        Add("Bob");
        Add("ana");
        Assert.Equal(["ana", "Bob", "cid"], Users.List(new UserFilter()).Select(u => u.Name));
        Assert.Equal(["Bob"], Users.List(new UserFilter { Names = [new NamePattern("b*")] }).Select(u => u.Name));
    }

    [Theory]
    [InlineData("ANA")]
    [InlineData("аna")] // Cyrillic а
    public void A_name_that_is_taken_or_looks_so_is_refused(string twin)
    {
        Add("ana");
        Assert.Equal("NameTaken", Fails<NameTakenException>(() => Add(twin)));
        Assert.Single(Users.List(new UserFilter()));
        Assert.Single(_store.Events("user.added"));
    }

    [Fact]
    public void A_name_that_is_not_there_offers_the_nearest()
    {
        Add("anabel");
        var e = Assert.Throws<UserNotFoundException>(() => Users.Resolve(new UserReference("anable")));
        Assert.Equal("UserNotFound", e.Id);
        Assert.Contains("'anabel'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_validity_ends_after_it_begins(int minutes) => Assert.Equal("InvalidValidity",
        Fails<InvalidValidityException>(() => Users.Add(TempStore.Admin, new NewUser { Name = "ana", ValidFrom = Now.AddDays(1), ValidUntil = Now.AddDays(1).AddMinutes(minutes) })));

    [Fact]
    public void A_new_user_whose_time_is_over_is_refused() =>
        Assert.Equal("InvalidValidity", Fails<InvalidValidityException>(() => Users.Add(TempStore.Admin, new NewUser { Name = "ana", ValidUntil = Now })));

    [Theory]
    [InlineData("ana")]
    [InlineData("ana@")]
    [InlineData("a@b@c")]
    [InlineData("ana @example.com")]
    [InlineData("<ana@example.com>")]
    [InlineData("ana@exa\u202Emple.com")]
    public void What_is_no_email_address_is_refused(string email) =>
        Assert.Equal("InvalidEmail", Fails<InvalidEmailException>(() => Users.Add(TempStore.Admin, new NewUser { Name = "ana", Email = email })));

    [Fact]
    public void A_display_name_that_hides_something_is_refused() =>
        Assert.Equal("InvalidName", Fails<InvalidNameException>(() => Users.Add(TempStore.Admin, new NewUser { Name = "ana", DisplayName = "Ana\u001B[2J" })));

    [Fact]
    public void A_user_is_active_from_the_first_moment_to_just_before_the_last()
    {
        User user = Users.Add(TempStore.Admin, new NewUser { Name = "ana", ValidFrom = Now.AddHours(1), ValidUntil = Now.AddHours(2) });
        Assert.Equal(UserState.NotYetValid, user.StateAt(Now.AddHours(1).AddMilliseconds(-1)));
        Assert.Equal(UserState.Active, user.StateAt(Now.AddHours(1)));
        Assert.Equal(UserState.Active, user.StateAt(Now.AddHours(2).AddMilliseconds(-1)));
        Assert.Equal(UserState.Expired, user.StateAt(Now.AddHours(2)));
        _store.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(UserState.Active, Users.Resolve(new UserReference("ana")).State);
    }

    [Fact]
    public void A_change_sets_what_it_mentions_and_leaves_the_rest()
    {
        User made = Users.Add(TempStore.Admin, new NewUser { Name = "ana", DisplayName = "Ana", Email = "ana@example.com", Comment = "x" });
        User changed = Users.Change(TempStore.Admin, new UserReference("ana"), new UserChange
        {
            Name = "ana.ruiz",
            Email = new ChangeOf<string>(true, null),
            ValidUntil = new ChangeOf<DateTimeOffset?>(true, Now),
        });
        Assert.Equal(made with { Name = "ana.ruiz", Email = null, ValidUntil = Now, State = UserState.Expired }, changed);
        Assert.Equal(changed, Users.Resolve(new UserReference("ana.ruiz")));
        Assert.Equal(UserState.Expired, changed.StateAt(Now));
        Assert.Contains("was called ana", Assert.Single(_store.Events("user.changed")).Detail!, StringComparison.Ordinal);
        Assert.Null(Users.Change(TempStore.Admin, new UserReference(made), new UserChange { ValidUntil = new ChangeOf<DateTimeOffset?>(true, null) }).ValidUntil);
    }

    [Fact]
    public void A_change_that_changes_nothing_is_no_event()
    {
        Add("ana");
        Users.Change(TempStore.Admin, new UserReference("ana"), new UserChange { DisplayName = "ana" });
        Assert.Empty(_store.Events("user.changed"));
    }

    [Fact]
    public void A_rename_to_a_taken_name_changes_nothing()
    {
        Add("ana");
        Add("bob");
        Assert.Throws<NameTakenException>(() => Users.Change(TempStore.Admin, new UserReference("ana"), new UserChange { Name = "Bob", Comment = "x" }));
        Assert.Null(Users.Resolve(new UserReference("ana")).Comment);
        Assert.Equal("Ana", Users.Change(TempStore.Admin, new UserReference("ana"), new UserChange { Name = "Ana" }).Name);
    }

    [Fact]
    public void The_id_of_a_removed_user_is_never_given_to_another()
    {
        User gone = Add("ana");
        Users.Remove(TempStore.Admin, new UserReference(gone));
        Assert.NotEqual(gone.Id, Add("bob").Id);
        Assert.Throws<UserNotFoundException>(() => Users.Resolve(new UserReference(gone)));
        Assert.Single(_store.Events("user.removed"));
    }

    [Fact]
    public void Who_is_no_administrator_changes_nothing()
    {
        Add("ana");
        Assert.Throws<NotAuthorizedException>(() => Users.Add(TempStore.Stranger, new NewUser { Name = "bob" }));
        Assert.Throws<NotAuthorizedException>(() => Users.Change(TempStore.Stranger, new UserReference("ana"), new UserChange { Comment = "x" }));
        Assert.Throws<NotAuthorizedException>(() => Users.Remove(TempStore.Stranger, new UserReference("ana")));
        Assert.Equal(["ana"], Users.List(new UserFilter()).Select(u => u.Name));
    }
}
