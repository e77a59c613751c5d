using Bastion.Assets;
using Bastion.Credentials.Certificates;
using Bastion.Credentials.Keys;
using Bastion.Credentials.Rotation;

namespace Bastion.Unit.Roles;

/// <summary>With what accounts log on.</summary>
internal static partial class Operations
{
    private static IEnumerable<Operation> Credentials()
    {
        yield return new("SharedKeyService.List(name)", Open.ToWhoLooksAtAnything, a => WithSharedKey(a) is not null && a.Engine.SharedKeys.List().Count == 1);
        yield return new("SharedKeyService.Resolve(reference)", Open.ToWhoLooksAtAnything, a => Do(a.Engine.SharedKeys.Resolve(WithSharedKey(a))));
        yield return new("SharedKeyService.ReminderOf(key)", Open.ToEverybody, a => Do(a.Engine.SharedKeys.ReminderOf(a.World.Engine.SharedKeys.Resolve(WithSharedKey(a)))));
        yield return new("SharedKeyService.Add(key)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.SharedKeys.Add(a.Caller, new NewSharedKey { Name = "fleet" })), Changes: true);
        yield return new("SharedKeyService.Change(reference, update)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.SharedKeys.Change(a.Caller, WithSharedKey(a), new SharedKeyChange { Name = "new" })));
        yield return new("SharedKeyService.Remove(reference, force)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.SharedKeys.Remove(a.Caller, WithSharedKey(a), force: false)));
        yield return new("CertificateAuthorityService.List(name)", Open.ToWhoLooksAtAnything, a => WithAuthority(a) is not null && a.Engine.CertificateAuthorities.List().Count == 1);
        yield return new("CertificateAuthorityService.Resolve(reference)", Open.ToWhoLooksAtAnything, a => Do(a.Engine.CertificateAuthorities.Resolve(WithAuthority(a))));
        yield return new("CertificateAuthorityService.Add(name, validity, sourceAddresses, comment)", Open.ToAdministratorsOfEverything,
            a => Do(a.Engine.CertificateAuthorities.Add(a.Caller, "users", TimeSpan.FromMinutes(5), [], null)), Changes: true);
        yield return new("CertificateAuthorityService.Remove(reference)", Open.ToAdministratorsOfEverything, a => Do(a.Engine.CertificateAuthorities.Remove(a.Caller, WithAuthority(a))));
        // Nothing listens there: that is what the outcome says.
        yield return new("CredentialTestService.TestAsync(account, timeout)", Open.ToAdministratorsOfTheAccount, a => Wait(a.Engine.CredentialTests.TestAsync(a.Caller, Root(a), TimeSpan.FromSeconds(5), default)), Changes: true);
        yield return new("SecretRotationService.UpdateAsync(account, request)", Open.ToAdministratorsOfTheAccount,
            a => Wait(a.Engine.SecretRotation.UpdateAsync(a.Caller, Root(a), new SecretChangeRequest { Timeout = TimeSpan.FromSeconds(5) }, default)));
    }

    // The account as somebody may have got hold of it: who may change it is decided on what the store has.
    private static AssetAccount Root(Attempt a) => a.World.Engine.AssetAccounts.Resolve(a.Asset, "root") with { OwnerAccountId = RoleWorld.Account("own") };

    private static SharedKeyReference WithSharedKey(Attempt a) => new(a.World.Engine.SharedKeys.Add(TempStore.Admin, new NewSharedKey { Name = "fleet" }));

    private static CertificateAuthorityReference WithAuthority(Attempt a) => new(a.World.Engine.CertificateAuthorities.Add(TempStore.Admin, "users", TimeSpan.FromMinutes(5), [], null));
}
