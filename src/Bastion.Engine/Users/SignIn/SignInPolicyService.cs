namespace Bastion.Users.SignIn;

/// <summary>The store's rules for signing in.</summary>
public sealed class SignInPolicyService
{
    private readonly EngineContext _context;

    internal SignInPolicyService(EngineContext context) => _context = context;

    /// <summary>The rules that hold now.</summary>
    public SignInPolicy Get() => _context.Database.Read(SignInPolicyStore.Read);

    /// <summary>Changes rules. Passwords that are there stay, whatever the new rules say.</summary>
    /// <exception cref="InvalidSignInPolicyException">A number is out of its range. Nothing was changed then.</exception>
    public SignInPolicy Change(Caller caller, SignInPolicyChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _context.Change(caller, change =>
        {
            SignInPolicy before = SignInPolicyStore.Read(change.Connection);
            SignInPolicy after = update.Of(before).Check();
            if (after == before) return before;
            SignInPolicyStore.Put(change.Connection, after);
            change.Audit("signinpolicy.changed", "sign-in", detail: after.Compare(before));
            return after;
        });
    }
}
