using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bastion.Audit.Recording;

namespace Bastion.Unit.Sessions;

/// <summary>Keeps what it is given in memory.</summary>
public sealed class MemoryRecorder : ISessionRecorder
{
    private readonly MemoryStream _output = new();
    private readonly CancellationTokenSource _failed = new();

    public CancellationToken Failed => _failed.Token;

    public Exception? Failure { get; private set; }

    public ConcurrentQueue<(int Columns, int Rows)> Sizes { get; } = new();

    public ConcurrentQueue<string> Markers { get; } = new();

    public int InputBytes { get; private set; }

    public byte[] Bytes
    {
        get { lock (_output) return _output.ToArray(); }
    }

    public void Output(ReadOnlySpan<byte> bytes)
    {
        lock (_output) _output.Write(bytes);
    }

    public void Input(ReadOnlySpan<byte> bytes) => InputBytes += bytes.Length;

    public void Resize(int columns, int rows) => Sizes.Enqueue((columns, rows));

    public void Marker(string text) => Markers.Enqueue(text);

    /// <summary>As when the disk is full.</summary>
    public void Fail()
    {
        Failure = new IOException("No space left on device");
        _failed.Cancel();
    }

    public RecordingSummary Seal(string reason) => new(TimeSpan.Zero, _output.Length, InputBytes, 0, Convert.ToHexStringLower(SHA256.HashData(Bytes)), true);

    public void Dispose() => _failed.Dispose();
}
