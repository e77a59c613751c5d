namespace Bastion.Sandbox;

/// <summary>How a rehearsal runs.</summary>
public sealed record RehearsalOptions
{
    /// <summary>TCP port on 127.0.0.1; 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>Start a real <c>sshd</c> for each running Linux instance that the world marks with <c>host: true</c>.</summary>
    public bool StartHosts { get; init; }

    /// <summary>Which running Linux instances get one; null: those with <c>host: true</c>.</summary>
    public Func<Instance, bool>? HostsFor { get; init; }

    /// <summary>Delay before every answer in milliseconds; null: what the world says.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>The cloud's clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>A key pair that a client signs with.</summary>
/// <param name="AccessKeyId">Public part.</param>
/// <param name="AccessKeySecret">Secret part.</param>
public sealed record SandboxCredentials(string AccessKeyId, string AccessKeySecret)
{
    /// <summary>Never shows the secret.</summary>
    public override string ToString() => AccessKeyId;
}
