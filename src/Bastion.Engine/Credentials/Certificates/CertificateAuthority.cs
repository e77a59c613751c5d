namespace Bastion.Credentials.Certificates;

/// <summary>A key that vouches for log-ons: hosts that trust it (sshd's TrustedUserCAKeys) let in whom it names, without any key of his own there.</summary>
public sealed record CertificateAuthority
{
    /// <summary>Shortest and longest time that a certificate holds.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1), Longest = TimeSpan.FromHours(24);

    /// <summary>Stable id; never given to another authority.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>SHA256 fingerprint of the public half, as ssh prints it.</summary>
    public required string Fingerprint { get; init; }
    /// <summary>The public half: a line for the hosts' TrustedUserCAKeys file.</summary>
    public required string PublicKey { get; init; }
    /// <summary>How long a certificate holds, from the log-on that it is made for.</summary>
    public required TimeSpan Validity { get; init; }
    /// <summary>Addresses and networks from which certificates may be used, as the hosts see the bastion; empty: any.</summary>
    public IReadOnlyList<string> SourceAddresses { get; init; } = [];
    /// <summary>Serial of the last certificate.</summary>
    public long LastSerial { get; init; }
    /// <summary>How many accounts log on with its certificates.</summary>
    public int Accounts { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>An authority by name or itself.</summary>
public sealed class CertificateAuthorityReference
{
    /// <summary>By name.</summary>
    public CertificateAuthorityReference(string name) => Name = name;

    /// <summary>Itself.</summary>
    public CertificateAuthorityReference(CertificateAuthority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        (Name, Id) = (authority.Name, authority.Id);
    }

    /// <summary>The name; for people when <see cref="Id"/> is there.</summary>
    public string Name { get; }

    /// <summary>The id, where known.</summary>
    public long? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>No such authority.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class CertificateAuthorityNotFoundException(string name, string? near = null) : BastionException("CertificateAuthorityNotFound", ErrorKind.NotFound, name,
    $"No certificate authority is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhCertificateAuthority lists them; New-BhCertificateAuthority makes one.");

/// <summary>Accounts log on with the authority's certificates.</summary>
/// <param name="name">The authority.</param>
/// <param name="accounts">How many.</param>
public sealed class CertificateAuthorityInUseException(string name, int accounts) : BastionException("CertificateAuthorityInUse", ErrorKind.Conflict, name,
    $"{accounts} accounts log on with certificates of '{name}'. Take it from them first: Get-BhAssetAccount | Where-Object CertificateAuthority -eq '{name}' | Set-BhAssetAccount -Clear CertificateAuthority");

/// <summary>What a certificate may be used for makes no sense.</summary>
/// <param name="subject">What was given.</param>
/// <param name="why">Why not.</param>
public sealed class InvalidCertificateRuleException(string subject, string why) : BastionException("InvalidCertificateRule", ErrorKind.InvalidInput, Printable.Escape(subject), $"'{Printable.Escape(subject)}' {why}");
