namespace Bastion.Sandbox;

/// <summary>The faults in force. Safe from any thread; changes hold from the next call on.</summary>
public sealed class FaultPlan(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];

    /// <summary>Delay before every answer, in milliseconds.</summary>
    public int LatencyMs { get; set; }

    /// <summary>Adds a fault behind the others.</summary>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate) _planned.Add(new Planned(fault));
    }

    /// <summary>The next calls of an operation are throttled.</summary>
    /// <param name="operation">Null: of any operation.</param>
    /// <param name="times">How many.</param>
    /// <param name="retryAfterMs">Sent as <c>x-acs-retry-after</c>; null: not sent.</param>
    public void ThrottleNext(string? operation, int times, int? retryAfterMs = null) =>
        Add(new Fault { Kind = FaultKind.Throttle, Operation = operation, Times = times, RetryAfterMs = retryAfterMs });

    /// <summary>The next calls of an operation fail.</summary>
    public void FailNext(string? operation, int times, int httpStatus = 503, string? code = null) =>
        Add(new Fault { Kind = FaultKind.Error, Operation = operation, Times = times, HttpStatus = httpStatus, Code = code });

    /// <summary>The connection of the next calls breaks without an answer.</summary>
    public void ResetNext(string? operation, int times) =>
        Add(new Fault { Kind = FaultKind.Reset, Operation = operation, Times = times });

    /// <summary>The next calls with temporary keys find them expired.</summary>
    public void ExpireNext(string? operation, int times) =>
        Add(new Fault { Kind = FaultKind.ExpiredToken, Operation = operation, Times = times });

    /// <summary>Takes all faults and the latency away.</summary>
    public void Clear()
    {
        lock (_gate) _planned.Clear();
        LatencyMs = 0;
    }

    /// <summary>The first matching fault of one of these kinds, counted as used; null when the call goes well.</summary>
    internal Fault? Take(ReadOnlySpan<FaultKind> kinds, string product, string action, string? accountId)
    {
        lock (_gate)
        {
            foreach (Planned planned in _planned)
            {
                if (!kinds.Contains(planned.Fault.Kind) || !planned.Matches(product, action, accountId)) continue;
                if (!planned.Strikes(clock.GetUtcNow())) continue;
                if (planned.UsedUp) _planned.Remove(planned);
                return planned.Fault;
            }
        }
        return null;
    }

    private sealed class Planned(Fault fault)
    {
        private int _left = fault.Times ?? int.MaxValue;
        private int _before = fault.After;
        private long _second;
        private int _callsThisSecond;

        public Fault Fault => fault;
        public bool UsedUp => fault.Times is not null && _left == 0;

        public bool Matches(string product, string action, string? accountId) =>
            (fault.AccountId is null || fault.AccountId == accountId)
            && (fault.Operation is null
                || fault.Operation.Equals(action, StringComparison.OrdinalIgnoreCase)
                || fault.Operation.Equals($"{product}.{action}", StringComparison.OrdinalIgnoreCase));

        public bool Strikes(DateTimeOffset now)
        {
            if (_before > 0)
            {
                _before--;
                return false;
            }
            if (fault.PerSecond is { } allowed)
            {
                long second = now.ToUnixTimeSeconds();
                if (second != _second) (_second, _callsThisSecond) = (second, 0);
                if (++_callsThisSecond <= allowed) return false;
            }
            if (_left > 0) _left--;
            return true;
        }
    }
}
