using System.Text.Json;
using Bastion.Cloud.Alibaba.Credentials;
using Polly;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>Calls operations of the cloud: signs, sends, repeats what may be repeated, and turns the rest into errors that say what to do.</summary>
internal sealed class RpcClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeSpan _attemptTimeout;
    private readonly ResiliencePipeline _retries;

    /// <param name="handler">Owned from now on.</param>
    /// <param name="clock">The cloud's time.</param>
    /// <param name="attemptTimeout">How long one attempt may take, in real time.</param>
    internal RpcClient(HttpMessageHandler handler, CloudClock clock, TimeSpan attemptTimeout)
    {
        _http = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        Clock = clock;
        _attemptTimeout = attemptTimeout;
        _retries = RpcRetries.Build(clock.Machine);
    }

    internal CloudClock Clock { get; }

    /// <summary>Calls an operation and reads its answer.</summary>
    /// <param name="call">The operation.</param>
    /// <param name="credentials">Who calls.</param>
    /// <param name="read">Makes something of the answer, which is gone afterwards.</param>
    /// <param name="stop">Ends the call, also in a pause between attempts.</param>
    /// <exception cref="CloudException">It failed for good.</exception>
    internal async Task<T> CallAsync<T>(RpcCall call, IAlibabaCredentials credentials, Func<JsonElement, T> read, CancellationToken stop)
    {
        AlibabaKey key = await credentials.GetAsync(stop);
        for (bool clockTried = false, tokenTried = false; ;)
        {
            try
            {
                return await TryAsync(call, key, () => RpcRequest.Signed(call, key, Clock.Now), read, stop);
            }
            catch (RpcFault fault) when (fault.IsClockOff && !clockTried && Clock.Correct(fault.ServerTime))
            {
                clockTried = true;
            }
            catch (RpcFault fault) when (fault.IsTokenExpired && !tokenTried && key.Token is not null)
            {
                tokenTried = true;
                credentials.Reject(key);
                AlibabaKey renewed = await credentials.GetAsync(stop);
                if (renewed.IsSame(key)) throw AlibabaErrors.From(fault, call);
                key = renewed;
            }
            catch (RpcFault fault)
            {
                throw AlibabaErrors.From(fault, call);
            }
        }
    }

    /// <summary>Calls one of the few operations that want no key.</summary>
    /// <exception cref="CloudException">It failed for good.</exception>
    internal async Task<T> CallUnsignedAsync<T>(RpcCall call, Func<JsonElement, T> read, CancellationToken stop)
    {
        try
        {
            return await TryAsync(call, null, () => RpcRequest.Unsigned(call, Clock.Now), read, stop);
        }
        catch (RpcFault fault)
        {
            throw AlibabaErrors.From(fault, call);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> TryAsync<T>(RpcCall call, AlibabaKey? key, Func<HttpRequestMessage> request, Func<JsonElement, T> read, CancellationToken stop) =>
        await _retries.ExecuteAsync(async token => await AttemptAsync(call, key, request, read, token), stop);

    private async Task<T> AttemptAsync<T>(RpcCall call, AlibabaKey? key, Func<HttpRequestMessage> make, Func<JsonElement, T> read, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_attemptTimeout);
        try
        {
            using HttpRequestMessage request = make();
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            using Answer answer = await Answer.ReadAsync(response.Content, limit.Token);
            using JsonDocument? json = answer.Json();
            return response.IsSuccessStatusCode && json is not null ? read(json.RootElement) : throw FaultOf(response, answer, json, key);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new RpcFault(RpcFaultKind.TimedOut, "no answer in time", e);
        }
        catch (HttpRequestException e)
        {
            bool refused = e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError;
            throw new RpcFault(refused ? RpcFaultKind.Untrusted : RpcFaultKind.Unreachable, Redaction.Clean((e.InnerException ?? e).Message, key), e);
        }
        catch (IOException e)
        {
            throw new RpcFault(RpcFaultKind.Unreachable, Redaction.Clean(e.Message, key), e);
        }
    }

    private static RpcFault FaultOf(HttpResponseMessage response, Answer answer, JsonDocument? json, AlibabaKey? key)
    {
        int status = (int)response.StatusCode;
        TimeSpan? wait = status >= 400 ? Answer.RetryAfter(response.Headers) : null;
        string? code = json is null ? null : Said(json, "Code", "code");
        return code is null
            ? new RpcFault(RpcFaultKind.Unreadable, Redaction.Clean(answer.Beginning, key)) { Status = status, RetryAfter = wait }
            : new RpcFault(RpcFaultKind.Refused, Redaction.Clean(Said(json!, "Message", "message"), key))
            {
                Status = status,
                Code = Redaction.Clean(code, key),
                RetryAfter = wait,
                ServerTime = response.Headers.Date,
            };
    }

    private static string? Said(JsonDocument json, string name, string lowerCase)
    {
        foreach (string field in (string[])[name, lowerCase])
        {
            if (json.RootElement.TryGetProperty(field, out JsonElement said) && said.ValueKind is JsonValueKind.String or JsonValueKind.Number) return said.ToString();
        }

        return null;
    }
}
