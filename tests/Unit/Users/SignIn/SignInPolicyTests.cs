using Bastion.Users.SignIn;

namespace Bastion.Unit.Users.SignIn;

public sealed class SignInPolicyTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    private SignInPolicyService Rules => _store.Engine.SignInPolicy;

    [Fact]
    public void A_new_store_has_rules()
    {
        Assert.Equal(new SignInPolicy(), Rules.Get());
        Assert.Equal(5, Rules.Get().LockAfter);
    }

    [Fact]
    public void A_change_sets_what_it_mentions_and_tells_the_audit_before_and_after()
    {
        SignInPolicy changed = Rules.Change(TempStore.Admin, new SignInPolicyChange { LockAfter = 3, MinPasswordLength = 16 });
        Assert.Equal(new SignInPolicy { LockAfter = 3, MinPasswordLength = 16 }, changed);
        Assert.Equal(changed, Rules.Get());
        Assert.Equal("LockAfter 5 → 3, MinPasswordLength 12 → 16", Assert.Single(_store.Events("signinpolicy.changed")).Detail);
        SignInPolicy all = new() { LockAfter = 0, LockMinutes = 0, CountMinutes = 1, MinPasswordLength = 8, MinPasswordClasses = 4, PasswordHistory = 24, MaxPasswordAgeDays = 90 };
        Rules.Change(TempStore.Admin, new SignInPolicyChange { LockAfter = 0, LockMinutes = 0, CountMinutes = 1, MinPasswordLength = 8, MinPasswordClasses = 4, PasswordHistory = 24, MaxPasswordAgeDays = 90 });
        Assert.Equal(all, _store.Reopen().SignInPolicy.Get());
        Rules.Change(TempStore.Admin, new SignInPolicyChange { LockAfter = 0 });
        Assert.Equal(2, _store.Events("signinpolicy.changed").Count);
    }

    public static TheoryData<SignInPolicyChange> Wrong { get; } =
    [
        new SignInPolicyChange { LockAfter = -1 }, new SignInPolicyChange { LockAfter = 1000 }, new SignInPolicyChange { LockMinutes = -1 }, new SignInPolicyChange { CountMinutes = 0 },
        new SignInPolicyChange { MinPasswordLength = 7 }, new SignInPolicyChange { MinPasswordLength = 129 }, new SignInPolicyChange { MinPasswordClasses = 5 },
        new SignInPolicyChange { PasswordHistory = 25 }, new SignInPolicyChange { MaxPasswordAgeDays = -1 },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_number_out_of_its_range_is_refused_and_changes_nothing(SignInPolicyChange change)
    {
        Assert.Equal("InvalidSignInPolicy", Assert.Throws<InvalidSignInPolicyException>(() => Rules.Change(TempStore.Admin, change with { PasswordHistory = change.PasswordHistory ?? 3 })).Id);
        Assert.Equal(new SignInPolicy(), Rules.Get());
    }

    [Fact]
    public void Who_is_no_administrator_changes_nothing() => Assert.Throws<NotAuthorizedException>(() => Rules.Change(TempStore.Stranger, new SignInPolicyChange { LockAfter = 0 }));
}
