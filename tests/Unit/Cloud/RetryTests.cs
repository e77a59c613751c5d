using Bastion.Cloud;
using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Rpc;
using Bastion.Sandbox;
using static Bastion.Unit.Sandbox.CloudFixture;

namespace Bastion.Unit.Cloud;

public sealed class RetryTests : AlibabaFixture
{
    private const string Identity = "GetCallerIdentity";

    [Theory]
    [InlineData(null, 400)]
    [InlineData("Throttling", 400)]
    [InlineData("Throttling.Api", 429)]
    [InlineData("Throttling.User", 503)]
    [InlineData("Rejected.Throttling", 403)]
    public async Task Throttling_is_waited_out_whatever_its_code_and_status(string? code, int status)
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Throttle, Operation = Identity, Code = code, HttpStatus = status, Times = 8 });
        Assert.Equal(Management, (await Open().GetIdentityAsync(default)).AccountId);
        Assert.Equal(9, Cloud.Requests.Count(Identity));
        Assert.Equal(8, Clock.Pauses.Count);
    }

    [Fact]
    public async Task Throttling_without_end_is_told_and_what_was_waited_is_more_than_the_minute_that_it_may_last()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.Throttle, Operation = Identity });
        CloudException error = await Fails(() => Open().GetIdentityAsync(default));
        Assert.Equal(("CloudThrottled", ErrorKind.Connection, "Throttling.User"), (error.Id, error.Kind, error.Code));
        Assert.True(Clock.Pauses.Aggregate(TimeSpan.Zero, (sum, p) => sum + p) > TimeSpan.FromSeconds(60));
        Assert.Equal(10, Cloud.Requests.Count(Identity));
    }

    [Fact]
    public async Task The_pause_that_the_cloud_asks_for_is_kept()
    {
        Cloud.Faults.ThrottleNext(Identity, 1, retryAfterMs: 4500);
        await Open().GetIdentityAsync(default);
        Assert.InRange(Assert.Single(Clock.Pauses), TimeSpan.FromMilliseconds(4500), TimeSpan.FromMilliseconds(5400));
    }

    [Fact]
    public async Task A_pause_of_hours_is_cut()
    {
        Cloud.Faults.ThrottleNext(Identity, 1, retryAfterMs: 7_200_000);
        await Open().GetIdentityAsync(default);
        Assert.InRange(Assert.Single(Clock.Pauses), RpcRetries.LongestAsked, RpcRetries.LongestAsked * 1.2);
    }

    [Theory]
    [InlineData(503, null)]
    [InlineData(500, "InternalError")]
    [InlineData(500, "ServiceUnavailable")]
    [InlineData(502, "Anything")]
    [InlineData(400, "TimeoutRetryLater")]
    public async Task A_disturbance_of_the_cloud_is_tried_again_a_few_times(int status, string? code)
    {
        Cloud.Faults.FailNext(Identity, 4, status, code);
        Assert.Equal(Management, (await Open().GetIdentityAsync(default)).AccountId);
        Cloud.Faults.FailNext(Identity, 5, status, code);
        CloudException error = await Fails(() => Open().GetIdentityAsync(default));
        Assert.Equal(("CloudUnavailable", ErrorKind.Connection), (error.Id, error.Kind));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again_and_then_told()
    {
        Cloud.Faults.ResetNext(Identity, 4);
        Assert.Equal(Management, (await Open().GetIdentityAsync(default)).AccountId);
        Cloud.Faults.ResetNext(Identity, 5);
        CloudException error = await Fails(() => Open().GetIdentityAsync(default));
        Assert.Equal(("CloudUnreachable", ErrorKind.Connection, Cloud.Endpoint.Authority), (error.Id, error.Kind, error.Subject));
    }

    [Fact]
    public async Task Each_attempt_has_its_own_nonce_so_that_none_is_refused_as_a_repetition()
    {
        Cloud.Faults.FailNext(Identity, 3);
        await Open().GetIdentityAsync(default);
        Assert.DoesNotContain(Cloud.Requests.Recent, r => r.Code == "SignatureNonceUsed");
        Cloud.Faults.FailNext(Identity, 1, 400, "SignatureNonceUsed");
        Assert.Equal(Management, (await Open().GetIdentityAsync(default)).AccountId);
    }

    [Fact]
    public async Task What_will_not_get_better_is_not_tried_again()
    {
        Cloud.Faults.FailNext(Identity, 1, 400, "InvalidParameter.Something");
        CloudException error = await Fails(() => Open().GetIdentityAsync(default));
        Assert.Equal(("CloudRefused", "InvalidParameter.Something", 1), (error.Id, error.Code, Cloud.Requests.Count(Identity)));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_clock_that_is_hours_off_is_corrected_from_the_clouds_own(int hours)
    {
        var skewed = new ImpatientClock();
        skewed.Advance(TimeSpan.FromHours(hours));
        AlibabaInventory cloud = Open(with: o => o with { Clock = skewed });
        Assert.Equal(6, (await Assets(cloud, Shop)).Count);
        Assert.Single(Cloud.Requests.Recent, r => r.Code == "InvalidTimeStamp.Expired");
    }

    [Fact]
    public async Task A_cloud_that_finds_its_own_time_wrong_is_not_asked_for_ever()
    {
        Cloud.Faults.FailNext(Identity, 9, 400, "InvalidTimeStamp.Expired");
        CloudException error = await Fails(() => Open().GetIdentityAsync(default));
        Assert.Equal(("CloudClockWrong", 1), (error.Id, Cloud.Requests.Count(Identity)));
    }

    [Fact]
    public async Task A_role_that_expired_early_is_taken_on_again()
    {
        AlibabaInventory cloud = Open();
        await Assets(cloud, Shop);
        Cloud.ExpireTokens();
        Assert.Equal(6, (await Assets(cloud, Shop)).Count);
        Assert.Equal(2, Cloud.Requests.Count("AssumeRole"));
    }

    [Fact]
    public async Task A_role_that_is_expired_again_at_once_is_told()
    {
        Cloud.Faults.Add(new Fault { Kind = FaultKind.ExpiredToken, Operation = "Ecs.DescribeRegions" });
        CloudException error = await Fails(() => Assets(Open(), Shop, new CloudAssetQuery([CloudAssetKind.Host], [])));
        Assert.Equal(("CloudTokenExpired", ErrorKind.Authentication, Shop), (error.Id, error.Kind, error.Subject));
        Assert.Equal(2, Cloud.Requests.Count("AssumeRole"));
    }

    [Fact]
    public async Task A_role_is_renewed_before_it_ends()
    {
        AlibabaInventory cloud = Open();
        await Assets(cloud, Shop);
        Clock.Advance(TimeSpan.FromMinutes(44));
        await Assets(cloud, Shop);
        Assert.Equal(1, Cloud.Requests.Count("AssumeRole"));
        Clock.Advance(TimeSpan.FromMinutes(2));
        await Assets(cloud, Shop);
        Assert.Equal(2, Cloud.Requests.Count("AssumeRole"));
        Assert.DoesNotContain(Cloud.Requests.Recent, r => r.Code is not null);
    }

    [Fact]
    public async Task Stopping_ends_a_call_that_waits_for_its_answer()
    {
        await using StubCloud silent = await StubCloud.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        AlibabaInventory cloud = Keep(OpenAt(silent.Endpoint, "id", "secret"));
        using var stop = new CancellationTokenSource();
        Task call = cloud.GetIdentityAsync(stop.Token);
        await silent.FirstRequest;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Stopping_ends_a_pause_between_attempts()
    {
        await using StubCloud busy = await StubCloud.AnsweringAsync(400, """{"Code":"Throttling","Message":"slow down"}""");
        var clock = new StoppedClock();
        AlibabaInventory cloud = Keep(OpenAt(busy.Endpoint, "id", "secret", with: o => o with { Clock = clock }));
        using var stop = new CancellationTokenSource();
        Task call = cloud.GetIdentityAsync(stop.Token);
        await clock.PauseBegun;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(busy.Requests);
    }

    [Fact]
    public async Task Stopping_ends_the_listing_of_a_slow_cloud()
    {
        AlibabaInventory cloud = Open();
        await cloud.GetIdentityAsync(default);
        Cloud.Faults.LatencyMs = 600_000;
        using var stop = new CancellationTokenSource();
        Task<List<CloudAsset>> listing = All(cloud.ListAssetsAsync(Shop, Everything, stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
    }

    [Fact]
    public async Task A_cloud_that_never_answers_is_given_up()
    {
        await using StubCloud silent = await StubCloud.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        AlibabaInventory cloud = Keep(OpenAt(silent.Endpoint, "id", "secret", with: o => o with { Clock = Clock, AttemptTimeout = TimeSpan.FromMilliseconds(20) }));
        CloudException error = await Fails(() => cloud.GetIdentityAsync(default));
        Assert.Equal(("CloudTimeout", ErrorKind.Timeout, 4), (error.Id, error.Kind, Clock.Pauses.Count));
    }

    [Fact]
    public async Task At_most_five_calls_are_in_flight_for_one_account()
    {
        int now = 0, most = 0;
        await using StubCloud counting = await StubCloud.StartAsync(async http =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Delay(5, http.RequestAborted);
            Interlocked.Decrement(ref now);
            string action = http.Request.Headers["x-acs-action"].ToString();
            string regions = string.Join(',', Enumerable.Range(0, 30).Select(n => $$"""{"RegionId":"r-{{n}}"}"""));
            await StubCloud.WriteAsync(http, 200, action switch
            {
                Identity => $$"""{"AccountId":"{{Shop}}"}""",
                "DescribeRegions" => $$$"""{"Regions":{"Region":[{{{regions}}}],"RDSRegion":[{{{regions}}}]}}""",
                "DescribeDBInstances" => """{"TotalRecordCount":0,"Items":{"DBInstance":[]}}""",
                _ => """{"TotalCount":0,"Instances":{"Instance":[]}}""",
            });
        });
        AlibabaInventory cloud = Keep(OpenAt(counting.Endpoint, "id", "secret"));
        await Task.WhenAll(Assets(cloud, Shop), Assets(cloud, Shop));
        Assert.Equal(125, counting.Requests.Count);
        Assert.InRange(most, 2, 5);
    }

    // On it no pause ever ends.
    private sealed class StoppedClock : TimeProvider
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PauseBegun => _begun.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _begun.TrySetResult();
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); value > seen;)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
