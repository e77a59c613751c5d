using Bastion.Assets;
using Bastion.Credentials.Certificates;
using Bastion.Credentials.Secrets;
using Bastion.Sessions;
using Bastion.Users;

namespace Bastion.Unit.Credentials;

/// <summary>Log-ons by certificate to a real sshd that trusts the authority and knows no key of the account.</summary>
public sealed class CertificateTests
{
    private static readonly CertificateAuthorityReference Ca = new("ca");

    [Fact]
    public async Task A_host_that_trusts_the_authority_lets_the_account_in_and_names_the_certificate_in_its_log()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using RotationWorld world = World(host, []);
        CredentialTest test = await world.TestAsync();
        Assert.Equal((CredentialState.Works, CredentialKind.Certificate), (test.State, test.Credential));
        Assert.Contains("ID bastion:tester:app@box (serial 1) CA ED25519 " + world.Engine.CertificateAuthorities.Resolve(Ca).Fingerprint, host.Log, StringComparison.Ordinal);
        await world.TestAsync();
        Assert.Equal((2, 1), (world.Engine.CertificateAuthorities.Resolve(Ca).LastSerial, world.Engine.CertificateAuthorities.Resolve(Ca).Accounts));
        Assert.Equal("certificate", world.Account().Credential);
    }

    [Fact]
    public async Task Sessions_log_on_with_a_certificate_and_self_as_the_user()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using RotationWorld world = World(host, []);
        world.Engine.AssetAccounts.Add(TempStore.Admin, RotationWorld.Asset, new NewAssetAccount { Name = "self", CertificateAuthority = Ca });
        world.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "free" });
        world.Engine.Grants.Add(TempStore.Admin, new UserReference("free"), RotationWorld.Asset, ["self"], null, null);
        CommandResult result = await world.Engine.Sessions.ExecAsync(TempStore.Admin, new SessionRequest { Asset = RotationWorld.Asset, User = new UserReference("free") },
            new CommandRequest { Command = "id -un" }, CancellationToken.None);
        Assert.Equal(["free"], result.Output);
    }

    [Fact]
    public async Task A_certificate_is_good_from_the_addresses_of_its_authority_only()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using RotationWorld elsewhere = World(host, ["203.0.113.0/24"]);
        Assert.Equal(CredentialState.Refused, (await elsewhere.TestAsync()).State);
        using RotationWorld here = World(host, ["127.0.0.0/8", "203.0.113.0/24"]);
        Assert.Equal(CredentialState.Works, (await here.TestAsync()).State);
    }

    [Fact]
    public async Task A_host_that_does_not_trust_the_authority_lets_nobody_in()
    {
        await using LinuxHost host = await LinuxHost.StartAsync();
        using RotationWorld world = World(host, []);
        host.TrustAuthority(host.ClientLine);
        Assert.Equal(CredentialState.Refused, (await world.TestAsync()).State);
    }

    [Fact]
    public void An_authority_in_use_stays()
    {
        using var store = new TempStore();
        store.Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "box", OwnerAccountId = "1", PrivateAddress = "127.0.0.1" });
        store.Engine.CertificateAuthorities.Add(TempStore.Admin, "ca", TimeSpan.FromMinutes(5), [], null);
        store.Engine.AssetAccounts.Add(TempStore.Admin, RotationWorld.Asset, new NewAssetAccount { Name = "app", CertificateAuthority = Ca });
        Assert.Throws<CertificateAuthorityInUseException>(() => store.Engine.CertificateAuthorities.Remove(TempStore.Admin, Ca));
        store.Engine.AssetAccounts.Change(TempStore.Admin, RotationWorld.Asset, "app", new AssetAccountChange { CertificateAuthority = new(true, null) });
        store.Engine.CertificateAuthorities.Remove(TempStore.Admin, Ca);
        Assert.Empty(store.Engine.CertificateAuthorities.List());
    }

    [Theory]
    [InlineData(0, "10.0.0.1")]
    [InlineData(1441, "10.0.0.1")]
    [InlineData(5, "bastion.example.com")]
    public void Rules_that_make_no_sense_are_refused(int minutes, string source)
    {
        using var store = new TempStore();
        Assert.Throws<InvalidCertificateRuleException>(() => store.Engine.CertificateAuthorities.Add(TempStore.Admin, "ca", TimeSpan.FromMinutes(minutes), [source], null));
    }

    private static RotationWorld World(LinuxHost host, string[] sources)
    {
        var world = new RotationWorld(Protocols.Ssh, host.Port);
        host.TrustAuthority(world.Engine.CertificateAuthorities.Add(TempStore.Admin, "ca", TimeSpan.FromMinutes(5), sources, null).PublicKey);
        world.Engine.AssetAccounts.Add(TempStore.Admin, RotationWorld.Asset, new NewAssetAccount { Name = "app", CertificateAuthority = Ca });
        return world;
    }
}
