using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Bastion.Sandbox.Cloud;

/// <summary>A request as it came over the wire, before anything is believed of it.</summary>
internal sealed class WireRequest
{
    private readonly Dictionary<string, List<string>> _headers = new(StringComparer.OrdinalIgnoreCase);

    public WireRequest(string method, string target, IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        Method = method;
        Body = body;
        int question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        Query = [.. PercentCoding.Pairs(question < 0 ? "" : target[(question + 1)..], plusIsSpace: false)];
        foreach ((string name, string value) in headers)
        {
            if (!_headers.TryGetValue(name, out List<string>? values)) _headers[name] = values = [];
            values.Add(value);
        }
        Parameters = new Parameters(Query.Concat(Form()));
    }

    public string Method { get; }
    public string Path { get; }
    public byte[] Body { get; }

    /// <summary>The query's pairs, decoded, in the order received.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>Query and form body together.</summary>
    public Parameters Parameters { get; }

    public IEnumerable<string> HeaderNames => _headers.Keys;
    public string? Action => Header("x-acs-action") ?? Parameters.Text("Action");
    public string? Version => Header("x-acs-version") ?? Parameters.Text("Version");

    public IReadOnlyList<string> HeaderValues(string name) => _headers.TryGetValue(name, out List<string>? values) ? values : [];

    /// <summary>The header's first value; null when it is absent.</summary>
    public string? Header(string name) => _headers.TryGetValue(name, out List<string>? values) ? values[0] : null;

    public static async Task<WireRequest> ReadAsync(IFeatureCollection features, CancellationToken stop)
    {
        IHttpRequestFeature request = features.GetRequiredFeature<IHttpRequestFeature>();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        return new WireRequest(
            request.Method,
            request.RawTarget,                                      // Path and QueryString are already decoded in part
            request.Headers.SelectMany(h => h.Value.Select(v => new KeyValuePair<string, string>(h.Key, v ?? ""))),
            body.ToArray());
    }

    private IEnumerable<KeyValuePair<string, string>> Form()
    {
        string type = Header("content-type") ?? "";
        return Body.Length > 0 && type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            ? PercentCoding.Pairs(Encoding.UTF8.GetString(Body), plusIsSpace: true)
            : [];
    }
}
