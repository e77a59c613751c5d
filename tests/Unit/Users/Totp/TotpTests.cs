using System.Text;
using Bastion.Audit.Export;
using Bastion.Users;
using Bastion.Users.SignIn;
using Bastion.Users.Totp;
using OtpNet;

namespace Bastion.Unit.Users.Totp;

public sealed class TotpTests : IDisposable
{
    private const string Password = "Blue kettle 42";
    private static readonly UserReference Ana = new("ana");
    private readonly TempStore _store = new();

    public TotpTests()
    {
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana" });
        _store.Engine.UserPasswords.Set(TempStore.Admin, Ana, Bytes(Password), mustChange: false);
    }

    public void Dispose() => _store.Dispose();

    private TotpService Totp => _store.Engine.Totp;

    private User User => _store.Engine.Users.Resolve(Ana);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private SignedIn SignIn(string? code, string password = Password) => _store.Engine.SignIns.SignIn(TempStore.Stranger, new SignInAttempt { Name = "ana", Password = Bytes(password), TotpCode = code });

    private string Fails(string? code, string password = Password)
    {
        Assert.Throws<SignInFailedException>(() => SignIn(code, password));
        return _store.Events("signin.failed")[0].Detail!;
    }

    // The app on the phone: it knows the address and the time.
    private string Code(TotpRegistration registration) =>
        new OtpNet.Totp(Base32Encoding.ToBytes(System.Web.HttpUtility.ParseQueryString(new Uri(registration.Uri).Query)["secret"]!)).ComputeTotp(_store.Clock.GetUtcNow().UtcDateTime);

    private TotpRegistration InUse()
    {
        TotpRegistration registration = Totp.Register(TempStore.Admin, Ana);
        Totp.Confirm(TempStore.Admin, Ana, Code(registration));
        _store.Clock.Advance(TimeSpan.FromSeconds(30));
        return registration;
    }

    [Fact]
    public void A_generator_waits_for_its_first_code()
    {
        TotpRegistration registration = Totp.Register(TempStore.Admin, Ana, "Bastion: EMEA");
        Assert.Equal("otpauth://totp/Bastion%20EMEA:ana", registration.Uri.Split('?')[0]);
        Assert.Matches("[?]secret=[A-Z2-7]{32}&issuer=Bastion%20EMEA&algorithm=SHA1&digits=6&period=30$", registration.Uri);
        Assert.NotNull(User.TotpPendingSince);
        SignIn(null);
        Assert.Equal("TotpCodeWrong", Assert.Throws<TotpException>(() => Totp.Confirm(TempStore.Admin, Ana, "000000")).Id);
        User confirmed = Totp.Confirm(TempStore.Admin, Ana, Code(registration));
        Assert.Equal((_store.Clock.GetUtcNow(), null), (confirmed.TotpSince!.Value, confirmed.TotpPendingSince));
        Assert.Equal("TotpNotPending", Assert.Throws<TotpException>(() => Totp.Confirm(TempStore.Admin, Ana, Code(registration))).Id);
        Assert.Equal(1, _store.Events("user.totp.registered").Count * _store.Events("user.totp.confirmed").Count);
    }

    [Fact]
    public void With_a_generator_in_use_signing_in_takes_its_code()
    {
        TotpRegistration registration = InUse();
        Assert.Equal("no code", Fails(null));
        Assert.Equal("wrong code", Fails("000000"));
        Assert.Equal("wrong password", Fails(Code(registration), "wrong"));
        SignIn(Code(registration)); // a wrong password did not use it up
    }

    [Fact]
    public void A_code_is_good_once_and_so_is_every_earlier_one()
    {
        TotpRegistration registration = Totp.Register(TempStore.Admin, Ana);
        string first = Code(registration);
        Totp.Confirm(TempStore.Admin, Ana, first);
        Assert.Equal("code was used before", Fails(first));
        _store.Clock.Advance(TimeSpan.FromSeconds(30));
        string second = Code(registration);
        _store.Clock.Advance(TimeSpan.FromSeconds(30));
        string third = Code(registration);
        SignIn(third);
        Assert.Equal("code was used before", Fails(third));
        Assert.Equal("code was used before", Fails(second));
    }

