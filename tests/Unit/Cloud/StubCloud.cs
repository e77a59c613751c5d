using System.Collections.Concurrent;
using System.Text;
using Bastion.Sandbox.Cloud;
using Microsoft.AspNetCore.Http;

namespace Bastion.Unit.Cloud;

/// <summary>A server on loopback that answers just what a test says: for what the rehearsal cloud would never do.</summary>
internal sealed class StubCloud : IAsyncDisposable
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LoopbackServer? _server;

    public Uri Endpoint => _server!.Endpoint;

    /// <summary>The requests so far, as <c>POST /path?query</c>, with header lines and body.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Done when the first request has come.</summary>
    public Task FirstRequest => _first.Task;

    public static async Task<StubCloud> StartAsync(RequestDelegate serve)
    {
        var stub = new StubCloud();
        stub._server = await LoopbackServer.StartAsync(0, async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            string headers = string.Concat(http.Request.Headers.Select(h => $"{h.Key}: {h.Value}\n"));
            stub.Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n{headers}\n{await body.ReadToEndAsync(http.RequestAborted)}");
            stub._first.TrySetResult();
            await serve(http);
        }, default);
        return stub;
    }

    /// <summary>Answers the same to every request.</summary>
    public static Task<StubCloud> AnsweringAsync(int status, string body, params (string Name, string Value)[] headers) => StartAsync(http => WriteAsync(http, status, body, headers));

    public static async Task WriteAsync(HttpContext http, int status, string body, params (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        foreach ((string name, string value) in headers) http.Response.Headers[name] = value;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), http.RequestAborted);
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
