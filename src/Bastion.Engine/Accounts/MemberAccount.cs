namespace Bastion.Accounts;

/// <summary>An account of the organisation: the owner of assets.</summary>
public sealed record MemberAccount
{
    /// <summary>The account's id: the Owner Account ID of its assets.</summary>
    public required string Id { get; init; }
    /// <summary>Display name.</summary>
    public required string DisplayName { get; init; }
    /// <summary><c>created</c>, <c>invited</c>, or <c>management</c> for the account that owns the directory.</summary>
    public required string JoinMethod { get; init; }
    /// <summary>The cloud's own word for its status.</summary>
    public required string Status { get; init; }
    /// <summary>Whether it was added to the bastion.</summary>
    public bool Added { get; init; }
    /// <summary>Name of the project that it is in; <see langword="null"/>: none.</summary>
    public string? Project { get; init; }
    /// <summary>Name of the cloud connection through which it is reached.</summary>
    public required string Cloud { get; init; }
    /// <summary>When it was added.</summary>
    public DateTimeOffset? AddedAt { get; init; }
    /// <summary>When its assets were last imported without an error.</summary>
    public DateTimeOffset? ImportedAt { get; init; }
    /// <summary>Its assets in the bastion.</summary>
    public long Assets { get; init; }
    /// <summary>The same as <see cref="Id"/>, so that it binds by property name where assets are filtered by owner.</summary>
    public string OwnerAccountId => Id;

    /// <inheritdoc/>
    public override string ToString() => $"{DisplayName} ({Id})";
}

/// <summary>The account is not one of the bastion's, or not one of the directory's.</summary>
/// <param name="id">What was asked for.</param>
/// <param name="inDirectory">Whether the directory was asked (and not the bastion).</param>
public sealed class MemberAccountNotFoundException(string id, bool inDirectory) : BastionException("MemberAccountNotFound", ErrorKind.NotFound, Printable.Escape(id),
    inDirectory ? $"The directory has no member account '{Printable.Escape(id)}'. Get-BhMemberAccount -Available lists its members."
        : $"Account '{Printable.Escape(id)}' is not in the bastion. Get-BhMemberAccount lists those that are; Add-BhMemberAccount adds one.");

/// <summary>The account still owns assets here.</summary>
/// <param name="id">The account.</param>
/// <param name="assets">How many.</param>
public sealed class MemberAccountInUseException(string id, long assets) : BastionException("MemberAccountInUse", ErrorKind.Conflict, id,
    $"Account '{id}' still owns {assets} asset{(assets == 1 ? "" : "s")} here. Remove them first (Get-BhAsset -OwnerAccountId {id} | Remove-BhAsset), or let them go with it: Remove-BhMemberAccount {id} -IncludeAsset.");

/// <summary>The account's status does not let it be used.</summary>
/// <param name="id">The account.</param>
/// <param name="status">Its status.</param>
public sealed class MemberAccountUnusableException(string id, string status) : BastionException("MemberAccountUnusable", ErrorKind.Conflict, id,
    $"Account '{id}' can't be added: its status in the directory is '{Printable.Escape(status)}'. Add it when it has joined.");
