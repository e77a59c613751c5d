namespace Bastion.Sandbox;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Refused with a throttling code, always or above a rate.</summary>
    Throttle,

    /// <summary>Answered with an error, 503 ServiceUnavailable unless the fault says otherwise.</summary>
    Error,

    /// <summary>The connection breaks without an answer.</summary>
    Reset,

    /// <summary>Temporary keys count as expired.</summary>
    ExpiredToken,

    /// <summary>The answer comes late.</summary>
    Delay,
}

/// <summary>Something to go wrong on purpose. The first fault that matches a call and is not used up acts.</summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>For example <c>DescribeInstances</c>, or <c>Rds.DescribeRegions</c>; null: every operation.</summary>
    public string? Operation { get; init; }

    /// <summary>Only calls made with this account's keys or as a role in it; null: all.</summary>
    public string? AccountId { get; init; }

    /// <summary>Error code; null: <c>Throttling.User</c>, <c>ServiceUnavailable</c>.</summary>
    public string? Code { get; init; }

    /// <summary>HTTP status; null: 400 for throttling, 503 for errors.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How many calls it hits; null: until removed.</summary>
    public int? Times { get; init; }

    /// <summary>How many calls go well before the first that it hits.</summary>
    public int After { get; init; }

    /// <summary>Throttling only: calls allowed in each second; null: every call is refused.</summary>
    public int? PerSecond { get; init; }

    /// <summary>Sends <c>x-acs-retry-after</c>, in milliseconds; null: does not.</summary>
    public int? RetryAfterMs { get; init; }

    /// <summary>For <see cref="FaultKind.Delay"/>, milliseconds.</summary>
    public int DelayMs { get; init; }
}
