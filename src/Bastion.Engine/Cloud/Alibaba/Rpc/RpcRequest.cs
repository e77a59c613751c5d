using System.Globalization;
using System.Security.Cryptography;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>Makes the HTTP request of a call; each attempt its own, with a new nonce and date.</summary>
internal static class RpcRequest
{
    private static readonly string Agent = $"Bastion/{typeof(RpcRequest).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>A signed call: everything in the query, action and version in headers, no body.</summary>
    internal static HttpRequestMessage Signed(RpcCall call, AlibabaKey key, DateTimeOffset now)
    {
        string query = Acs3Signature.Query(call.Sent);
        var headers = new List<KeyValuePair<string, string>>
        {
            new("host", call.Endpoint.Authority),
            new("x-acs-action", call.Action),
            new("x-acs-content-sha256", Acs3Signature.EmptyPayload),
            new("x-acs-date", Stamp(now)),
            new("x-acs-signature-nonce", Nonce()),
            new("x-acs-version", call.Product.Version),
        };
        if (key.Token is not null)
        {
            headers.Add(new("x-acs-accesskey-id", key.Id));
            headers.Add(new("x-acs-security-token", key.Token));
        }

        (string signed, string canonical) = Acs3Signature.Canonical("POST", "/", query, headers, Acs3Signature.EmptyPayload);
        HttpRequestMessage request = Post(call, query);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", Acs3Signature.Authorization(key, signed, canonical));
        return request;
    }

    /// <summary>A call without a key: action and version in the query, parameters in a form.</summary>
    internal static HttpRequestMessage Unsigned(RpcCall call, DateTimeOffset now)
    {
        HttpRequestMessage request = Post(call, Acs3Signature.Query(
        [
            new("Action", call.Action), new("Format", "JSON"), new("SignatureNonce", Nonce()), new("Timestamp", Stamp(now)), new("Version", call.Product.Version),
        ]));
        request.Content = new FormUrlEncodedContent(call.Sent);
        return request;
    }

    private static HttpRequestMessage Post(RpcCall call, string query)
    {
        // What goes out must be what was signed: System.Uri would else rewrite escapes of its own accord.
        var uri = new Uri($"{call.Endpoint.GetLeftPart(UriPartial.Authority)}/{(query.Length == 0 ? "" : "?")}{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(HttpMethod.Post, uri);
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }

    private static string Stamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Nonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
