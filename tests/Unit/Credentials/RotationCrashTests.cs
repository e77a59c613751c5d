using Bastion.Assets;
using Bastion.Credentials.Rotation;
using Bastion.Credentials.Secrets;

namespace Bastion.Unit.Credentials;

/// <summary>A process that changes a secret is killed (SIGKILL) at each step; the account stays usable, and the next run settles the change.</summary>
public sealed class RotationCrashTests
{
    public static TheoryData<SecretKind, SecretChangeStep> Steps()
    {
        var all = new TheoryData<SecretKind, SecretChangeStep>();
        foreach (SecretKind what in Enum.GetValues<SecretKind>())
        {
            foreach (SecretChangeStep step in Enum.GetValues<SecretChangeStep>()) all.Add(what, step);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Killed_at_any_step_the_working_secret_is_kept_and_the_next_run_settles_it(SecretKind what, SecretChangeStep step)
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using var world = new RotationWorld(Protocols.Ssh, host.Port, what == SecretKind.Password
            ? new NewAssetAccount { Name = "app", Password = LinuxHost.Password.ToUtf8() }
            : new NewAssetAccount { Name = "app", PrivateKey = host.ClientKey });
        await world.KilledAtAsync(step, what);
        Assert.Equal(step != SecretChangeStep.Cleaned, world.Account().SecretChangeOpen);
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);

        SecretChangeResult? resumed = await world.UpdateAsync(new SecretChangeRequest { ResumeOnly = true });
        Assert.Equal(step != SecretChangeStep.Cleaned, resumed?.Resumed == true);
        Assert.False(world.Account().SecretChangeOpen);
        CredentialTest after = await world.TestAsync();
        Assert.Equal((CredentialState.Works, null), (after.State, after.Reason));
        Assert.Equal((null, null), (world.Secret("new-password"), world.Secret("new-key")));
        if (what == SecretKind.Password) Assert.NotEqual(LinuxHost.Password, world.Secret("password"));
        else Assert.DoesNotContain(host.ClientLine.Split(' ')[1], await File.ReadAllTextAsync(host.AuthorizedKeys), StringComparison.Ordinal);
    }
}
