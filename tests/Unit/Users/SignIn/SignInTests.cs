using System.Text;
using Bastion.Users;
using Bastion.Users.Locks;
using Bastion.Users.Passwords;
using Bastion.Users.SignIn;

namespace Bastion.Unit.Users.SignIn;

public sealed class SignInTests : IDisposable
{
    private const string Right = "Blue kettle 42";
    private static readonly UserReference Ana = new("ana");
    private readonly TempStore _store = new();

    public SignInTests()
    {
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana", ValidFrom = Now, ValidUntil = Now.AddDays(100) });
        _store.Engine.UserPasswords.Set(TempStore.Admin, Ana, Bytes(Right), mustChange: false);
    }

    public void Dispose() => _store.Dispose();

    private DateTimeOffset Now => _store.Clock.GetUtcNow();

    private User User => _store.Engine.Users.Resolve(Ana);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private SignedIn SignIn(string password = Right, string? newPassword = null, string name = "ana") =>
        _store.Engine.SignIns.SignIn(TempStore.Stranger, new SignInAttempt { Name = name, Password = Bytes(password), NewPassword = newPassword is null ? null : Bytes(newPassword) });

    private string Fails(string password = "wrong", string name = "ana")
    {
        Assert.Throws<SignInFailedException>(() => SignIn(password, name: name));
        return _store.Events("signin.failed")[0].Detail!;
    }

    private void Fail(int times)
    {
        for (int i = 0; i < times; i++) Fails();
    }

    private void Rules(SignInPolicyChange change) => _store.Engine.SignInPolicy.Change(TempStore.Admin, change);

    [Fact]
    public void With_name_and_password_a_user_is_signed_in_as_no_administrator()
    {
        SignedIn signedIn = SignIn(name: "ANA");
        Assert.Equal(User, signedIn.User);
        Assert.Equal(TempStore.Stranger with { Name = "ana", UserId = User.Id }, signedIn.Caller);
        Assert.False(signedIn.Caller.IsAdministrator);
        Assert.Equal(("ana", "stranger"), (_store.Events("signin.succeeded")[0].Subject, _store.Events("signin.succeeded")[0].Caller));
        Assert.Throws<NotAuthorizedException>(() => _store.Engine.Users.Add(signedIn.Caller, new NewUser { Name = "eva" }));
    }

    [Fact]
    public void Whatever_is_wrong_the_answer_is_the_same_and_the_audit_knows_why()
    {
        Assert.Equal("wrong password", Fails());
        string message = Assert.Throws<SignInFailedException>(() => SignIn("wrong")).Message;
        _store.Engine.UserLocks.Lock(TempStore.Admin, Ana);
        Assert.Equal("is locked", Fails(Right));
        Assert.Equal(message, Assert.Throws<SignInFailedException>(() => SignIn()).Message);
        _store.Engine.UserLocks.Unlock(TempStore.Admin, Ana);
        _store.Engine.Users.Change(TempStore.Admin, Ana, new UserChange { ValidUntil = new(true, Now.AddHours(1)), ValidFrom = new(true, Now.AddMinutes(30)) });
        Assert.Equal("is not yet valid", Fails(Right));
        _store.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("is no longer valid", Fails(Right));
        _store.Engine.Users.Change(TempStore.Admin, Ana, new UserChange { ValidUntil = new(true, null) });
        _store.Engine.UserPasswords.Remove(TempStore.Admin, Ana);
        Assert.Equal("has no password", Fails(Right));
        Assert.Equal(message, Assert.Throws<SignInFailedException>(() => SignIn()).Message);
    }

    [Fact]
    public void A_name_that_nobody_has_is_not_kept_because_it_may_be_a_password()
    {
        Assert.Equal("(no such user)", Fails("x", "Blue kettle 42"));
        Assert.Equal("(no such user)", _store.Events("signin.failed")[0].Subject);
        Assert.Equal(Assert.Throws<SignInFailedException>(() => SignIn("wrong")).Message.Replace("ana", "eva", StringComparison.Ordinal), Assert.Throws<SignInFailedException>(() => SignIn("wrong", name: "eva")).Message);
    }

    [Fact]
    public void Too_many_failures_lock_the_user_out_for_a_while_even_with_the_right_password()
    {
        Fail(4);
        Assert.Equal(UserState.Active, User.State);
        Fail(1);
        Assert.Equal(UserState.LockedOut, User.State);
        Assert.Equal((UserLockKind.FailedSignIns, Now.AddMinutes(30)), (User.Lock!.Kind, User.Lock.Until));
        Assert.Contains("5 in a row", _store.Events("user.locked")[0].Detail, StringComparison.Ordinal);
        Assert.Equal("is locked until 2026-11-24 09:30 UTC", Fails(Right));
        _store.Clock.Advance(TimeSpan.FromMinutes(30));
        Fail(4); // the count began anew
        SignIn();
        Assert.Null(User.Lock);
    }

