using Polly;
using Polly.Retry;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>When a failed attempt is repeated, and after what pause.</summary>
internal static class RpcRetries
{
    /// <summary>The longest pause that the cloud may ask for with <c>x-acs-retry-after</c>.</summary>
    internal static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(2);

    internal static ResiliencePipeline Build(TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 9,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(20),
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is RpcFault fault && args.AttemptNumber < fault.MayRetry),
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception is RpcFault { RetryAfter: { } asked } ? Asked(asked) : (TimeSpan?)null),
        })
        .Build();

    // Up to a fifth longer than asked: callers that were all told the same must not all come back at once.
    private static TimeSpan Asked(TimeSpan asked) => (asked < LongestAsked ? asked : LongestAsked) * (1 + (Random.Shared.NextDouble() / 5));
}
