using System.Collections.Specialized;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Bastion.Unit.Approvals;

/// <summary>An HTTP server on loopback that keeps what is posted to it.</summary>
internal sealed class HookServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<Hook> _hooks = Channel.CreateUnbounded<Hook>();
    private readonly Task _serving;

    internal HookServer()
    {
        Url = $"http://127.0.0.1:{Programs.FreePort()}/hooks/t0p-s3cret";
        _listener.Prefixes.Add(new Uri(Url).GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    internal string Url { get; }

    internal (int Status, string Body) Answer { get; set; } = (200, "ok");

    internal async Task<Hook> NextAsync() => await _hooks.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    internal bool HasMore => _hooks.Reader.TryPeek(out _);

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(10));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                // Before the answer: who has it may look.
                _hooks.Writer.TryWrite(new Hook(context.Request.Url!, context.Request.Headers, body.ToArray()));
                context.Response.StatusCode = Answer.Status;
                if (Answer.Status == 302) context.Response.RedirectLocation = Url + "/elsewhere";
                context.Response.Close(Encoding.UTF8.GetBytes(Answer.Body), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}

/// <summary>One post.</summary>
internal sealed record Hook(Uri Url, NameValueCollection Headers, byte[] Body)
{
    internal string Text => Encoding.UTF8.GetString(Body);
}
