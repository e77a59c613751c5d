using System.Net;
using System.Text.Json;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>The role of the cloud's own machine that this runs on, from its metadata service.</summary>
internal sealed class MachineRole : IDisposable
{
    private const string Roles = "latest/meta-data/ram/security-credentials/";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";
    private readonly Surroundings _surroundings;
    private readonly string? _role;
    private readonly HttpClient _http;

    private MachineRole(Surroundings surroundings, string? role)
    {
        _surroundings = surroundings;
        _role = role ?? surroundings.Get("ALIBABA_CLOUD_ECS_METADATA");
        // Never through a proxy: it would answer for its own machine.
        _http = LocalAnswers.Client(surroundings.MetadataTimeout);
        _http.BaseAddress = surroundings.Metadata;
    }

    /// <param name="surroundings">Where the service is.</param>
    /// <param name="role">The role's name; <see langword="null"/>: the environment's, else the one that the machine has.</param>
    /// <param name="clock">The cloud's time.</param>
    internal static IAlibabaCredentials Open(Surroundings surroundings, string? role, CloudClock clock)
    {
        var machine = new MachineRole(surroundings, role);
        return new RenewedCredentials(machine.FetchAsync, clock, machine);
    }

    public void Dispose() => _http.Dispose();

    private async Task<AlibabaKey> FetchAsync(CancellationToken stop)
    {
        if (_surroundings.IsOn("ALIBABA_CLOUD_ECS_METADATA_DISABLED")) throw AlibabaErrors.NoCredentials("the machine's own role is switched off by ALIBABA_CLOUD_ECS_METADATA_DISABLED");
        try
        {
            string? token = await TokenAsync(stop);
            string role = _role ?? (await GetAsync(Roles, token, stop)).Split('\n')[0].Trim();
            if (role.Length == 0) throw AlibabaErrors.NoCredentials("this machine has no role");
            return LocalAnswers.Key(await GetAsync(Roles + Uri.EscapeDataString(role), token, stop), "the metadata service");
        }
        catch (Exception e) when (LocalAnswers.IsFailure(e, stop))
        {
            throw AlibabaErrors.NoCredentials($"the metadata service gives no key: {e.Message}", e);
        }
    }

    // The hardened mode first; where the service doesn't know it, the plain one, unless that is forbidden.
    private async Task<string?> TokenAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "latest/api/token");
        request.Headers.Add("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, stop);
            if (response.IsSuccessStatusCode) return (await response.Content.ReadAsStringAsync(stop)).Trim();
            if (_surroundings.IsOn("ALIBABA_CLOUD_IMDSV1_DISABLED")) throw new HttpRequestException($"it answers {(int)response.StatusCode} to a request for a token");
            return null;
        }
        catch (Exception e) when (LocalAnswers.IsFailure(e, stop) && !_surroundings.IsOn("ALIBABA_CLOUD_IMDSV1_DISABLED"))
        {
            return null;
        }
    }

    private async Task<string> GetAsync(string path, string? token, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.TryAddWithoutValidation(TokenHeader, token);
        using HttpResponseMessage response = await _http.SendAsync(request, stop);
        if (response.StatusCode == HttpStatusCode.NotFound) throw new HttpRequestException("this machine has no such role");
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(stop);
    }
}

/// <summary>Answers of services on this machine or next to it that hand out keys.</summary>
internal static class LocalAnswers
{
    internal static HttpClient Client(TimeSpan timeout) => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = timeout,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    internal static bool IsFailure(Exception e, CancellationToken stop) =>
        e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !stop.IsCancellationRequested);

    /// <exception cref="CloudException">There is no key in it.</exception>
    internal static AlibabaKey Key(string json, string who)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement answer = document.RootElement;
        try
        {
            if (answer.Text("Code") is { } code && code != "Success") throw AlibabaErrors.NoCredentials($"{who} answers '{Redaction.Clean(code, null)}'");
            return new AlibabaKey(answer.Required("AccessKeyId"), answer.Required("AccessKeySecret"), answer.Text("SecurityToken"), answer.Time("Expiration"));
        }
        catch (RpcFault fault)
        {
            throw AlibabaErrors.NoCredentials($"{who} gives no key: {fault.Message}");
        }
    }
}
