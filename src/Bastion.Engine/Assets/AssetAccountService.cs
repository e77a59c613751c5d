using Bastion.Credentials.Certificates;
using Bastion.Credentials.Keys;
using Bastion.Credentials.Secrets;
using Bastion.Store;

namespace Bastion.Assets;

/// <summary>Logins on assets and their secrets. Secrets go in; only a session gets them out.</summary>
public sealed class AssetAccountService
{
    private readonly EngineContext _context;

    internal AssetAccountService(EngineContext context) => _context = context;

    /// <summary>Accounts of one asset, or of all, by asset and name.</summary>
    public IReadOnlyList<AssetAccount> List(AssetReference? asset, IReadOnlyList<NamePattern> names, IReadOnlyList<string> ownerAccountIds)
    {
        IReadOnlyList<AssetAccount> all = _context.Database.Read(connection => asset is null
            ? AssetAccountStore.List(connection, ownerAccountIds is [string only] ? only : null)
            : AssetAccountStore.ListOfAsset(connection, AssetStore.Resolve(connection, asset).Id));
        return [.. all.Where(a => names.Fit(a.Name)
            && (ownerAccountIds.Count == 0 || ownerAccountIds.Contains(a.OwnerAccountId, StringComparer.Ordinal)))];
    }

    /// <summary>One account of an asset.</summary>
    /// <exception cref="BastionException">No such asset or account.</exception>
    public AssetAccount Resolve(AssetReference asset, string name, string? protocol = null) =>
        _context.Database.Read(connection => Resolve(connection, AssetStore.Resolve(connection, asset), name, protocol));

    /// <summary>Makes an account.</summary>
    /// <exception cref="BastionException">No such asset, the account is there already, the protocol or the key is bad. Nothing was changed then.</exception>
    public AssetAccount Add(Caller caller, AssetReference asset, NewAssetAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        KeyFacts? key = account.PrivateKey is null ? null : KeyFacts.Read(account.PrivateKey, account.Passphrase);
        return _context.ChangeOwned(caller, change =>
        {
            Asset on = AssetStore.Resolve(change.Connection, asset);
            change.Authorize(on.OwnerAccountId, asset.Name);
            SharedKey? shared = account.SharedKey is null ? null : SharedKeyStore.Resolve(change.Connection, account.SharedKey);
            CertificateAuthority? authority = account.CertificateAuthority is null ? null : CertificateAuthorityStore.Resolve(change.Connection, account.CertificateAuthority);
            var made = new AssetAccount
            {
                Name = CheckLogin(account.Name),
                AssetId = on.Id,
                Asset = on.Name,
                OwnerAccountId = on.OwnerAccountId,
                Protocol = CheckProtocol(on, account.Protocol),
                Privileged = account.Privileged,
                Database = account.Database,
                HasPassword = account.Password is not null,
                PrivateKeyFingerprint = key?.Fingerprint,
                AuthorityId = authority?.Id,
                CertificateAuthority = authority?.Name,
                SharedKeyId = shared?.Id,
                SharedKey = shared?.Name,
                Comment = account.Comment,
                CreatedAt = change.Now,
                ChangedAt = change.Now,
            };
            CheckCredential(made);
            made = made with { Id = AssetAccountStore.Add(change.Connection, made, change.Now) ?? throw new AssetAccountExistsException(made.Name, on.Name, made.Protocol) };
            if (account.Password is not null) AccountSecrets.Put(change, made.Id, AccountSecrets.Password, account.Password);
            if (account.PrivateKey is not null) AccountSecrets.Put(change, made.Id, AccountSecrets.PrivateKey, account.PrivateKey);
            if (account.Passphrase is not null) AccountSecrets.Put(change, made.Id, AccountSecrets.Passphrase, account.Passphrase);
            change.Audit("account.added", made.ToString(), on.OwnerAccountId, $"{made.Protocol}, credential: {made.Credential}", after: made);
            return made;
        });
    }

