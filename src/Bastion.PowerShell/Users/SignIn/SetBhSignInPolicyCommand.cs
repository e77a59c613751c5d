using System.Management.Automation;
using Bastion.Users.SignIn;

namespace Bastion.PowerShell.Users.SignIn;

/// <summary>Changes the store's rules for signing in; what is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "BhSignInPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(SignInPolicy))]
public sealed class SetBhSignInPolicyCommand : EngineCommand
{
    /// <summary>After how many failed sign-ins in a row a user is locked out, 0 to 999; 0: never.</summary>
    [Parameter]
    public int? LockAfter { get; set; }

    /// <summary>For how many minutes, 0 to 10080; 0: until Unlock-BhUser.</summary>
    [Parameter]
    public int? LockMinutes { get; set; }

    /// <summary>How many minutes after the last failure the count begins anew, 1 to 10080.</summary>
    [Parameter]
    public int? CountMinutes { get; set; }

    /// <summary>Fewest characters of a password, 8 to 128.</summary>
    [Parameter]
    public int? MinPasswordLength { get; set; }

    /// <summary>Of how many kinds (lower case, upper case, digits, others) its characters must be, 1 to 4.</summary>
    [Parameter]
    public int? MinPasswordClasses { get; set; }

    /// <summary>How many passwords, the present one included, can't be chosen again, 0 to 24.</summary>
    [Parameter]
    public int? PasswordHistory { get; set; }

    /// <summary>After how many days a password has to be changed, 0 to 3650; 0: never.</summary>
    [Parameter]
    public int? MaxPasswordAgeDays { get; set; }

    /// <summary>Whether nobody signs in without a code. Register-BhUserTotp makes generators; the first sign-in with a code puts one into use.</summary>
    [Parameter]
    public bool? RequireTotp { get; set; }

    /// <summary>Emit the rules.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Engine.Location.Folder, "Change the rules for signing in")) return;
        SignInPolicy policy = Engine.SignInPolicy.Change(Caller, new SignInPolicyChange
        {
            LockAfter = LockAfter,
            LockMinutes = LockMinutes,
            CountMinutes = CountMinutes,
            MinPasswordLength = MinPasswordLength,
            MinPasswordClasses = MinPasswordClasses,
            PasswordHistory = PasswordHistory,
            MaxPasswordAgeDays = MaxPasswordAgeDays,
            RequireTotp = RequireTotp,
        });
        if (PassThru) Emit(policy);
    }
}
