namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>What credential sources look at outside the process's memory.</summary>
internal sealed record Surroundings
{
    /// <summary>Environment variables; empty ones count as absent.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The user's home folder.</summary>
    internal string Home { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>The instance metadata service.</summary>
    internal Uri Metadata { get; init; } = new("http://100.100.100.200/");

    /// <summary>How long the metadata service may take to answer, in real time: outside the cloud nobody answers at all.</summary>
    internal TimeSpan MetadataTimeout { get; init; } = TimeSpan.FromSeconds(1);

    internal string? Get(string variable) => Variable(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    internal bool IsOn(string variable) => string.Equals(Get(variable), "true", StringComparison.OrdinalIgnoreCase);
}
