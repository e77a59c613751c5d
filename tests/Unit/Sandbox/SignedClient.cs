using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

/// <summary>
/// The least client that can sign a call, with a hook to spoil every part of it. Deliberately neither the
/// engine's signer nor the rehearsal cloud's verifier.
/// </summary>
internal sealed class SignedClient(Uri endpoint, string keyId, string secret, string? token = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public SignedClient(Uri endpoint, SandboxCredentials key) : this(endpoint, key.AccessKeyId, key.AccessKeySecret) { }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Changes the request after it was signed.</summary>
    public Action<HttpRequestMessage>? Spoil { get; set; }

    /// <summary>Headers to sign beside the usual ones; they replace equal names.</summary>
    public Dictionary<string, string> Extra { get; } = new(StringComparer.Ordinal);

    public static string VersionOf(string product) => product switch
    {
        "sts" => "2015-04-01",
        "rm" => "2020-03-31",
        "ecs" => "2014-05-26",
        _ => "2014-08-15",
    };

    /// <summary>Calls <c>product.Action</c>.</summary>
    public async Task<Answer> CallAsync(string operation, params (string Name, string Value)[] parameters)
    {
        string[] parts = operation.Split('.');
        using HttpRequestMessage request = Build(parts[1], VersionOf(parts[0]), parameters, form: null);
        return await SendAsync(request);
    }

    public async Task<Answer> CallAsync(string action, string version, string? form, params (string Name, string Value)[] parameters)
    {
        using HttpRequestMessage request = Build(action, version, parameters, form);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, JsonNode.Parse(text)!.AsObject(), response);
    }

    public HttpRequestMessage Build(string action, string version, (string Name, string Value)[] parameters, string? form)
    {
        string query = string.Join('&', parameters.OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        byte[] body = Encoding.UTF8.GetBytes(form ?? "");
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = endpoint.Authority,
            ["x-acs-action"] = action,
            ["x-acs-content-sha256"] = Convert.ToHexStringLower(SHA256.HashData(body)),
            ["x-acs-date"] = Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            ["x-acs-signature-nonce"] = Guid.NewGuid().ToString("N"),
            ["x-acs-version"] = version,
        };
        if (form is not null) headers["content-type"] = "application/x-www-form-urlencoded";
        if (token is not null) (headers["x-acs-accesskey-id"], headers["x-acs-security-token"]) = (keyId, token);
        foreach ((string name, string value) in Extra) headers[name] = value;

        string names = string.Join(';', headers.Keys);
        string canonical = $"{Method}\n/\n{query}\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{headers["x-acs-content-sha256"]}";
        string toSign = "ACS3-HMAC-SHA256\n" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(toSign)));

        var request = new HttpRequestMessage(Method, new Uri(endpoint, "/?" + query));
        if (form is not null) request.Content = new ByteArrayContent(body);
        foreach ((string name, string value) in headers)
        {
            if (name is "content-type") request.Content!.Headers.TryAddWithoutValidation(name, value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        request.Headers.TryAddWithoutValidation("Authorization", $"ACS3-HMAC-SHA256 Credential={keyId},SignedHeaders={names},Signature={signature}");
        Spoil?.Invoke(request);
        return request;
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, JsonObject Body, HttpResponseMessage Response)
{
    public string Code => (string?)Body[nameof(Code)] ?? "";
    public string Text(string name) => (string?)Body[name] ?? "";
}
