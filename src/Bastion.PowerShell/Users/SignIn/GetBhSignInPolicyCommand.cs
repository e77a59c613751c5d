using System.Management.Automation;
using Bastion.Users.SignIn;

namespace Bastion.PowerShell.Users.SignIn;

/// <summary>Tells the store's rules for signing in: passwords, and what failures lead to.</summary>
[Cmdlet(VerbsCommon.Get, "BhSignInPolicy")]
[OutputType(typeof(SignInPolicy))]
public sealed class GetBhSignInPolicyCommand : EngineCommand
{
    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        Emit(Engine.SignInPolicy.Get());
        return Task.CompletedTask;
    }
}