    [Fact]
    public void Of_many_sign_ins_at_once_with_one_code_one_succeeds()
    {
        string code = Code(InUse());
        using Engine other = Engine.Open(_store.Location, _store.Clock);
        int succeeded = 0;
        Parallel.For(0, 5, i =>
        {
            try
            {
                (i % 2 == 0 ? _store.Engine : other).SignIns.SignIn(TempStore.Stranger, new SignInAttempt { Name = "ana", Password = Bytes(Password), TotpCode = code });
                Interlocked.Increment(ref succeeded);
            }
            catch (SignInFailedException)
            {
                // All but one
            }
        });
        Assert.Equal(1, succeeded);
    }

    [Fact]
    public void Wrong_codes_count_as_failures()
    {
        TotpRegistration registration = InUse();
        for (int i = 0; i < 5; i++) Fails("000000");
        Assert.Equal(UserState.LockedOut, User.State);
        Assert.StartsWith("is locked", Fails(Code(registration)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_generator_leaves_the_old_one_in_use_until_its_first_code()
    {
        TotpRegistration old = InUse();
        TotpRegistration fresh = Totp.Register(TempStore.Admin, Ana);
        SignIn(Code(old));
        _store.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("wrong code", Fails(Code(fresh)));
        Totp.Confirm(TempStore.Admin, Ana, Code(fresh));
        _store.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("wrong code", Fails(Code(old)));
        SignIn(Code(fresh));
    }

    [Fact]
    public void Where_codes_are_required_the_first_sign_in_puts_a_generator_into_use_and_without_one_nobody_signs_in()
    {
        _store.Engine.SignInPolicy.Change(TempStore.Admin, new SignInPolicyChange { RequireTotp = true });
        Assert.Equal("RequireTotp False → True", _store.Events("signinpolicy.changed")[0].Detail);
        Assert.Equal("has no code generator", Fails(null));
        TotpRegistration registration = Totp.Register(TempStore.Admin, Ana);
        Assert.Equal("no code", Fails(null));
        Assert.Equal("wrong code", Fails("000000"));
        SignIn(Code(registration));
        Assert.NotNull(User.TotpSince);
        Assert.Equal("code was used before", Fails(Code(registration)));
    }

    [Fact]
    public void A_generator_that_is_taken_away_leaves_nothing()
    {
        InUse();
        Totp.Register(TempStore.Admin, Ana);
        Assert.Null(Totp.Remove(TempStore.Admin, Ana).TotpSince);
        Assert.Equal(0, Keys);
        SignIn(null);
        InUse();
        _store.Engine.Users.Remove(TempStore.Admin, Ana);
        Assert.Equal(0, Keys);
    }

    [Fact]
    public void The_key_is_in_the_picture_only_and_the_picture_is_its_owners()
    {
        string path = Path.Combine(_store.Location.Folder, "ana.png");
        TotpRegistration registration = Totp.Register(TempStore.Admin, Ana, picture: path);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Throws<ExportException>(() => Totp.Register(TempStore.Admin, Ana, picture: path));
        Assert.Equal("TotpPictureFormat", Assert.Throws<TotpException>(() => Totp.Register(TempStore.Admin, Ana, picture: path + ".gif")).Id);
        Totp.Confirm(TempStore.Admin, Ana, Code(registration)); // the refused ones changed nothing
        Totp.Register(TempStore.Admin, Ana, picture: path, overwrite: true);
        Assert.DoesNotContain("secret=", registration.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_store.Events("user.totp.registered"), e => e.Detail is not null);
    }

    [Fact]
    public void Who_is_no_administrator_registers_confirms_and_takes_none()
    {
        TotpRegistration registration = Totp.Register(TempStore.Admin, Ana);
        Assert.Throws<NotAuthorizedException>(() => Totp.Register(TempStore.Stranger, Ana));
        Assert.Throws<NotAuthorizedException>(() => Totp.Confirm(TempStore.Stranger, Ana, Code(registration)));
        Assert.Throws<NotAuthorizedException>(() => Totp.Remove(TempStore.Stranger, Ana));
        Assert.NotNull(User.TotpPendingSince);
    }

    private long Keys => _store.Engine.Context.Database.Read(connection => connection.Scalar<long>("SELECT count(*) FROM secrets WHERE purpose LIKE 'user/%/totp%'"));
}
