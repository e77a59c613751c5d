using Bastion.Credentials.Certificates;
using Bastion.Credentials.Secrets;

namespace Bastion.Assets;

/// <summary>With what an account logs on.</summary>
internal static class AccountLogon
{
    /// <summary>Opens what is kept, best first: certificate (made for this log-on), shared key, key, password. The caller disposes it.</summary>
    /// <param name="context">The store.</param>
    /// <param name="caller">Who logs on.</param>
    /// <param name="account">The account.</param>
    /// <param name="login">The name that the asset is told; the only one that a certificate is good for.</param>
    /// <returns>Empty when nothing is kept.</returns>
    /// <exception cref="Vault.VaultException">A secret was altered.</exception>
    internal static KeptCredential Open(EngineContext context, Caller caller, AssetAccount account, string login)
    {
        KeptCredential kept = context.Database.Read(connection => AccountSecrets.Open(connection, context.Vault, account.Id, account.SharedKeyId));
        return account.AuthorityId is { } authority
            ? kept with { Keys = [CertificateAuthorityService.Issue(context, caller, authority, login, account.Asset, account.OwnerAccountId), .. kept.Keys] }
            : kept;
    }
}
