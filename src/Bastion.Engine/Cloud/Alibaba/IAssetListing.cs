using Bastion.Cloud.Alibaba.Answers;

namespace Bastion.Cloud.Alibaba;

/// <summary>One kind of assets and how an account's are listed.</summary>
internal interface IAssetListing
{
    CloudAssetKind Kind { get; }

    Task<IReadOnlyList<RegionAnswer>> RegionsAsync(Member member, CancellationToken stop);

    /// <summary>Page by page.</summary>
    IAsyncEnumerable<IReadOnlyList<CloudAsset>> ListAsync(Member member, RegionAnswer region, CancellationToken stop);

    /// <summary>The smallest call that needs the right to list.</summary>
    Task TryListAsync(Member member, RegionAnswer region, CancellationToken stop);
}
