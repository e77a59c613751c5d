using Bastion.Audit.Export;
using OtpNet;

namespace Bastion.Users.Totp;

/// <summary>Code generators (TOTP) of users. A new one is in use from its first code on.</summary>
public sealed class TotpService
{
    private const string Issuer = "Bastion";
    private readonly EngineContext _context;

    internal TotpService(EngineContext context) => _context = context;

    /// <summary>Makes a new generator for a user. One that is in use stays in use until the new one's first code.</summary>
    /// <param name="caller">Who registers.</param>
    /// <param name="reference">For whom.</param>
    /// <param name="issuer">What the app shows beside the user's name; <see langword="null"/>: Bastion.</param>
    /// <param name="picture">A file for the QR code, PNG or SVG by its ending, that only its owner may read; <see langword="null"/>: none.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="BastionException">No such user, or the file can't be written.</exception>
    public TotpRegistration Register(Caller caller, UserReference reference, string? issuer = null, string? picture = null, bool overwrite = false)
    {
        if (picture is not null) TotpException.CheckPicture(picture);
        string shown = Names.Check("issuer", issuer ?? Issuer).Replace(":", "", StringComparison.Ordinal);
        byte[] key = TotpCodes.NewKey();
        try
        {
            return _context.Change(caller, change =>
            {
                User user = UserStore.Resolve(change.Connection, reference);
                var registration = new TotpRegistration(user.Name, Address(shown, user.Name, key));
                TotpStore.PutPending(change, user.Id, key);
                change.Audit("user.totp.registered", user.Name);
                // Last: a picture without its generator would be of no use, and the reverse neither.
                if (picture is not null) PrivateFile.Write(picture, registration.Picture(picture), overwrite);
                return registration;
            });
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Puts the generator that waits into use, with its first code.</summary>
    /// <exception cref="BastionException">No such user, none waits, or the code is wrong.</exception>
    public User Confirm(Caller caller, UserReference reference, string code) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        byte[] key = TotpStore.Key(change.Connection, change.Vault, user.Id, pending: true) ?? throw TotpException.NotPending(user.Name);
        long step = TotpCodes.Match(key, code, change.Now) ?? throw TotpException.WrongCode(user.Name);
        TotpStore.Confirm(change, user.Id, key, step);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
        change.Audit("user.totp.confirmed", user.Name);
        return UserStore.Resolve(change.Connection, new UserReference(user)).At(change.Now);
    });

    /// <summary>Takes a user's generator away, in use or waiting. Who has none stays as he is.</summary>
    /// <exception cref="UserNotFoundException">There is none.</exception>
    public User Remove(Caller caller, UserReference reference) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        TotpStore.Remove(change.Connection, user.Id);
        if (user.TotpSince is not null || user.TotpPendingSince is not null) change.Audit("user.totp.removed", user.Name);
        return (user with { TotpSince = null, TotpPendingSince = null }).At(change.Now);
    });

    private static string Address(string issuer, string user, byte[] key) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(user)}?secret={Base32Encoding.ToString(key).TrimEnd('=')}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={TotpCodes.Digits}&period={TotpCodes.Seconds}";
}
