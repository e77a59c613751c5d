namespace Bastion.Credentials.Keys;

/// <summary>A private key that several asset accounts log on with.</summary>
public sealed record SharedKey
{
    /// <summary>How long before its end a key counts as expiring.</summary>
    public static TimeSpan ReminderAhead { get; } = TimeSpan.FromDays(14);

    /// <summary>Stable id; never given to another key.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>E.g. <c>ssh-ed25519</c>.</summary>
    public required string KeyType { get; init; }
    /// <summary>SHA256 fingerprint of the public half, as ssh prints it.</summary>
    public required string Fingerprint { get; init; }
    /// <summary>The public half: a line for the authorized_keys files of the accounts that use it.</summary>
    public required string PublicKey { get; init; }
    /// <summary>When it should be replaced; <see langword="null"/>: never. A reminder: an expired key still logs on.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>The accounts that use it, as <c>login@asset</c>.</summary>
    public IReadOnlyList<string> UsedBy { get; init; } = [];
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>When it was made known.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>What to say about its end at a time; <see langword="null"/>: nothing.</summary>
    public string? ReminderAt(DateTimeOffset now) => ExpiresAt is not { } end || end - now > ReminderAhead ? null
        : $"Shared key '{Name}' {(end <= now ? "expired" : "expires")} on {end:yyyy-MM-dd}. Give it a new private key with Set-BhSharedKey, or a later date with -ExpiresAt.";

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A shared key by name or itself.</summary>
public sealed class SharedKeyReference
{
    /// <summary>By name.</summary>
    public SharedKeyReference(string name) => Name = name;

    /// <summary>Itself.</summary>
    public SharedKeyReference(SharedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        (Name, Id) = (key.Name, key.Id);
    }

    /// <summary>The name; for people when <see cref="Id"/> is there.</summary>
    public string Name { get; }

    /// <summary>The id, where known.</summary>
    public long? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>No such shared key.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class SharedKeyNotFoundException(string name, string? near = null) : BastionException("SharedKeyNotFound", ErrorKind.NotFound, name,
    $"No shared key is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhSharedKey lists them; New-BhSharedKey makes one.");

/// <summary>Accounts use the shared key.</summary>
/// <param name="name">The key.</param>
/// <param name="usedBy">The accounts.</param>
public sealed class SharedKeyInUseException(string name, IReadOnlyList<string> usedBy) : BastionException("SharedKeyInUse", ErrorKind.Conflict, name,
    $"Shared key '{name}' is used by {string.Join(", ", usedBy.Take(5))}{(usedBy.Count > 5 ? $" and {usedBy.Count - 5} more" : "")}. Give them another with Set-BhAssetAccount, or take it from them with -Force: they then log on with what else is kept for them.");
