using System.Management.Automation;
using Bastion.Assets;
using Bastion.Credentials.Secrets;

namespace Bastion.PowerShell.Credentials;

/// <summary>Finds out on the assets themselves whether the kept credentials sign in.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BhAssetAccount")]
[OutputType(typeof(CredentialTest))]
public sealed class TestBhAssetAccountCommand : AssetAccountCommand
{
    private protected override async Task WorkAsync(AssetAccount account, CancellationToken stop) =>
        Emit(await Engine.CredentialTests.TestAsync(Caller, account, TimeSpan.FromSeconds(ConnectTimeout), stop));
}
