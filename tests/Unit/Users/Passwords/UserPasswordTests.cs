using System.Text;
using Bastion.Roles;
using Bastion.Users;
using Bastion.Users.Passwords;
using Bastion.Users.SignIn;

namespace Bastion.Unit.Users.Passwords;

public sealed class UserPasswordTests : IDisposable
{
    private static readonly UserReference Ana = new("ana");
    private readonly TempStore _store = new();

    public UserPasswordTests() => _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana" });

    public void Dispose() => _store.Dispose();

    private UserPasswordService Passwords => _store.Engine.UserPasswords;

    private User Set(int number) => Passwords.Set(TempStore.Admin, Ana, Bytes($"Blue kettle {number}"));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private long Secrets => _store.Engine.Context.Database.Read(connection => connection.Scalar<long>("SELECT count(*) FROM secrets WHERE purpose LIKE 'user/%'"));

    [Fact]
    public void A_password_is_set_and_nothing_tells_it()
    {
        Assert.Null(_store.Engine.Users.Resolve(Ana).PasswordSetAt);
        User user = Set(40);
        Assert.Equal(_store.Clock.GetUtcNow(), user.PasswordSetAt);
        Assert.True(user.MustChangePassword);
        Assert.Equal(user, _store.Engine.Users.Resolve(Ana));
        Assert.Single(_store.Events("user.password.set"));
        _store.Engine.Dispose();
        // The hash neither: it is sealed
        foreach (string secret in new[] { "Blue kettle", "argon2id" }) Assert.False(_store.Location.HoldsInClear(secret), secret);
    }

    [Fact]
    public void A_user_is_made_with_a_password_or_not_at_all()
    {
        User bob = _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "bob", Password = Bytes("Blue kettle 42") });
        Assert.True(bob.MustChangePassword);
        Assert.NotNull(bob.PasswordSetAt);
        Assert.Throws<PasswordRefusedException>(() => _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "kettle", Password = Bytes("Blue kettle 42") }));
        Assert.Throws<NameTakenException>(() => _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "Bob", Password = Bytes("Blue kettle 42") }));
        Assert.Equal(["ana", "bob"], _store.Engine.Users.List(new UserFilter()).Select(u => u.Name));
        Assert.Equal(1, Secrets);
    }

    [Fact]
    public void Who_may_not_set_passwords_is_not_told_whether_one_was_right()
    {
        Set(41);
        long eve = _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "eve" }).Id;
        _store.Engine.Roles.Add(TempStore.Admin, new RoleHolder(new UserReference("eve")), Role.Auditor, null);
        Caller auditor = TempStore.Stranger with { Name = "eve", UserId = eve };
        foreach (string guess in new[] { "Blue kettle 41", "Blue kettle 42", "no" })
            Assert.Throws<NotAuthorizedException>(() => _store.Engine.For(auditor).UserPasswords.Set(auditor, Ana, Bytes(guess)));
    }

    [Fact]
    public void The_last_passwords_do_not_come_back()
    {
        _store.Engine.SignInPolicy.Change(TempStore.Admin, new SignInPolicyChange { PasswordHistory = 2 });
        Set(41);
        Set(42);
        Assert.Contains("one of the last 2", Assert.Throws<PasswordRefusedException>(() => Set(42)).Message, StringComparison.Ordinal);
        Assert.Throws<PasswordRefusedException>(() => Set(41));
        Set(43);
        Set(41);
        Assert.Equal(2, Secrets);
    }

    [Fact]
    public void Without_a_history_even_the_present_one_can_be_set_again()
    {
        _store.Engine.SignInPolicy.Change(TempStore.Admin, new SignInPolicyChange { PasswordHistory = 0 });
        Set(41);
        Set(41);
        Assert.Equal(1, Secrets);
    }

    [Fact]
    public void A_change_can_be_required_and_waived()
    {
        Assert.Equal("PasswordMissing", Assert.Throws<PasswordMissingException>(() => Passwords.RequireChange(TempStore.Admin, Ana, true)).Id);
        Set(41);
        Assert.False(Passwords.RequireChange(TempStore.Admin, Ana, false).MustChangePassword);
        Assert.False(_store.Engine.Users.Resolve(Ana).MustChangePassword);
        Passwords.RequireChange(TempStore.Admin, Ana, false);
        Assert.Single(_store.Events("user.password.change"));
    }

    [Fact]
    public void A_password_that_is_taken_away_leaves_nothing()
    {
        Set(41);
        Set(42);
        Assert.Null(Passwords.Remove(TempStore.Admin, Ana).PasswordSetAt);
        Assert.Null(_store.Engine.Users.Resolve(Ana).PasswordSetAt);
        Assert.Equal(0, Secrets);
        Passwords.Remove(TempStore.Admin, Ana);
        Assert.Single(_store.Events("user.password.removed"));
    }

    [Fact]
    public void The_secrets_of_a_user_go_with_the_user()
    {
        Set(41);
        _store.Engine.Users.Remove(TempStore.Admin, Ana);
        Assert.Equal(0, Secrets);
    }

    [Fact]
    public void Who_is_no_administrator_sets_and_takes_none()
    {
        Set(41);
        Assert.Throws<NotAuthorizedException>(() => Passwords.Set(TempStore.Stranger, Ana, Bytes("Blue kettle 42")));
        Assert.Throws<NotAuthorizedException>(() => Passwords.RequireChange(TempStore.Stranger, Ana, false));
        Assert.Throws<NotAuthorizedException>(() => Passwords.Remove(TempStore.Stranger, Ana));
        Assert.Throws<NotAuthorizedException>(() => _store.Engine.Users.Add(TempStore.Stranger, new NewUser { Name = "bob", Password = Bytes("Blue kettle 42") }));
        Assert.Equal(1, Secrets);
    }
}
