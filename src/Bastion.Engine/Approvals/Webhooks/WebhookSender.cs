using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bastion.Approvals.Webhooks;

/// <summary>Sends one message, signed.</summary>
internal static class WebhookSender
{
    internal const string SignatureHeader = "X-Bastion-Signature";
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private const int LongestAnswer = 64 * 1024;

    /// <returns>The status of the answer, if there was one, and why it was not delivered; <see langword="null"/>: it was. Never the address, which can hold a secret.</returns>
    internal static async Task<(int? Status, string? Error)> SendAsync(WebhookShape shape, Uri url, byte[]? secret, string body, DateTimeOffset now, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !url.IsLoopback, ConnectTimeout = Patience };
        using var http = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
        byte[] content = Encoding.UTF8.GetBytes(WebhookText.Shape(shape, body));
        using var request = new HttpRequestMessage(HttpMethod.Post, shape == WebhookShape.DingTalk && secret is not null ? SignedByDingTalk(url, secret, now) : url);
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Bastion", null));
        if (secret is not null && shape != WebhookShape.DingTalk) request.Headers.Add(SignatureHeader, Signature(content, secret, now));
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, stop);
            int status = (int)answer.StatusCode;
            if (!answer.IsSuccessStatusCode) return (status, string.Create(CultureInfo.InvariantCulture, $"it answered with HTTP {status}"));
            return (status, shape == WebhookShape.DingTalk ? DingTalkError(await answer.Content.ReadAsStringAsync(stop)) : null);
        }
        catch (HttpRequestException e)
        {
            return (null, Printable.Escape(e.Message));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, $"it did not answer within {Patience.TotalSeconds} seconds");
        }
    }

    /// <summary>The time and a keyed hash over it and the body: who gets it can tell that it is ours, whole, and not old.</summary>
    internal static string Signature(ReadOnlySpan<byte> body, byte[] secret, DateTimeOffset now)
    {
        byte[] time = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()}."));
        return $"t={now.ToUnixTimeSeconds()},v1={Convert.ToHexString(HMACSHA256.HashData(secret, (byte[])[.. time, .. body])).ToLowerInvariant()}";
    }

    // DingTalk's own scheme: both in the address.
    private static Uri SignedByDingTalk(Uri url, byte[] secret, DateTimeOffset now)
    {
        long time = now.ToUnixTimeMilliseconds();
        byte[] text = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time}\n")), .. secret];
        string sign = Uri.EscapeDataString(Convert.ToBase64String(HMACSHA256.HashData(secret, text)));
        return new UriBuilder(url) { Query = $"{url.Query.TrimStart('?')}{(url.Query.Length > 1 ? "&" : "")}timestamp={time}&sign={sign}" }.Uri;
    }

    // It says OK to what it refuses, too.
    private static string? DingTalkError(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("errcode", out JsonElement code)) return null;
            return code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number) && number == 0 ? null : $"DingTalk refused it: {Printable.Escape(json.RootElement.GetRawText())}";
        }
        catch (JsonException)
        {
            return "the answer is not one of DingTalk's";
        }
    }
}
