using System.Security.Cryptography;
using Bastion.Store;
using Bastion.Vault;

namespace Bastion.Credentials.Keys;

/// <summary>Private keys that several accounts log on with.</summary>
public sealed class SharedKeyService
{
    private readonly EngineContext _context;

    internal SharedKeyService(EngineContext context) => _context = context;

    /// <summary>All that fit, by name.</summary>
    public IReadOnlyList<SharedKey> List(NamePattern? name = null) =>
        [.. _context.Database.Read(SharedKeyStore.All).Where(key => name?.Matches(key.Name) != false)];

    /// <summary>The key that a reference means.</summary>
    /// <exception cref="SharedKeyNotFoundException">There is none.</exception>
    public SharedKey Resolve(SharedKeyReference reference) => _context.Database.Read(connection => SharedKeyStore.Resolve(connection, reference));

    /// <summary>What to say about a key's end now; <see langword="null"/>: nothing.</summary>
    public string? ReminderOf(SharedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.ReminderAt(_context.Now);
    }

    /// <summary>Keeps a key, or makes one.</summary>
    /// <exception cref="BastionException">The name is taken or bad, or the key can't be read. Nothing was changed then.</exception>
    public SharedKey Add(Caller caller, NewSharedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[]? made = key.PrivateKey is null ? NewKey.Ed25519() : null;
        try
        {
            KeyFacts facts = KeyFacts.Read(key.PrivateKey ?? made!, key.PrivateKey is null ? null : key.Passphrase);
            return _context.Change(caller, change =>
            {
                string name = Names.Check("shared key", key.Name);
                RefuseTwin(change.Connection, name, null);
                long id = SharedKeyStore.Add(change.Connection, new SharedKey
                {
                    Name = name,
                    KeyType = facts.KeyType,
                    Fingerprint = facts.Fingerprint,
                    PublicKey = "",
                    ExpiresAt = key.ExpiresAt,
                    Comment = key.Comment,
                    ChangedAt = change.Now,
                }, facts.PublicKey);
                Keep(change, id, key.PrivateKey ?? made!, made is null ? key.Passphrase : null);
                SharedKey added = SharedKeyStore.Resolve(change.Connection, new SharedKeyReference(name));
                change.Audit("sharedkey.added", name, detail: $"{facts.KeyType} {facts.Fingerprint}{(made is null ? "" : ", made here")}", after: added);
                return added;
            });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(made);
        }
    }

    /// <summary>Changes a key; a new private key holds for every account that uses it.</summary>
    /// <exception cref="BastionException">No such key, the name is taken, or the private key can't be read. Nothing was changed then.</exception>
    public SharedKey Change(Caller caller, SharedKeyReference reference, SharedKeyChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        KeyFacts? facts = update.PrivateKey is null ? null : KeyFacts.Read(update.PrivateKey, update.Passphrase);
        return _context.Change(caller, change =>
        {
            SharedKey old = SharedKeyStore.Resolve(change.Connection, reference);
            SharedKey changed = old with
            {
                Name = update.Name is null ? old.Name : Names.Check("shared key", update.Name),
                KeyType = facts?.KeyType ?? old.KeyType,
                Fingerprint = facts?.Fingerprint ?? old.Fingerprint,
                ExpiresAt = update.ExpiresAt.Or(old.ExpiresAt),
                Comment = update.Comment.Or(old.Comment),
                ChangedAt = change.Now,
            };
            RefuseTwin(change.Connection, changed.Name, old.Name);
            SharedKeyStore.Change(change.Connection, changed, facts?.PublicKey);
            if (update.PrivateKey is not null) Keep(change, old.Id, update.PrivateKey, update.Passphrase);
            change.Audit("sharedkey.changed", changed.Name, detail: $"{(changed.Name == old.Name ? "" : $"was called {old.Name}; ")}{old.Fingerprint}{(facts is null ? "" : $" → {facts.Fingerprint}")}", before: old, after: changed);
            return SharedKeyStore.Resolve(change.Connection, new SharedKeyReference(changed));
        });
    }

    /// <summary>Removes a key.</summary>
    /// <param name="caller">Who removes it.</param>
    /// <param name="reference">Which.</param>
    /// <param name="force">Takes it from the accounts that use it; without, such a key stays.</param>
    /// <exception cref="SharedKeyInUseException">Accounts use it.</exception>
    public SharedKey Remove(Caller caller, SharedKeyReference reference, bool force) => _context.Change(caller, change =>
    {
        SharedKey key = SharedKeyStore.Resolve(change.Connection, reference);
        if (key.UsedBy.Count > 0 && !force) throw new SharedKeyInUseException(key.Name, key.UsedBy);
        SharedKeyStore.Detach(change.Connection, key.Id, change.Now);
        SharedKeyStore.Remove(change.Connection, key.Id);
        SecretStore.Remove(change.Connection, Purpose(key.Id, "key"));
        SecretStore.Remove(change.Connection, Purpose(key.Id, "passphrase"));
        change.Audit("sharedkey.removed", key.Name, detail: key.UsedBy.Count == 0 ? key.Fingerprint : $"{key.Fingerprint}, taken from {string.Join(", ", key.UsedBy)}", before: key);
        return key;
    });

    internal static string Purpose(long key, string what) => $"shared-key/{key}/{what}";

    private static void Keep(Change change, long id, byte[] key, byte[]? passphrase)
    {
        change.Keep(Purpose(id, "key"), key);
        change.Keep(Purpose(id, "passphrase"), passphrase);
    }

    private static void RefuseTwin(Connection connection, string name, string? own) => Names.RefuseTwin("shared key", name, own, key => SharedKeyStore.IsTaken(connection, key));
}

/// <summary>A shared key to be kept. Secrets are UTF-8 bytes; the caller zeroes them afterwards.</summary>
public sealed record NewSharedKey
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Private key, PEM or OpenSSH; <see langword="null"/>: a new ed25519 key is made.</summary>
    public byte[]? PrivateKey { get; init; }
    /// <summary>Passphrase of the private key.</summary>
    public byte[]? Passphrase { get; init; }
    /// <summary>When it should be replaced.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What to change of a shared key; what is not set stays.</summary>
public sealed record SharedKeyChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>New private key.</summary>
    public byte[]? PrivateKey { get; init; }
    /// <summary>Passphrase of the new private key.</summary>
    public byte[]? Passphrase { get; init; }
    /// <summary>When it should be replaced.</summary>
    public ChangeOf<DateTimeOffset?> ExpiresAt { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "(shared key change)";
}
