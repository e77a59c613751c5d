namespace Bastion.Users.Totp;

/// <summary>Checks the code of a sign-in, in the transaction that decides on it: a code is good once.</summary>
internal static class TotpCheck
{
    /// <summary>Why a code does not do, for the audit; <see langword="null"/>: it does, and is used up.</summary>
    /// <param name="change">The transaction.</param>
    /// <param name="user">Who signs in.</param>
    /// <param name="code">What was given.</param>
    /// <param name="isRequired">Whether nobody signs in without a code.</param>
    internal static string? WhyWrong(Change change, User user, string? code, bool isRequired)
    {
        bool isInUse = user.TotpSince is not null;
        if (!isInUse && !isRequired) return null;
        byte[]? key = TotpStore.Key(change.Connection, change.Vault, user.Id, pending: !isInUse);
        if (key is null) return "has no code generator";
        try
        {
            if (string.IsNullOrEmpty(code)) return "no code";
            if (TotpCodes.Match(key, code, change.Now) is not { } step) return "wrong code";
            if (isInUse) return TotpStore.UseStep(change.Connection, user.Id, step) ? null : "code was used before";
            // The first code, given at the door, puts the generator into use.
            TotpStore.Confirm(change, user.Id, key, step);
            change.Audit("user.totp.confirmed", user.Name);
            return null;
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
        }
    }
}
