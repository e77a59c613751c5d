namespace Bastion.Cloud;

/// <summary>Assets that could not be read though others of the account could.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Region">In which region; <see langword="null"/>: in any.</param>
public sealed record CloudRegionRefusal(CloudAssetKind Kind, string? Region)
{
    /// <summary>Whether an asset of this kind and region would be among them.</summary>
    public bool Covers(CloudAssetKind kind, string? region) => kind == Kind && (Region is null || Region == region);

    /// <inheritdoc/>
    public override string ToString() => $"{(Kind == CloudAssetKind.Host ? "hosts" : "databases")} in {(Region is null ? "all regions" : Printable.Escape(Region))}";
}

/// <summary>Some regions of an account refused; everything that was told before this is complete for the others.</summary>
/// <param name="accountId">The account.</param>
/// <param name="refused">What could not be read.</param>
/// <param name="cause">The first refusal.</param>
public sealed class CloudRegionsRefusedException(string accountId, IReadOnlyList<CloudRegionRefusal> refused, CloudException cause) : BastionException(
    "CloudRegionsRefused", ErrorKind.Denied, accountId,
    $"Not everything of account {accountId} could be read: {string.Join("; ", refused)} refused. First: {cause.Message} To leave them out, name the regions and kinds to import.", cause)
{
    /// <summary>What could not be read.</summary>
    public IReadOnlyList<CloudRegionRefusal> Refused { get; } = refused;
}
