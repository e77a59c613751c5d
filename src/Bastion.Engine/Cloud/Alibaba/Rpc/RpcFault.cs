namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>How a call went wrong.</summary>
internal enum RpcFaultKind
{
    /// <summary>The cloud answered with one of its error codes.</summary>
    Refused,
    /// <summary>An answer came, but not in the cloud's form.</summary>
    Unreadable,
    /// <summary>No connection, or it broke.</summary>
    Unreachable,
    /// <summary>No answer in time.</summary>
    TimedOut,
    /// <summary>The other side's certificate is not trusted, or a proxy wants to know who asks.</summary>
    Untrusted,
}

/// <summary>One attempt that failed. Stays inside the client; callers get a <see cref="CloudException"/> made of it.</summary>
/// <param name="kind">How.</param>
/// <param name="text">What was said, cleaned of secrets and made printable.</param>
/// <param name="inner">The cause.</param>
internal sealed class RpcFault(RpcFaultKind kind, string text, Exception? inner = null) : Exception(text, inner)
{
    private const int PatientRetries = 9; // with the backoff of RpcRetries well over the minute for which a throttled operation may stay refused
    private const int Retries = 4;

    internal RpcFaultKind Kind => kind;

    /// <summary>HTTP status; 0: there was no answer.</summary>
    internal int Status { get; init; }

    internal string? Code { get; init; }

    /// <summary>From <c>x-acs-retry-after</c>.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The answer's <c>Date</c>.</summary>
    internal DateTimeOffset? ServerTime { get; init; }

    internal bool IsThrottling => Code?.Contains("Throttling", StringComparison.Ordinal) == true || Status == 429 || RetryAfter > TimeSpan.Zero;

    internal bool IsUnavailable => Status is 408 or >= 500 || Code is "ServiceUnavailable" or "InternalError" or "TimeoutRetryLater" or "ConnectTimeoutRetryLater";

    internal bool IsClockOff => Code == "InvalidTimeStamp.Expired";

    internal bool IsTokenExpired => Code == "InvalidSecurityToken.Expired" || (Code == "InvalidParameter" && Message.Contains("SecurityToken.Expired", StringComparison.Ordinal));

    /// <summary>How often the same call may be tried again, with a pause before each.</summary>
    internal int MayRetry => this switch
    {
        { IsThrottling: true } => PatientRetries,
        { IsUnavailable: true } or { Kind: RpcFaultKind.Unreachable or RpcFaultKind.TimedOut } or { Code: "SignatureNonceUsed" } => Retries,
        _ => 0,
    };

    internal static RpcFault Unreadable(string what) => new(RpcFaultKind.Unreadable, what);
}
