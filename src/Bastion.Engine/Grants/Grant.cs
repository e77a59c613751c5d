using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.Grants;

/// <summary>The right of a user, or of a group of users, to use accounts on an asset, or on a group of assets. Grants add up; nothing is ever denied by one.</summary>
public sealed record Grant
{
    /// <summary>Stable id.</summary>
    public long Id { get; init; }
    /// <summary>Id of the user; <see langword="null"/> when it is to a group.</summary>
    public long? UserId { get; init; }
    /// <summary>Name of the user.</summary>
    public string? User { get; init; }
    /// <summary>Id of the group of users; <see langword="null"/> when it is to a user.</summary>
    public long? UserGroupId { get; init; }
    /// <summary>Name of the group of users.</summary>
    public string? UserGroup { get; init; }
    /// <summary>Id of the asset; <see langword="null"/> when it is on a group.</summary>
    public long? AssetId { get; init; }
    /// <summary>Name of the asset.</summary>
    public string? Asset { get; init; }
    /// <summary>Id of the group of assets; <see langword="null"/> when it is on an asset.</summary>
    public long? AssetGroupId { get; init; }
    /// <summary>Name of the group of assets.</summary>
    public string? AssetGroup { get; init; }
    /// <summary>The account that owns the asset; <see langword="null"/> for a group, whose assets may have several owners.</summary>
    public string? OwnerAccountId { get; init; }
    /// <summary>Every account is granted, later ones too; <see cref="Accounts"/> is empty then.</summary>
    public bool AllAccounts { get; init; }
    /// <summary>Logins that are granted; on a group by name, whether they exist already or not. None, and not <see cref="AllAccounts"/>: granted, with no account yet.</summary>
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
    public override string ToString() => $"{User ?? $"{UserGroup} (group)"} → {Asset ?? $"{AssetGroup} (group)"}";
}

/// <summary>Which grants; what is not set does not narrow.</summary>
public sealed record GrantFilter
{
    /// <summary>That reach this asset, directly or through its groups.</summary>
    public AssetReference? Asset { get; init; }
    /// <summary>On this group of assets.</summary>
    public AssetGroupReference? AssetGroup { get; init; }
    /// <summary>That reach this user, directly or through its groups.</summary>
    public UserReference? User { get; init; }
    /// <summary>To this group of users.</summary>
    public UserGroupReference? UserGroup { get; init; }
    /// <summary>That reach assets of these accounts; several add up.</summary>
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

/// <summary>There is no such grant.</summary>
public sealed class GrantNotFoundException : BastionException
{
    private GrantNotFoundException(string to, string on, string message)
        : base("GrantNotFound", ErrorKind.NotFound, $"{to} → {on}", message)
    {
    }

    /// <param name="to">The user or group.</param>
    /// <param name="on">The asset or group.</param>
    /// <param name="through">Grants on groups that reach it nonetheless, for people; empty: none.</param>
    internal static GrantNotFoundException Nothing(string to, string on, string through) => new(to, on, through.Length == 0
        ? $"Nothing is granted to '{to}' on '{on}'. Get-BhAssetGrant lists what is granted."
        : $"Nothing is granted to '{to}' on '{on}' directly, but through groups: {through}. Revoke that, or change the group. Nothing was revoked.");

    /// <param name="to">The user or group.</param>
    /// <param name="on">The asset or group.</param>
    /// <param name="account">The account that was asked for.</param>
    /// <param name="granted">What is granted instead, for people.</param>
    internal static GrantNotFoundException Account(string to, string on, string account, string granted) => new(to, on,
        $"'{to}' is granted {granted} on '{on}', but not '{account}'. Get-BhAssetGrant lists what is granted. Nothing was revoked.");
}

/// <summary>One account can't be taken out of a grant of all accounts.</summary>
/// <param name="to">The user or group.</param>
/// <param name="on">The asset or group.</param>
public sealed class GrantOfAllAccountsException(string to, string on) : BastionException("GrantOfAllAccounts", ErrorKind.Conflict, $"{to} → {on}",
    $"'{to}' is granted all accounts of '{on}', later ones too; single ones can't be taken out. Revoke the whole grant (without -Account), then grant the accounts that should stay.");

/// <summary>One end of a grant is not named.</summary>
/// <param name="end">Which: user or asset.</param>
/// <param name="how">How it is named.</param>
public sealed class GrantEndMissingException(string end, string how) : BastionException("GrantEndMissing", ErrorKind.InvalidInput, end,
    $"A grant is for a user, or a group of users, on an asset, or a group of assets; no {end} is named. Give {how}. Nothing was changed.");
