using Bastion.Store;
using Bastion.Vault;

namespace Bastion.Users.Totp;

/// <summary>The code generator in a user's row; its key is sealed in the vault.</summary>
internal static class TotpStore
{
    private const string Clear = "UPDATE users SET totp_since = NULL, totp_pending_since = NULL, totp_last_step = NULL WHERE id = $user";
    private const string Enter = "UPDATE users SET totp_since = $now, totp_pending_since = NULL, totp_last_step = $step WHERE id = $user";
    // The comparison is in the statement: of two sign-ins with one code only the first finds it unused.
    private const string Use = "UPDATE users SET totp_last_step = $step WHERE id = $user AND (totp_last_step IS NULL OR totp_last_step < $step)";

    internal static byte[]? Key(Connection connection, SecretVault vault, long user, bool pending) => vault.Get(connection, Purpose(user, pending));

    /// <summary>Keeps a key that waits for its first code; one that is in use stays in use until then.</summary>
    internal static void PutPending(Change change, long user, byte[] key)
    {
        change.Vault.Put(change.Connection, Purpose(user, pending: true), key, change.Now);
        change.Connection.Execute("UPDATE users SET totp_pending_since = $now WHERE id = $user", ("$user", user), ("$now", change.Now));
    }

    /// <summary>Puts the key that waited into use.</summary>
    internal static void Confirm(Change change, long user, byte[] key, long step)
    {
        change.Vault.Put(change.Connection, Purpose(user, pending: false), key, change.Now);
        SecretStore.Remove(change.Connection, Purpose(user, pending: true));
        change.Connection.Execute(Enter, ("$user", user), ("$now", change.Now), ("$step", step));
    }

    /// <returns>Whether the codes of the step were not used before.</returns>
    internal static bool UseStep(Connection connection, long user, long step) => connection.Execute(Use, ("$user", user), ("$step", step)) > 0;

    internal static void Remove(Connection connection, long user)
    {
        SecretStore.Remove(connection, Purpose(user, pending: true));
        SecretStore.Remove(connection, Purpose(user, pending: false));
        connection.Execute(Clear, ("$user", user));
    }

    private static string Purpose(long user, bool pending) => $"user/{user}/totp{(pending ? "-pending" : "")}";
}
