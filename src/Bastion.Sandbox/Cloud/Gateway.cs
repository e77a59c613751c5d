using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Bastion.Sandbox.Cloud;

/// <summary>The way of every call: known? authentic? faulty on purpose? then its operation; then the log.</summary>
internal sealed class Gateway(World world, SignatureVerifier verifier, FaultPlan faults, RequestLog log, TimeProvider clock, IEnumerable<Operation> operations)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Operation[] _operations = [.. operations];

    public async Task ServeAsync(HttpContext http)
    {
        CancellationToken gone = http.RequestAborted;
        WireRequest request = await WireRequest.ReadAsync(http.Features, gone);
        string requestId = Guid.NewGuid().ToString().ToUpperInvariant();
        http.Response.Headers.Date = clock.GetUtcNow().ToString("r");
        http.Response.Headers["x-acs-request-id"] = requestId;
        var entry = new LoggedRequest(clock.GetUtcNow(), "", request.Action ?? "", null, request.Header("x-acs-retry-attempts"), 0, null);
        Func<Task> reply;
        try
        {
            Operation operation = Find(request);
            entry = entry with { Product = operation.Product };
            object answer = await AnswerAsync(operation, request, requestId, who => entry = entry with { AccountId = who.AccountId }, gone);
            entry = entry with { Status = 200 };
            reply = () => WriteAsync(http, 200, answer);
        }
        catch (CloudError e)
        {
            entry = entry with { Status = e.Status, Code = e.Code };
            reply = () => WriteErrorAsync(http, e, requestId, entry.Product, world.Regions[0].Id, request);
        }
        catch (ConnectionBroken)
        {
            entry = entry with { Code = "(reset)" };
            reply = () =>
            {
                http.Abort();
                return Task.CompletedTask;
            };
        }
        finally
        {
            // First: whoever has got the answer finds the request in the log.
            log.Add(entry);
        }

        await reply();
    }

    private Operation Find(WireRequest request)
    {
        if (request.Path is not "/" || request.Method is not ("POST" or "GET") || request.Action is null) throw CloudError.UnknownAction();
        Operation[] named = [.. _operations.Where(o => o.Action == request.Action)];
        if (named.Length == 0) throw CloudError.UnknownAction();
        return Array.Find(named, o => o.Version == request.Version)
            ?? throw (_operations.Any(o => o.Version == request.Version) ? CloudError.UnknownAction() : CloudError.UnknownVersion());
    }

    private async Task<object> AnswerAsync(
        Operation operation, WireRequest request, string requestId, Action<Principal> noteCaller, CancellationToken gone)
    {
        CloudError? refusal = null;
        Principal? caller = null;
        try
        {
            caller = verifier.Verify(request);
            noteCaller(caller);
        }
        catch (CloudError e)
        {
            refusal = e;
        }
        await SufferAsync(operation, caller, gone);                 // A broken connection breaks for strangers too
        if (refusal is not null) throw refusal;
        Account account = world.FindAccount(caller!.AccountId) ?? throw CloudError.AccessKeyNotFound();
        return operation.Answer(new Call(caller, account, request.Parameters, world, requestId));
    }

    private async Task SufferAsync(Operation operation, Principal? caller, CancellationToken gone)
    {
        Fault? Take(params ReadOnlySpan<FaultKind> kinds) => faults.Take(kinds, operation.Product, operation.Action, caller?.AccountId);

        int delay = faults.LatencyMs + (Take(FaultKind.Delay)?.DelayMs ?? 0);
        if (delay > 0) await Task.Delay(delay, gone);               // Real time: the network is not part of the world's clock
        if (Take(FaultKind.Reset) is not null) throw new ConnectionBroken();
        if (Take(FaultKind.Error, FaultKind.Throttle) is { } fault) throw Failure(fault);
        if (caller?.Kind is PrincipalKind.AssumedRole && Take(FaultKind.ExpiredToken) is not null) throw CloudError.TokenExpired();
    }

    private static CloudError Failure(Fault fault)
    {
        bool throttled = fault.Kind is FaultKind.Throttle;
        string code = fault.Code ?? (throttled ? "Throttling.User" : fault.HttpStatus is 500 ? "InternalError" : "ServiceUnavailable");
        string message = code switch
        {
            "Throttling" => "Request was denied due to request throttling.",
            "Throttling.User" => "Request was denied due to user flow control.",
            "InternalError" => "The request processing has failed due to some unknown error, exception or failure.",
            "ServiceUnavailable" => "The request has failed due to a temporary failure of the server.",
            _ => throttled ? "Request was denied due to api flow control." : "The request has failed.",
        };
        return new CloudError(fault.HttpStatus ?? (throttled ? 400 : 503), code, message) { RetryAfterMs = fault.RetryAfterMs };
    }

    private static Task WriteErrorAsync(HttpContext http, CloudError e, string requestId, string product, string region, WireRequest request)
    {
        if (e.RetryAfterMs is { } wait) http.Response.Headers["x-acs-retry-after"] = wait.ToString();
        string host = product switch
        {
            "ResourceManager" => "resourcemanager.aliyuncs.com",
            "Rds" => "rds.aliyuncs.com",
            "Ecs" => $"ecs.{request.Parameters.Text("RegionId") ?? region}.aliyuncs.com",
            _ => "sts.aliyuncs.com",
        };
        return WriteAsync(http, e.Status, new
        {
            RequestId = requestId,
            HostId = host,
            e.Code,
            e.Message,
            Recommend = $"https://api.aliyun.com/troubleshoot?q={PercentCoding.Encode(e.Code)}&product={product}&requestId={requestId}",
            AccessDeniedDetail = e.Denied,
        });
    }

    private static async Task WriteAsync(HttpContext http, int status, object body)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, Json);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json;charset=utf-8";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }

    private sealed class ConnectionBroken : Exception;
}
