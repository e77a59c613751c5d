using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>The body of one answer in a pooled buffer.</summary>
internal sealed class Answer : IDisposable
{
    // A page of a hundred instances has some 300 KB; what is longer than this is not the cloud.
    private const int Longest = 64 * 1024 * 1024;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;

    private Answer()
    {
    }

    internal static async Task<Answer> ReadAsync(HttpContent content, CancellationToken stop)
    {
        var answer = new Answer();
        try
        {
            await using Stream stream = await content.ReadAsStreamAsync(stop);
            for (int read; (read = await stream.ReadAsync(answer.Free(), stop)) > 0;) answer._length += read;
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>The answer as a JSON object; <see langword="null"/> when it is none.</summary>
    internal JsonDocument? Json()
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(_bytes.AsMemory(0, _length));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>How the answer begins.</summary>
    internal string Beginning => Encoding.UTF8.GetString(_bytes, 0, Math.Min(_length, 4096));

    public void Dispose()
    {
        // Answers of STS hold secrets.
        ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        _bytes = [];
        _length = 0;
    }

    /// <summary>Milliseconds from <c>x-acs-retry-after</c>.</summary>
    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers) =>
        headers.TryGetValues("x-acs-retry-after", out IEnumerable<string>? values) && long.TryParse(values.First(), out long ms) && ms > 0
            ? TimeSpan.FromMilliseconds(Math.Min(ms, int.MaxValue))
            : null;

    private Memory<byte> Free()
    {
        if (_length == _bytes.Length)
        {
            if (_length >= Longest) throw RpcFault.Unreadable($"the answer is longer than {Longest / 1024 / 1024} MB");
            byte[] larger = ArrayPool<byte>.Shared.Rent(_length * 2);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = larger;
        }

        return _bytes.AsMemory(_length);
    }
}
