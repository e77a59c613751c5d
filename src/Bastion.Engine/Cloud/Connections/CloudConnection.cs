namespace Bastion.Cloud.Connections;

/// <summary>Where a connection's credentials come from.</summary>
public enum CredentialSource
{
    /// <summary>The provider's default chain: environment, profile file, the machine's own role.</summary>
    Default,
    /// <summary>Given to Connect-BhCloud and kept in the vault.</summary>
    Given,
    /// <summary>Environment variables, read at each use.</summary>
    Environment,
    /// <summary>A profile of the cloud's command line tool, read at each use.</summary>
    Profile,
}

/// <summary>How to reach one organisation in a cloud.</summary>
public sealed record CloudConnection
{
    /// <summary>Stable id.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>E.g. <c>Alibaba</c>.</summary>
    public required string Provider { get; init; }
    /// <summary>One endpoint for everything (a rehearsal cloud, a proxy); <see langword="null"/>: the provider's own.</summary>
    public string? Endpoint { get; init; }
    /// <summary>Role to take on in each member account.</summary>
    public required string RoleName { get; init; }
    /// <summary>Where the credentials come from.</summary>
    public CredentialSource CredentialSource { get; init; }
    /// <summary>Name of the profile, for <see cref="CredentialSource.Profile"/>.</summary>
    public string? Profile { get; init; }
    /// <summary>The access key's id; never its secret.</summary>
    public string? AccessKeyId { get; init; }
    /// <summary>The account that the credentials belong to: the management account or a delegated administrator's.</summary>
    public required string AccountId { get; init; }
    /// <summary>The directory.</summary>
    public required string DirectoryId { get; init; }
    /// <summary>The account that owns the directory.</summary>
    public required string ManagementAccountId { get; init; }
    /// <summary>When it was last connected.</summary>
    public DateTimeOffset ConnectedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>No such connection, or none or several where one was meant.</summary>
public sealed class CloudConnectionNotFoundException : BastionException
{
    private CloudConnectionNotFoundException(string id, string? subject, string message)
        : base(id, ErrorKind.NotFound, subject, message)
    {
    }

    internal static CloudConnectionNotFoundException None() => new("CloudNotConnected", null, "No cloud is connected. Connect one with Connect-BhCloud.");

    internal static CloudConnectionNotFoundException Named(string name, string? near) => new("CloudConnectionNotFound", Printable.Escape(name),
        $"No cloud connection is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhCloud lists them.");

    internal static CloudConnectionNotFoundException Several(IEnumerable<string> names) => new("CloudConnectionAmbiguous", null,
        $"Several clouds are connected ({string.Join(", ", names)}). Say which with -Cloud.");
}
