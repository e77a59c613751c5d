namespace Bastion.Sandbox;

/// <summary>A call that the cloud answered.</summary>
/// <param name="At">When it came, by the cloud's clock.</param>
/// <param name="Product">For example <c>Ecs</c>; empty when the action is unknown.</param>
/// <param name="Action">For example <c>DescribeInstances</c>.</param>
/// <param name="AccountId">Whose data was asked for; null when the caller is unknown.</param>
/// <param name="RetryAttempt">The client's own count in <c>x-acs-retry-attempts</c>; null: not sent.</param>
/// <param name="Status">HTTP status; 0 when the connection was broken.</param>
/// <param name="Code">Error code; null when all went well.</param>
public sealed record LoggedRequest(
    DateTimeOffset At, string Product, string Action, string? AccountId, string? RetryAttempt, int Status, string? Code);

/// <summary>The last calls, and counts of all of them. No parameters are kept: they hold secrets.</summary>
public sealed class RequestLog
{
    private const int Kept = 10_000;
    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _recent = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Calls since the start or the last <see cref="Clear"/>.</summary>
    public int Total { get { lock (_gate) return _counts.Values.Sum(); } }

    /// <summary>The last ten thousand calls, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Recent { get { lock (_gate) return [.. _recent]; } }

    /// <summary>How often each operation was called, named like <c>Ecs.DescribeInstances</c>.</summary>
    public IReadOnlyDictionary<string, int> Counts { get { lock (_gate) return new Dictionary<string, int>(_counts, StringComparer.Ordinal); } }

    /// <summary>How often an operation was called: <c>AssumeRole</c>, or <c>Ecs.DescribeRegions</c> where two products share the name.</summary>
    public int Count(string operation)
    {
        lock (_gate)
            return _counts.Where(c => c.Key == operation || c.Key.EndsWith("." + operation, StringComparison.Ordinal)).Sum(c => c.Value);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _recent.Clear();
            _counts.Clear();
        }
    }

    internal void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            if (_recent.Count == Kept) _recent.Dequeue();
            _recent.Enqueue(request);
            string name = request.Product.Length == 0 ? "(unknown)" : $"{request.Product}.{request.Action}";
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
        }
    }
}
