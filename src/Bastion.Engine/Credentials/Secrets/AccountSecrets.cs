using Bastion.Credentials.Keys;
using Bastion.Store;
using Bastion.Vault;

namespace Bastion.Credentials.Secrets;

/// <summary>What the vault keeps for asset accounts: by which purposes, and in which order it is tried.</summary>
internal static class AccountSecrets
{
    internal const string Password = "password";
    internal const string PrivateKey = "key";
    internal const string Passphrase = "passphrase";

    // A new secret that is on its way to the asset.
    internal const string NewPassword = "new-password";
    internal const string NewPrivateKey = "new-key";

    private static readonly string[] All = [Password, PrivateKey, Passphrase, NewPassword, NewPrivateKey];

    internal static string Purpose(long account, string what) => $"asset-account/{account}/{what}";

    internal static void Put(Change change, long account, string what, byte[] secret) => change.Keep(Purpose(account, what), secret);

    internal static void Replace(Change change, long account, string what, ChangeOf<byte[]> update)
    {
        if (update.IsSet) change.Keep(Purpose(account, what), update.Value);
    }

    internal static void Remove(Connection connection, long account)
    {
        foreach (string what in All) SecretStore.Remove(connection, Purpose(account, what));
    }

    /// <summary>Opens what is kept, best first: shared key, key, password. The caller disposes it.</summary>
    /// <param name="connection">To the store.</param>
    /// <param name="vault">Opens the seals.</param>
    /// <param name="account">The account.</param>
    /// <param name="sharedKey">Its shared key.</param>
    /// <param name="withNew">Also secrets that are on their way to the asset: one of the two works, whichever step a change was broken off at.</param>
    /// <returns>Empty when nothing is kept.</returns>
    /// <exception cref="VaultException">A secret was altered.</exception>
    internal static KeptCredential Open(Connection connection, SecretVault vault, long account, long? sharedKey, bool withNew = true)
    {
        var keys = new List<KeptKey>(3);
        if (sharedKey is { } shared && vault.Get(connection, SharedKeyService.Purpose(shared, "key")) is { } common)
            keys.Add(new KeptKey(CredentialKind.SharedKey, common, vault.GetText(connection, SharedKeyService.Purpose(shared, "passphrase"))));
        if (vault.Get(connection, Purpose(account, PrivateKey)) is { } own)
            keys.Add(new KeptKey(CredentialKind.PrivateKey, own, vault.GetText(connection, Purpose(account, Passphrase))));
        if (withNew && vault.Get(connection, Purpose(account, NewPrivateKey)) is { } coming) keys.Add(new KeptKey(CredentialKind.PrivateKey, coming, null));
        return new KeptCredential(keys, vault.GetText(connection, Purpose(account, Password))) { NewPassword = withNew ? vault.GetText(connection, Purpose(account, NewPassword)) : null };
    }
}
