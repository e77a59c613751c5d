using System.Text;
using Bastion.Assets;
using Bastion.Assets.HostKeys;
using Bastion.Credentials.Keys;
using Bastion.Credentials.Secrets;
using Bastion.Credentials.SignIns;
using Bastion.Sessions.Ssh;

namespace Bastion.Credentials.Rotation;

/// <summary>Changes secrets of accounts on their assets, so that the working one is never lost, whenever the process dies.</summary>
public sealed class SecretRotationService
{
    private readonly EngineContext _context;
    private readonly HostKeyService _hostKeys;

    internal SecretRotationService(EngineContext context, HostKeyService hostKeys) => (_context, _hostKeys) = (context, hostKeys);

    /// <summary>Changes a secret, or brings to its end a change that was broken off: then none is started.</summary>
    /// <param name="caller">Who asks; an administrator.</param>
    /// <param name="account">The account.</param>
    /// <param name="request">What and how. A change that was broken off goes on as it was begun.</param>
    /// <param name="stop">Gives up; what was begun stays open.</param>
    /// <returns><see langword="null"/>: there was nothing to resume.</returns>
    /// <exception cref="BastionException">Nothing was changed, or the change stays open: its id tells which.</exception>
    public async Task<SecretChangeResult?> UpdateAsync(Caller caller, AssetAccount account, SecretChangeRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(request);
        (Asset asset, account) = AccountAuthority.Resolve(_context, caller, account);
        using FileStream held = SecretChangeLock.Take(_context.Location, account);
        SecretChange? open = _context.Database.Read(connection => SecretChangeStore.Find(connection, account.Id));
        if (open is null && request.ResumeOnly) return null;
        SecretKind what = open?.What ?? request.Secret ?? Usual(account);
        ISecretChanger changer = ChangerOf(account, what);
        using SecretChangeJob job = Prepare(caller, asset, account, what, open, request);
        SecretChange change = open ?? await BeginAsync(caller, job, request, stop);
        if (open is null) request.OnStep?.Invoke(SecretChangeStep.Sealed);
        await new SecretChangeRun(_context, caller, job, changer, request.OnStep).ToEndAsync(change, open is not null, stop);
        return new SecretChangeResult
        {
            Name = account.Name,
            Asset = account.Asset,
            OwnerAccountId = account.OwnerAccountId,
            Protocol = account.Protocol,
            Secret = what,
            Resumed = open is not null,
            Via = change.Via ?? account.Name,
            Fingerprint = change.NewKey is null ? null : Fingerprints.Of(change.NewKey),
            ChangedAt = _context.Now,
        };
    }

    private static SecretKind Usual(AssetAccount account) => account switch
    {
        { HasPrivateKey: true } => SecretKind.PrivateKey,
        { HasPassword: true } => SecretKind.Password,
        { IsSelf: true } => throw new NothingToChangeException(account.ToString(), "each user logs on with his own."),
        { SharedKey: not null } => throw new NothingToChangeException(account.ToString(), "it logs on with a shared key. Set-BhSharedKey gives that a new private key; -Kind PrivateKey gives the account one of its own."),
        _ => throw new NothingToChangeException(account.ToString(), "none is kept. Keep one with Set-BhAssetAccount, or let a privileged account of the asset set one with -Kind and -Via."),
    };

    private static ISecretChanger ChangerOf(AssetAccount account, SecretKind what) => (account.Protocol, what) switch
    {
        (Protocols.Ssh, SecretKind.Password) => new LinuxPasswordChanger(),
        (Protocols.Ssh, SecretKind.PrivateKey) => new AuthorizedKeysChanger(),
        (Protocols.MySql, SecretKind.Password) => new MySqlPasswordChanger(),
        (Protocols.PostgreSql, SecretKind.Password) => new PostgreSqlPasswordChanger(),
        (_, SecretKind.PrivateKey) => throw new KeyNeedsSshException(account.ToString(), account.Protocol),
        _ => throw new SignInUnsupportedException(account.ToString(), account.Protocol),
    };

