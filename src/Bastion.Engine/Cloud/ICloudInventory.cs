namespace Bastion.Cloud;

/// <summary>What the engine needs to know of a cloud. One implementation a provider; nothing of a provider's wire form crosses this seam.</summary>
public interface ICloudInventory : IDisposable
{
    /// <summary>Name of the provider, e.g. <c>Alibaba</c>.</summary>
    string Provider { get; }

    /// <summary>Asks the cloud who these credentials are.</summary>
    Task<CloudIdentity> GetIdentityAsync(CancellationToken stop);

    /// <summary>Reads the organisation that the caller's account belongs to.</summary>
    /// <exception cref="CloudException">The account is in no directory, or may not ask.</exception>
    Task<CloudDirectory> GetDirectoryAsync(CancellationToken stop);

    /// <summary>All member accounts, page by page as they come. The management account itself is not among them.</summary>
    IAsyncEnumerable<CloudAccount> ListAccountsAsync(CancellationToken stop);

    /// <summary>Reads one member account.</summary>
    /// <returns><see langword="null"/> when the directory has no such member.</returns>
    Task<CloudAccount?> GetAccountAsync(string accountId, CancellationToken stop);

    /// <summary>Regions in which an account may have hosts or databases.</summary>
    Task<IReadOnlyList<string>> ListRegionsAsync(string accountId, CancellationToken stop);

    /// <summary>
    /// Does what reading an account begins with (its role, its regions): few calls, one after the other, during which others can be read.
    /// Not needed before <see cref="ListAssetsAsync"/>, which does the same.
    /// </summary>
    /// <exception cref="CloudException">This account cannot be read; others may.</exception>
    Task PrepareAsync(string accountId, CloudAssetQuery query, CancellationToken stop) => Task.CompletedTask;

    /// <summary>
    /// All hosts and databases of one account, in all regions or those named, as they come. Safe to call for many accounts at once:
    /// the provider bounds its own parallelism for each account.
    /// </summary>
    /// <param name="accountId">The account that owns the assets. The provider takes on its role unless the credentials are that account's own.</param>
    /// <param name="query">Which kinds and regions.</param>
    /// <param name="stop">Ends all requests under way.</param>
    /// <exception cref="CloudException">This account cannot be read; others may.</exception>
    IAsyncEnumerable<CloudAsset> ListAssetsAsync(string accountId, CloudAssetQuery query, CancellationToken stop);

    /// <summary>Tries each right that discovery and import need on one account, without changing anything.</summary>
    /// <param name="accountId">A member's id, or <see langword="null"/> for the rights at directory level.</param>
    /// <param name="stop">Ends the requests.</param>
    IAsyncEnumerable<CloudPermission> CheckPermissionsAsync(string? accountId, CancellationToken stop);
}

/// <summary>Who the credentials are.</summary>
/// <param name="AccountId">The account they belong to.</param>
/// <param name="Kind">The cloud's word: <c>Account</c> (root), <c>RAMUser</c>, <c>AssumedRoleUser</c>.</param>
/// <param name="Arn">The cloud's full name of the principal.</param>
public sealed record CloudIdentity(string AccountId, string Kind, string Arn);

/// <summary>An organisation.</summary>
/// <param name="Id">Id of the directory.</param>
/// <param name="ManagementAccountId">The account that owns the directory.</param>
/// <param name="ManagementAccountName">Its name.</param>
public sealed record CloudDirectory(string Id, string ManagementAccountId, string ManagementAccountName);

/// <summary>A member account as the cloud tells it.</summary>
public sealed record CloudAccount
{
    /// <summary>The account's id: the Owner Account ID of its assets.</summary>
    public required string Id { get; init; }
    /// <summary>Its display name.</summary>
    public required string DisplayName { get; init; }
    /// <summary>How it came into the directory: <c>created</c> or <c>invited</c>.</summary>
    public required string JoinMethod { get; init; }
    /// <summary>The cloud's own word for its status, e.g. <c>CreateSuccess</c>.</summary>
    public required string Status { get; init; }
    /// <summary>Whether that status lets it be used.</summary>
    public required bool IsUsable { get; init; }
    /// <summary>Folder path in the directory, where known.</summary>
    public string? Path { get; init; }
    /// <summary>When it joined.</summary>
    public DateTimeOffset? JoinedAt { get; init; }
}

/// <summary>What kind of asset.</summary>
public enum CloudAssetKind
{
    /// <summary>A server (ECS).</summary>
    Host,
    /// <summary>A managed database (RDS).</summary>
    Database,
}

/// <summary>Which assets to list.</summary>
/// <param name="Kinds">Hosts, databases or both.</param>
/// <param name="Regions">Only these regions; empty: all that the account has.</param>
public sealed record CloudAssetQuery(IReadOnlyCollection<CloudAssetKind> Kinds, IReadOnlyCollection<string> Regions);

/// <summary>A host or database as the cloud tells it.</summary>
public sealed record CloudAsset
{
    /// <summary>Host or database.</summary>
    public required CloudAssetKind Kind { get; init; }
    /// <summary>The cloud's id.</summary>
    public required string InstanceId { get; init; }
    /// <summary>The cloud's name for it; its id where it has none.</summary>
    public required string Name { get; init; }
    /// <summary>Region.</summary>
    public required string Region { get; init; }
    /// <summary>The account it belongs to.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>The cloud's own word for its status, e.g. <c>Running</c>.</summary>
    public required string Status { get; init; }
    /// <summary>Address inside the private network: an IP address or a domain name.</summary>
    public string? PrivateAddress { get; init; }
    /// <summary>Address on the internet.</summary>
    public string? PublicAddress { get; init; }
    /// <summary><c>linux</c> or <c>windows</c> for hosts.</summary>
    public string? OperatingSystem { get; init; }
    /// <summary>The operating system's full name.</summary>
    public string? OperatingSystemName { get; init; }
    /// <summary>MySQL, MariaDB, PostgreSQL or SQLServer for databases.</summary>
    public string? Engine { get; init; }
    /// <summary>Version of the engine.</summary>
    public string? EngineVersion { get; init; }
    /// <summary>Port for databases.</summary>
    public int? Port { get; init; }
    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>One right that was tried.</summary>
/// <param name="Action">E.g. <c>ecs:DescribeInstances</c>.</param>
/// <param name="AccountId">On which account.</param>
/// <param name="Allowed">Whether the cloud let it through.</param>
/// <param name="Message">What the cloud said and what to do; empty when allowed.</param>
public sealed record CloudPermission(string Action, string AccountId, bool Allowed, string Message);

/// <summary>The cloud refused, failed or could not be reached.</summary>
/// <param name="id">Stable id, e.g. <c>CloudThrottled</c>, <c>CloudRoleNotFound</c>, <c>CloudAccessDenied</c>, <c>CloudUnreachable</c>.</param>
/// <param name="kind">What sort of error.</param>
/// <param name="subject">Account, action or endpoint.</param>
/// <param name="code">The cloud's own code.</param>
/// <param name="message">What happened and what to do. No token, no canonical request.</param>
/// <param name="inner">The cause.</param>
public sealed class CloudException(string id, ErrorKind kind, string? subject, string? code, string message, Exception? inner = null)
    : BastionException(id, kind, subject, message, inner)
{
    /// <summary>The cloud's own code, e.g. <c>Throttling.User</c>; <see langword="null"/> when there was no answer.</summary>
    public string? Code { get; } = code;
}
