using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Bastion.Sandbox;

/// <summary>
/// <c>POST /_sandbox/…</c>: faults and changes of the world from outside the process. It has its own path and its
/// own key, and is no part of the cloud's wire.
/// </summary>
internal sealed class ControlEndpoint(RehearsalCloud cloud, string key)
{
    public const string Prefix = "/_sandbox/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public async Task ServeAsync(HttpContext http)
    {
        (int status, object answer) = Allowed(http.Request) ? await TryAsync(http) : (403, new { error = "x-sandbox-key is missing or wrong." });
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(answer, Json, http.RequestAborted);
    }

    private bool Allowed(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers["x-sandbox-key"].ToString()), Encoding.UTF8.GetBytes(key));

    private async Task<(int Status, object Answer)> TryAsync(HttpContext http)
    {
        try
        {
            return await ActAsync(http) is { } answer ? (200, answer) : (404, new { error = "No such control." });
        }
        catch (Exception e) when (e is WorldException or JsonException)
        {
            return (400, new { error = e.Message });
        }
    }

    private async Task<object?> ActAsync(HttpContext http)
    {
        async Task<T> Body<T>() => await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, http.RequestAborted)
            ?? throw new JsonException("The body is empty.");

        switch ($"{http.Request.Method} {http.Request.Path.Value![Prefix.Length..]}")
        {
            case "GET requests":
                return new { cloud.Requests.Total, cloud.Requests.Counts };
            case "POST faults":
                cloud.Faults.Add(await Body<Fault>());
                break;
            case "DELETE faults":
                cloud.Faults.Clear();
                break;
            case "POST latency":
                cloud.Faults.LatencyMs = Math.Clamp((await Body<Latency>()).Ms, 0, 600_000);
                break;
            case "POST tokens/expire":
                cloud.ExpireTokens();
                break;
            case "POST instances/status":
                StatusChange status = await Body<StatusChange>();
                cloud.World.SetInstanceStatus(status.InstanceId, status.Status);
                break;
            case "POST instances/release":
                cloud.World.ReleaseInstance((await Body<Release>()).InstanceId);
                break;
            case "POST instances":
                Addition addition = await Body<Addition>();
                cloud.World.AddInstance(addition.AccountId, addition.Instance);
                break;
            case "POST roles/remove":
                RoleRemoval removal = await Body<RoleRemoval>();
                cloud.World.RemoveRole(removal.AccountId, removal.Role);
                break;
            default:
                return null;
        }
        return new { done = true };
    }

    private sealed record Latency(int Ms);
    private sealed record StatusChange(string InstanceId, string Status);
    private sealed record Release(string InstanceId);
    private sealed record Addition(string AccountId, Instance Instance);
    private sealed record RoleRemoval(string AccountId, string Role);
}
