using Bastion.Assets;
using Bastion.Users;

namespace Bastion.Grants;

/// <summary>The right of a user to use accounts on an asset. Grants add up; nothing is ever denied by one.</summary>
public sealed record Grant
{
    /// <summary>Stable id.</summary>
    public long Id { get; init; }
    /// <summary>Id of the user.</summary>
    public required long UserId { get; init; }
    /// <summary>Name of the user.</summary>
    public required string User { get; init; }
    /// <summary>Id of the asset.</summary>
    public required long AssetId { get; init; }
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Every account of the asset is granted, later ones too; <see cref="Accounts"/> is empty then.</summary>
    public bool AllAccounts { get; init; }
    /// <summary>Logins that are granted. None, and not <see cref="AllAccounts"/>: the asset is granted, with no account yet.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
    /// <summary>Not valid before; <see langword="null"/>: from the beginning.</summary>
    public DateTimeOffset? ValidFrom { get; init; }
    /// <summary>Not valid from then on; <see langword="null"/>: until revoked.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
    /// <summary>When it was first granted.</summary>
    public DateTimeOffset GrantedAt { get; init; }
    /// <summary>Who granted it.</summary>
    public required string GrantedBy { get; init; }

    internal Validity Validity => new(ValidFrom, ValidUntil);

    internal string Given => AllAccounts ? "all accounts" : Accounts.Count == 0 ? "no account yet" : string.Join(", ", Accounts);

    /// <inheritdoc/>
    public override string ToString() => $"{User} → {Asset}";
}

/// <summary>Which grants; what is not set does not narrow.</summary>
public sealed record GrantFilter
{
    /// <summary>On this asset.</summary>
    public AssetReference? Asset { get; init; }
    /// <summary>To this user.</summary>
    public UserReference? User { get; init; }
    /// <summary>On assets of these accounts; several add up.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
}

/// <summary>What came of granting.</summary>
/// <param name="Grant">The grant as it is now.</param>
/// <param name="Changed">Whether anything is granted that was not before.</param>
/// <param name="Warning">What the administrator may not expect; <see langword="null"/>: nothing.</param>
public sealed record GrantResult(Grant Grant, bool Changed, string? Warning);

/// <summary>Whether a user may use an account on an asset.</summary>
/// <param name="Granted">Yes or no.</param>
/// <param name="Reason">Why, as half a sentence with its full stop: <c>the grant ended at 2026-11-24 09:00 UTC.</c></param>
/// <param name="GrantId">The grant that allows it; <see langword="null"/> when none does.</param>
public sealed record GrantCheck(bool Granted, string Reason, long? GrantId);

/// <summary>The user has no such grant.</summary>
/// <param name="user">The user.</param>
/// <param name="asset">The asset.</param>
/// <param name="account">The account that was asked for; <see langword="null"/>: any.</param>
/// <param name="granted">What is granted instead, for people; <see langword="null"/>: nothing.</param>
public sealed class GrantNotFoundException(string user, string asset, string? account, string? granted) : BastionException("GrantNotFound", ErrorKind.NotFound, $"{user} → {asset}",
    granted is null ? $"User '{user}' has no grant on '{asset}'. Get-BhAssetGrant -User '{user}' lists what is granted."
        : $"User '{user}' is granted {granted} on '{asset}', but not '{account}'. Get-BhAssetGrant '{asset}' -User '{user}' shows it. Nothing was revoked.");

/// <summary>One account can't be taken out of a grant of all accounts.</summary>
/// <param name="user">The user.</param>
/// <param name="asset">The asset.</param>
public sealed class GrantOfAllAccountsException(string user, string asset) : BastionException("GrantOfAllAccounts", ErrorKind.Conflict, $"{user} → {asset}",
    $"User '{user}' is granted all accounts of '{asset}', later ones too; single ones can't be taken out. Revoke the whole grant (without -Account), then grant the accounts that should stay.");
