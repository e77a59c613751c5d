using Bastion.Cloud.Alibaba.Credentials;

namespace Bastion.Cloud.Alibaba;

/// <summary>How the client behaves.</summary>
internal sealed record AlibabaOptions
{
    /// <summary>One endpoint for every product; <see langword="null"/>: the cloud's own.</summary>
    internal Uri? Endpoint { get; init; }

    /// <summary>Role to take on in member accounts.</summary>
    internal required string RoleName { get; init; }

    /// <summary>Calls in flight for one account at a time: the cloud counts by account.</summary>
    internal int CallsPerMember { get; init; } = 5;

    /// <summary>How long one attempt may take, in real time: the network does not go by a test's clock.</summary>
    internal TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time, and the pauses between attempts.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Environment, home folder, metadata service.</summary>
    internal Surroundings Surroundings { get; init; } = new();
}
