using System.Net;
using Bastion.Assets;
using Bastion.Grants;
using Bastion.Users;

namespace Bastion.Policies.Access;

/// <summary>Whose access to what is to be explained; what is not set does not narrow.</summary>
public sealed record AccessQuery
{
    /// <summary>Only this user.</summary>
    public UserReference? User { get; init; }
    /// <summary>Only this asset. With <see cref="User"/> too, accounts that are not granted are explained as well.</summary>
    public AssetReference? Asset { get; init; }
    /// <summary>Only accounts of this name.</summary>
    public string? Account { get; init; }
    /// <summary>What would be opened, on accounts whose protocol has it; none: a shell over SSH, a desktop over RDP, a session with a database.</summary>
    public IReadOnlyList<ProtocolChannel> Channels { get; init; } = [];
    /// <summary>From where.</summary>
    public IPAddress SourceAddress { get; init; } = IPAddress.Loopback;
    /// <summary>When; <see langword="null"/>: now.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>Only assets of these accounts; several add up.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
}

/// <summary>Whether a user gets to an account on an asset, and why.</summary>
public sealed record AccessExplanation
{
    /// <summary>Name of the user.</summary>
    public required string User { get; init; }
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>Id of the asset.</summary>
    public required long AssetId { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>The login; <see langword="null"/>: the asset is granted, with no account yet.</summary>
    public string? Account { get; init; }
    /// <summary>What would be opened; <see langword="null"/> without an account.</summary>
    public ProtocolChannel? Channel { get; init; }
    /// <summary>Whether the user, the grants and the policies agree.</summary>
    public required bool Allowed { get; init; }
    /// <summary>Why, in sentences.</summary>
    public required string Reason { get; init; }
    /// <summary>The grants through which it is reached; none: nothing is granted at that time.</summary>
    public IReadOnlyList<AccessPath> Through { get; init; } = [];
    /// <summary>What the policies say, section by section; <see langword="null"/> where they were not asked.</summary>
    public PolicyDecision? Decision { get; init; }
    /// <summary>From where.</summary>
    public required string SourceAddress { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{User} → {Account ?? "?"}@{Asset}: {(Allowed ? "allowed" : "denied")}";
}

/// <summary>What was given could be a user or an asset, or is neither.</summary>
/// <param name="given">What was given.</param>
public sealed class AccessSubjectUnclearException(string given) : BastionException("AccessSubjectUnclear", ErrorKind.InvalidInput, Printable.Escape(given),
    $"It is not clear whether '{Printable.Escape(given)}' is a user or an asset. Name it with -User or -Asset, or pipe what Get-BhUser or Get-BhAsset lists.");
