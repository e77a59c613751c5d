using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Bastion.Sandbox.Cloud;

/// <summary>
/// Kestrel on 127.0.0.1 without a web application around it: no environment variables, no console signals,
/// no logging get in between.
/// </summary>
internal sealed class LoopbackServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private const int MaxBody = 1024 * 1024;
    private readonly KestrelServer _server;
    private readonly RequestDelegate _serve;

    private LoopbackServer(int port, RequestDelegate serve)
    {
        _serve = serve;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = MaxBody;
        options.Listen(IPAddress.Loopback, port);
        _server = new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    public Uri Endpoint => new(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public static async Task<LoopbackServer> StartAsync(int port, RequestDelegate serve, CancellationToken stop)
    {
        var server = new LoopbackServer(port, serve);
        await server._server.StartAsync(server, stop);
        return server;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await _serve(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody is there to be told
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Nothing of ours lives in a context
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();                                    // Calls that still wait for a fault's delay are dropped
        await _server.StopAsync(now.Token);
        _server.Dispose();
    }
}
