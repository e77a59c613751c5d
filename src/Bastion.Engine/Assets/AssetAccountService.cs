using System.Security.Cryptography;
using System.Text;
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
        return [.. all.Where(a => (names.Count == 0 || names.Any(p => p.Matches(a.Name)))
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
                Comment = account.Comment,
                CreatedAt = change.Now,
                ChangedAt = change.Now,
            };
            made = made with { Id = AssetAccountStore.Add(change.Connection, made, change.Now) ?? throw new AssetAccountExistsException(made.Name, on.Name, made.Protocol) };
            if (account.Password is not null) Put(change, made.Id, "password", account.Password);
            if (account.PrivateKey is not null) Put(change, made.Id, "key", account.PrivateKey);
            if (account.Passphrase is not null) Put(change, made.Id, "passphrase", account.Passphrase);
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
            AssetAccount changed = old with
            {
                Privileged = update.Privileged ?? old.Privileged,
                Database = update.Database.Or(old.Database),
                Comment = update.Comment.Or(old.Comment),
                HasPassword = update.Password.IsSet ? update.Password.Value is not null : old.HasPassword,
                PrivateKeyFingerprint = update.PrivateKey.IsSet ? key?.Fingerprint : old.PrivateKeyFingerprint,
                ChangedAt = change.Now,
            };
            Replace(change, old.Id, "password", update.Password);
            Replace(change, old.Id, "key", update.PrivateKey);
            // A new key comes with its own passphrase or with none: the old one must not linger.
            Replace(change, old.Id, "passphrase", update.PrivateKey.IsSet ? new ChangeOf<byte[]>(true, update.Passphrase.Value) : update.Passphrase);
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
        RemoveSecrets(change.Connection, account.Id);
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

    internal static string Purpose(long account, string what) => $"asset-account/{account}/{what}";

    internal static void RemoveSecrets(Connection connection, long account)
    {
        foreach (string what in (ReadOnlySpan<string>)["password", "key", "passphrase"]) Vault.SecretStore.Remove(connection, Purpose(account, what));
    }

    private static void Put(Change change, long account, string what, byte[] secret) => change.Vault.Put(change.Connection, Purpose(account, what), secret, change.Now);

    private static void Replace(Change change, long account, string what, ChangeOf<byte[]> update)
    {
        if (!update.IsSet) return;
        if (update.Value is null) Vault.SecretStore.Remove(change.Connection, Purpose(account, what));
        else Put(change, account, what, update.Value);
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

/// <summary>An account to be made. Secrets are UTF-8 bytes; the caller zeroes them afterwards.</summary>
public sealed record NewAssetAccount
{
    /// <summary>The login, as the asset spells it.</summary>
    public required string Name { get; init; }
    /// <summary>One of the asset's protocols; <see langword="null"/>: its first.</summary>
    public string? Protocol { get; init; }
    /// <summary>Whether it may do everything on the asset.</summary>
    public bool Privileged { get; init; }
    /// <summary>Database to log on to.</summary>
    public string? Database { get; init; }
    /// <summary>Password.</summary>
    public byte[]? Password { get; init; }
    /// <summary>Private key, PEM or OpenSSH.</summary>
    public byte[]? PrivateKey { get; init; }
    /// <summary>Passphrase of the private key.</summary>
    public byte[]? Passphrase { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What to change of an account; what is not set stays. Setting a secret to <see langword="null"/> clears it.</summary>
public sealed record AssetAccountChange
{
    /// <summary>Which account, where a login exists for several protocols.</summary>
    public string? Protocol { get; init; }
    /// <summary>Whether it may do everything on the asset.</summary>
    public bool? Privileged { get; init; }
    /// <summary>Database to log on to.</summary>
    public ChangeOf<string> Database { get; init; }
    /// <summary>Password.</summary>
    public ChangeOf<byte[]> Password { get; init; }
    /// <summary>Private key.</summary>
    public ChangeOf<byte[]> PrivateKey { get; init; }
    /// <summary>Passphrase of the private key.</summary>
    public ChangeOf<byte[]> Passphrase { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "(account change)";
}

/// <summary>The asset has the account already.</summary>
/// <param name="name">The account.</param>
/// <param name="asset">The asset.</param>
/// <param name="protocol">The protocol.</param>
public sealed class AssetAccountExistsException(string name, string asset, string protocol) : BastionException("AssetAccountExists", ErrorKind.AlreadyExists, $"{name}@{asset}",
    $"Asset '{asset}' has an account '{name}' for {protocol} already. Change it with Set-BhAssetAccount.");

/// <summary>The asset does not speak the protocol.</summary>
/// <param name="asset">The asset.</param>
/// <param name="protocols">What it speaks.</param>
public sealed class ProtocolMissingException(string asset, string protocols) : BastionException("ProtocolMissing", ErrorKind.InvalidInput, asset,
    $"Asset '{asset}' does not speak that protocol{(protocols.Length == 0 ? "" : $" (it speaks {protocols})")}. Give it ports with Set-BhAsset -Port @{{ SSH = 22 }}.");