    private SecretChangeJob Prepare(Caller caller, Asset asset, AssetAccount account, SecretKind what, SecretChange? open, SecretChangeRequest request)
    {
        string? via = open is null ? request.Via : open.Via;
        AssetAccount? other = via is null || via == account.Name ? null : _context.Database.Read(connection => AssetAccountService.Resolve(connection, asset, via, account.Protocol));
        if (other is { Privileged: false }) throw new NothingToChangeException(account.ToString(), $"'{other}' is not marked as privileged. If it is: Set-BhAssetAccount '{asset.Name}' '{other.Name}' -Privileged $true");
        byte[] secret = open switch
        {
            null when what == SecretKind.Password => request.Rules.Generate(),
            null => NewKey.Ed25519(),
            _ => _context.Database.Read(connection => _context.Vault.Get(connection, AccountSecrets.Purpose(account.Id, NameOf(what, open.Phase))))
                ?? throw new Vault.VaultException("SecretDamaged", account.ToString(), $"The new secret of '{account}' is gone from the vault. Set the right one with Set-BhAssetAccount."),
        };
        var keys = new AssetHostKeys(_hostKeys, caller, asset);
        KeptCredential current = _context.Database.Read(connection => AccountSecrets.Open(connection, _context.Vault, account.Id, account.SharedKeyId, withNew: false));
        return new SecretChangeJob(new SignInTarget(asset, account, keys, request.Timeout), what, current, secret,
            other is null ? null : new SignInTarget(asset, other, keys, request.Timeout), other is null ? null : AccountLogon.Open(_context, caller, other, other.Name));
    }

    private static string NameOf(SecretKind what, SecretChangePhase phase) => (what, phase) switch
    {
        (SecretKind.Password, SecretChangePhase.Pending) => AccountSecrets.NewPassword,
        (SecretKind.Password, _) => AccountSecrets.Password,
        (_, SecretChangePhase.Pending) => AccountSecrets.NewPrivateKey,
        _ => AccountSecrets.PrivateKey,
    };

    // The new secret is on disk before the asset hears of it.
    private async Task<SecretChange> BeginAsync(Caller caller, SecretChangeJob job, SecretChangeRequest request, CancellationToken stop)
    {
        AssetAccount account = job.Target.Account;
        if (job.ViaTarget is null)
        {
            if (job.Old.IsEmpty) throw new NothingToChangeException(account.ToString(), "nothing is kept with which the account could sign in to change it. Let a privileged account of the asset do it with -Via.");
            try
            {
                await SignIn.TryAsync(job.Target, job.Old, stop);
            }
            catch (BastionException e) when (e.Kind == ErrorKind.Authentication)
            {
                throw new SecretNotWorkingException(account.ToString(), e);
            }
        }

        byte[]? oldKey = job.What == SecretKind.Password ? null : OwnKeyOf(job.Current);
        byte[]? newKey = job.What == SecretKind.Password ? null : KeyFacts.Read(job.NewSecret, null).PublicKey;
        var begun = new SecretChange(account.Id, job.What, SecretChangePhase.Pending, job.ViaTarget?.Account.Name, request.AuthorizedKeysFile, oldKey, newKey, _context.Now);
        AccountAuthority.Change(_context, caller, account, change =>
        {
            AccountSecrets.Put(change, account.Id, NameOf(job.What, SecretChangePhase.Pending), job.NewSecret);
            SecretChangeStore.Add(change.Connection, begun, caller.Name);
            change.Audit("secret.change-begun", account.ToString(), account.OwnerAccountId, $"{job.What}{(begun.Via is null ? "" : $", by {begun.Via}")}", after: begun with { OldKey = null, NewKey = null });
        });
        return begun;
    }

    private static byte[]? OwnKeyOf(KeptCredential current) => current.Keys.FirstOrDefault(key => key.Kind == CredentialKind.PrivateKey) is { } own
        ? KeyFacts.Read(own.PrivateKey, own.Passphrase is null ? null : Encoding.UTF8.GetBytes(own.Passphrase)).PublicKey
        : null;
}