    /// <summary>Changes an account; a secret can be set or cleared, the account stays.</summary>
    /// <exception cref="BastionException">No such account, or the key is bad. Nothing was changed then.</exception>
    public AssetAccount Change(Caller caller, AssetReference asset, string name, AssetAccountChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        KeyFacts? key = update.PrivateKey.Value is { } pem ? KeyFacts.Read(pem, update.Passphrase.Value) : null;
        return _context.ChangeOwned(caller, change =>
        {
            AssetAccount old = Resolve(change, asset, name, update.Protocol);
            SharedKey? shared = update.SharedKey.Value is { } reference ? SharedKeyStore.Resolve(change.Connection, reference) : null;
            CertificateAuthority? authority = update.CertificateAuthority.Value is { } named ? CertificateAuthorityStore.Resolve(change.Connection, named) : null;
            AssetAccount changed = old with
            {
                Privileged = update.Privileged ?? old.Privileged,
                Database = update.Database.Or(old.Database),
                Comment = update.Comment.Or(old.Comment),
                HasPassword = update.Password.IsSet ? update.Password.Value is not null : old.HasPassword,
                PrivateKeyFingerprint = update.PrivateKey.IsSet ? key?.Fingerprint : old.PrivateKeyFingerprint,
                AuthorityId = update.CertificateAuthority.IsSet ? authority?.Id : old.AuthorityId,
                CertificateAuthority = update.CertificateAuthority.IsSet ? authority?.Name : old.CertificateAuthority,
                SharedKeyId = update.SharedKey.IsSet ? shared?.Id : old.SharedKeyId,
                SharedKey = update.SharedKey.IsSet ? shared?.Name : old.SharedKey,
                ChangedAt = change.Now,
            };
            CheckCredential(changed);
            AccountSecrets.Replace(change, old.Id, AccountSecrets.Password, update.Password);
            AccountSecrets.Replace(change, old.Id, AccountSecrets.PrivateKey, update.PrivateKey);
            // A new key comes with its own passphrase or with none: the old one must not linger.
            AccountSecrets.Replace(change, old.Id, AccountSecrets.Passphrase, update.PrivateKey.IsSet ? new ChangeOf<byte[]>(true, update.Passphrase.Value) : update.Passphrase);
            if (update.Password.IsSet || update.PrivateKey.IsSet || update.Passphrase.IsSet || update.SharedKey.IsSet || update.CertificateAuthority.IsSet)
            {
                CredentialTestStore.Remove(change.Connection, old.Id);
                changed = changed with { SignIn = null, SignInReason = null, TestedAt = null };
            }

            AssetAccountStore.Change(change.Connection, changed, change.Now);
            change.Audit("account.changed", changed.ToString(), changed.OwnerAccountId, $"credential: {changed.Credential}{(update.Password.IsSet || update.PrivateKey.IsSet || update.Passphrase.IsSet ? ", set anew" : "")}", old, changed);
            return changed;
        });
    }

    /// <summary>Removes an account with its secrets and the grants on it.</summary>
    /// <exception cref="BastionException">No such account.</exception>
    public AssetAccount Remove(Caller caller, AssetReference asset, string name, string? protocol = null) => _context.ChangeOwned(caller, change =>
    {
        AssetAccount account = Resolve(change, asset, name, protocol);
        AccountSecrets.Remove(change.Connection, account.Id);
        AssetAccountStore.Remove(change.Connection, account.Id);
        change.Audit("account.removed", account.ToString(), account.OwnerAccountId, before: account);
        return account;
    });

    private static AssetAccount Resolve(Change change, AssetReference reference, string name, string? protocol)
    {
        Asset asset = AssetStore.Resolve(change.Connection, reference);
        change.Authorize(asset.OwnerAccountId, reference.Name);
        return Resolve(change.Connection, asset, name, protocol);
    }

    internal static AssetAccount Resolve(Connection connection, Asset asset, string name, string? protocol)
    {
        IReadOnlyList<AssetAccount> all = AssetAccountStore.ListOfAsset(connection, asset.Id);
        return all.FirstOrDefault(a => a.Name == name && (protocol is null || a.Protocol.Equals(protocol, StringComparison.OrdinalIgnoreCase)))
            ?? throw new AssetAccountNotFoundException(name, asset.Name, Names.Nearest(name, all.Select(a => a.Name)));
    }

    private static void CheckCredential(AssetAccount account)
    {
        if (account.IsSelf && (account.SharedKey is not null || account.HasPrivateKey || account.HasPassword)) throw new SelfAccountException(account.Asset);
        if (account.Protocol != Protocols.Ssh && (account.CertificateAuthority is not null || account.SharedKey is not null || account.HasPrivateKey)) throw new KeyNeedsSshException(account.ToString(), account.Protocol);
    }

    private static string CheckProtocol(Asset asset, string? protocol)
    {
        if (protocol is null) return asset.Ports.Keys.FirstOrDefault() ?? throw new ProtocolMissingException(asset.Name, asset.Protocols);
        return asset.Ports.Keys.FirstOrDefault(p => p.Equals(protocol, StringComparison.OrdinalIgnoreCase)) ?? throw new ProtocolMissingException(asset.Name, asset.Protocols);
    }

    /// <exception cref="InvalidNameException">It can't be a login.</exception>
    internal static string CheckLogin(string? name)
    {
        string login = (name ?? "").Trim();
        if (login.Length is 0 or > Names.MaxLength || login.EnumerateRunes().Any(r => Printable.IsHidden(r)) || login.AsSpan().IndexOfAny("*?`") >= 0)
            throw new InvalidNameException("account", Printable.Escape(name), "a login name has no hidden or wildcard characters");
        return login;
    }
}