    [Fact]
    public void An_administrator_unlocks_who_is_locked_out()
    {
        Rules(new SignInPolicyChange { LockAfter = 2, LockMinutes = 0 });
        Fail(2);
        _store.Clock.Advance(TimeSpan.FromDays(50));
        Assert.Equal(UserState.LockedOut, User.State);
        _store.Engine.UserLocks.Unlock(TempStore.Admin, Ana);
        Fail(1);
        SignIn();
    }

    [Fact]
    public void A_success_and_enough_time_let_the_count_begin_anew()
    {
        Fail(4);
        SignIn();
        Fail(4);
        _store.Clock.Advance(TimeSpan.FromMinutes(15));
        Fail(4);
        Assert.Equal(UserState.Active, User.State);
    }

    [Fact]
    public void With_a_limit_of_zero_nobody_is_locked_out()
    {
        Rules(new SignInPolicyChange { LockAfter = 0 });
        Fail(7);
        SignIn();
    }

    [Fact]
    public void Many_guesses_at_once_over_several_connections_get_no_more_tries_than_one_after_the_other()
    {
        using Engine other = Engine.Open(_store.Location, _store.Clock);
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Throws<SignInFailedException>(() => (i % 2 == 0 ? _store.Engine : other).SignIns.SignIn(TempStore.Stranger, new SignInAttempt { Name = "ana", Password = Bytes($"guess {i}") })));
        Assert.Equal(5, _store.Events("signin.failed").Count(e => e.Detail == "wrong password"));
        Assert.Equal(24, _store.Events("signin.failed").Count);
        Assert.Single(_store.Events("user.locked"));
        Assert.Equal(UserState.LockedOut, User.State);
    }

    [Fact]
    public void A_password_that_must_be_changed_is_changed_while_signing_in()
    {
        _store.Engine.UserPasswords.RequireChange(TempStore.Admin, Ana, true);
        Assert.Equal("PasswordChangeRequired", Assert.Throws<PasswordChangeRequiredException>(() => SignIn()).Id);
        Assert.Empty(_store.Events("signin.succeeded"));
        Assert.Throws<PasswordRefusedException>(() => SignIn(newPassword: "short"));
        Assert.Throws<PasswordRefusedException>(() => SignIn(newPassword: Right));
        Assert.Throws<SignInFailedException>(() => SignIn("wrong", "Red lantern 7!"));
        Assert.False(SignIn(newPassword: "Red lantern 7!").User.MustChangePassword);
        Assert.Equal("wrong password", Fails(Right));
        SignIn("Red lantern 7!");
    }

    [Fact]
    public void A_password_that_is_too_old_must_be_changed()
    {
        Rules(new SignInPolicyChange { MaxPasswordAgeDays = 30 });
        _store.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        SignIn();
        _store.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Throws<PasswordChangeRequiredException>(() => SignIn());
        SignIn(newPassword: "Red lantern 7!");
        SignIn("Red lantern 7!");
    }

    [Fact]
    public void A_hash_of_an_older_cost_is_made_anew_at_the_next_sign_in()
    {
        _store.Engine.Context.Database.Write(connection => UserPasswordStore.Renew(connection, _store.Engine.Context.Vault, User.Id, PasswordHash.Make(Bytes(Right), new HashCost(64, 1, 1)), Now));
        Assert.Equal("wrong password", Fails());
        Assert.Contains("$m=64,", Kept, StringComparison.Ordinal);
        SignIn();
        Assert.Contains("$m=19456,t=2,p=1$", Kept, StringComparison.Ordinal);
        SignIn();
        Assert.Equal(User.CreatedAt, User.PasswordSetAt);
    }

    [Fact]
    public void Who_is_removed_signs_in_no_more_and_a_namesake_is_somebody_else()
    {
        long id = User.Id;
        _store.Engine.Users.Remove(TempStore.Admin, Ana);
        Assert.Equal("(no such user)", Fails(Right));
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana", Password = Bytes("Red lantern 7!") });
        Assert.Equal("wrong password", Fails(Right));
        Assert.NotEqual(id, SignIn("Red lantern 7!", "Green door 9?").Caller.UserId);
    }

    private string Kept => Encoding.ASCII.GetString(_store.Engine.Context.Database.Read(connection => UserPasswordStore.Hashes(connection, _store.Engine.Context.Vault, User.Id, 1))[0]);
}
