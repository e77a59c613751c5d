using System.Text;
using Bastion.Assets;
using Bastion.Credentials.Rotation;
using Bastion.Credentials.Secrets;

namespace Bastion.Unit.Credentials;

/// <summary>Secrets changed on a real Linux host.</summary>
public sealed class LinuxRotationTests
{
    private static NewAssetAccount WithPassword(string name, bool privileged = false) => new() { Name = name, Password = LinuxHost.Password.ToUtf8(), Privileged = privileged };

    [Theory]
    [InlineData(null)]
    [InlineData("root")]
    [InlineData("boss")]
    [InlineData("free")]
    public async Task A_password_is_changed_by_the_account_itself_or_by_a_privileged_one(string? via)
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using var world = new RotationWorld(Protocols.Ssh, host.Port, [WithPassword("app"), .. via is null ? [] : new[] { WithPassword(via, privileged: true) }]);
        string before = host.Shadow.Split('\n').Single(l => l.StartsWith("app:", StringComparison.Ordinal));
        SecretChangeResult result = (await world.UpdateAsync(new SecretChangeRequest { Via = via }))!;
        Assert.Equal((SecretKind.Password, false, via ?? "app"), (result.Secret, result.Resumed, result.Via));
        Assert.DoesNotContain(before, host.Shadow, StringComparison.Ordinal);
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
        string secret = world.Secret("password")!;
        Assert.NotEqual(LinuxHost.Password, secret);
        Assert.False(world.HoldsInClear(secret));
        Assert.DoesNotContain(secret, host.Log, StringComparison.Ordinal);
        Assert.False(world.Account().SecretChangeOpen);
        Assert.NotNull(world.Account().SecretChangedAt);
        if (via is not null) Assert.Equal(CredentialState.Works, (await world.TestAsync(via)).State);
    }

    [Fact]
    public async Task Root_changes_its_own_password()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using var world = new RotationWorld(Protocols.Ssh, host.Port, WithPassword("root"));
        await world.UpdateAsync(name: "root");
        Assert.Equal(CredentialState.Works, (await world.TestAsync("root")).State);
        Assert.NotEqual(LinuxHost.Password, world.Secret("password", "root"));
    }

    [Fact]
    public async Task A_password_that_the_host_refuses_leaves_the_old_one()
    {
        await using LinuxHost host = await LinuxHost.StartAsync("chage -m 10 app; chage -d $(date +%F) app");
        using var world = new RotationWorld(Protocols.Ssh, host.Port, WithPassword("app"));
        await Assert.ThrowsAsync<SecretChangeRefusedException>(() => world.UpdateAsync());
        Assert.Equal((LinuxHost.Password, null), (world.Secret("password"), world.Secret("new-password")));
        Assert.False(world.Account().SecretChangeOpen);
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
    }

    [Fact]
    public async Task A_secret_that_does_not_work_is_not_replaced_by_the_account_itself()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using var world = new RotationWorld(Protocols.Ssh, host.Port, new NewAssetAccount { Name = "app", Password = "wrong"u8.ToArray() }, WithPassword("root", privileged: true));
        await Assert.ThrowsAsync<SecretNotWorkingException>(() => world.UpdateAsync());
        Assert.False(world.Account().SecretChangeOpen);
        await world.UpdateAsync(new SecretChangeRequest { Via = "root" });
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
    }

    [Fact]
    public async Task A_helper_that_may_not_help_leaves_everything_as_it_was()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using var world = new RotationWorld(Protocols.Ssh, host.Port, new NewAssetAccount { Name = "boss", Password = "wrong"u8.ToArray() }, WithPassword("app", privileged: true));
        await Assert.ThrowsAsync<SecretChangeRefusedException>(() => world.UpdateAsync(new SecretChangeRequest { Via = "app" }, "boss"));
        Assert.Equal(("wrong", null, false), (world.Secret("password", "boss"), world.Secret("new-password", "boss"), world.Account("boss").SecretChangeOpen));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("boss")]
    [InlineData("root")]
    public async Task A_key_is_replaced_with_its_options_and_all_other_lines_stay(string? via)
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        const string Foreign = "# caf\xe9, left alone\r\nfrom=\"10.0.0.0/8\" ssh-rsa AAAAB3NzaC1yc2E= somebody else\n\n";
        byte[] text = Encoding.Latin1.GetBytes(Foreign + "no-pty,environment=\"X=ssh-rsa y\" " + host.ClientLine + "\n# end");
        await File.WriteAllBytesAsync(host.AuthorizedKeys, text);
        using var world = new RotationWorld(Protocols.Ssh, host.Port, [new NewAssetAccount { Name = "app", PrivateKey = host.ClientKey }, .. via is null ? [] : new[] { WithPassword(via, privileged: true) }]);
        string before = world.Account().PrivateKeyFingerprint!;
        string facts = Facts(host);
        SecretChangeResult result = (await world.UpdateAsync(new SecretChangeRequest { Via = via }))!;
        Assert.Equal(SecretKind.PrivateKey, result.Secret);
        Assert.Equal(result.Fingerprint, world.Account().PrivateKeyFingerprint);
        Assert.NotEqual(before, result.Fingerprint);
        string after = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(host.AuthorizedKeys));
        Assert.StartsWith(Foreign + "no-pty,environment=\"X=ssh-rsa y\" ssh-ed25519 ", after, StringComparison.Ordinal);
        Assert.EndsWith(" bastion:app\n# end", after, StringComparison.Ordinal);
        Assert.DoesNotContain(host.ClientLine.Split(' ')[1], after, StringComparison.Ordinal);
        Assert.Equal(facts, Facts(host));
        Assert.Equal([Path.GetFileName(host.AuthorizedKeys)], Directory.GetFiles(Path.GetDirectoryName(host.AuthorizedKeys)!).Select(f => Path.GetFileName(f)));
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
    }

    [Fact]
    public async Task An_account_with_a_password_gets_a_key()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        Directory.Delete(Path.GetDirectoryName(host.AuthorizedKeys)!, recursive: true);
        using var world = new RotationWorld(Protocols.Ssh, host.Port, WithPassword("app"));
        await world.UpdateAsync(new SecretChangeRequest { Secret = SecretKind.PrivateKey });
        CredentialTest test = await world.TestAsync();
        Assert.Equal((CredentialState.Works, CredentialKind.PrivateKey, "key, password"), (test.State, test.Credential, world.Account().Credential));
    }

    [Fact]
    public async Task A_key_in_a_file_that_the_host_does_not_read_is_taken_out_again()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using var world = new RotationWorld(Protocols.Ssh, host.Port, new NewAssetAccount { Name = "app", PrivateKey = host.ClientKey });
        string before = world.Account().PrivateKeyFingerprint!;
        await Assert.ThrowsAsync<SecretChangeRefusedException>(() => world.UpdateAsync(new SecretChangeRequest { AuthorizedKeysFile = ".ssh/elsewhere" }));
        Assert.Equal("", await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(host.AuthorizedKeys)!, "elsewhere")));
        Assert.Equal((before, false), (world.Account().PrivateKeyFingerprint, world.Account().SecretChangeOpen));
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
    }

    [Fact]
    public async Task Two_do_not_change_one_secret_at_once()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using var world = new RotationWorld(Protocols.Ssh, host.Port, WithPassword("app"));
        SecretChangeRunningException? second = null;
        await world.UpdateAsync(new SecretChangeRequest
        {
            OnStep = step => second ??= Assert.Throws<SecretChangeRunningException>(() => world.UpdateAsync().GetAwaiter().GetResult()),
        });
        Assert.NotNull(second);
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
    }

    private static string Facts(LinuxHost host)
    {
        using var stat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%a %U:%G", host.AuthorizedKeys]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return stat.StandardOutput.ReadToEnd();
    }
}
