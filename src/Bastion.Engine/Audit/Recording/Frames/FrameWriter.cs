using System.Buffers;
using System.Security.Cryptography;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Bastion.Audit.Recording.Frames;

/// <summary>
/// Turns lines into zstd frames, each followed by its link. A frame stays open over many flushes, so that a slow session compresses as well as
/// a fast one; what was flushed can be read at once.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    /// <summary>A frame is ended once it holds so many bytes of lines.</summary>
    internal const int FullAt = 1024 * 1024;

    /// <summary>Window of 1 MiB: what a reader has to keep.</summary>
    private const int WindowLog = 20;

    // Two thirds of level 1's time, for a flood that nobody reads: that time is taken from the session itself where processors are few.
    private const int HurriedLevel = -3;

    // Searches long in small tables: a session that a person types costs next to nothing, whatever is done to its bytes.
    private const int ThoroughLevel = 13;
    private static readonly (ZSTD_cParameter Name, int Value)[] Thorough =
    [
        (ZSTD_cParameter.ZSTD_c_hashLog, 16), (ZSTD_cParameter.ZSTD_c_chainLog, 17), (ZSTD_cParameter.ZSTD_c_searchLog, 5),
        (ZSTD_cParameter.ZSTD_c_minMatch, 4), (ZSTD_cParameter.ZSTD_c_strategy, (int)ZSTD_strategy.ZSTD_btopt),
    ];

    private readonly Compressor _zstd = new(HurriedLevel);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _pending = new(64 * 1024);
    private long _lineBytes;
    private long _frameBytes;
    private bool _thorough;

    internal FrameWriter(byte[] head, long number)
    {
        _zstd.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, WindowLog);
        (Head, Number) = (head, number);
        _hash.AppendData(head);
    }

    /// <summary>Hash of the last frame.</summary>
    internal byte[] Head { get; private set; }

    /// <summary>Number of the next frame, which is how many there are.</summary>
    internal long Number { get; private set; }

    /// <summary>Bytes to be written to the file.</summary>
    internal ReadOnlySpan<byte> Pending => _pending.WrittenSpan;

    /// <summary>A frame is open.</summary>
    internal bool IsOpen => _lineBytes > 0;

    /// <summary>The open frame should be ended.</summary>
    internal bool IsFull => _lineBytes >= FullAt;

    /// <summary>The open frame is compressed well, but slowly.</summary>
    internal bool IsSlow => IsOpen && _thorough;

    /// <summary>Adds whole lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="hurry">Much is waiting: compress less, but faster. Counts for a whole frame.</param>
    internal void Add(ReadOnlySpan<byte> lines, bool hurry)
    {
        if (!IsOpen && _thorough == hurry) SetPace(!hurry);
        _lineBytes += lines.Length;
        while (!lines.IsEmpty)
        {
            _zstd.WrapStream(lines, _pending.GetSpan(64 * 1024), out int consumed, out int written, isFinalBlock: false);
            Took(written);
            lines = lines[consumed..];
        }
    }

    /// <summary>Makes readable what was added so far.</summary>
    internal void Flush() => Drain(end: false);

    /// <summary>Ends the open frame and links it.</summary>
    internal void End(FrameKind kind, Counts counts)
    {
        Drain(end: true);
        Link(kind, counts);
    }

    /// <summary>Ends a frame that another process left open.</summary>
    /// <param name="frame">What there is of it.</param>
    /// <param name="closing">The last block.</param>
    /// <param name="counts">What the recording holds with it.</param>
    internal void Close(Stream frame, ReadOnlySpan<byte> closing, Counts counts)
    {
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = frame.Read(buffer)) > 0; _frameBytes += read) _hash.AppendData(buffer.AsSpan(0, read));
        closing.CopyTo(_pending.GetSpan(closing.Length));
        Took(closing.Length);
        Link(FrameKind.Events, counts);
    }

    /// <summary>What was pending is in the file.</summary>
    internal void Written() => _pending.ResetWrittenCount();

    public void Dispose()
    {
        _zstd.Dispose();
        _hash.Dispose();
    }

    private void SetPace(bool thorough)
    {
        _thorough = thorough;
        _zstd.Level = thorough ? ThoroughLevel : HurriedLevel;
        // 0: as the level has it
        foreach ((ZSTD_cParameter name, int value) in Thorough) _zstd.SetParameter(name, thorough ? value : 0);
    }

    private void Drain(bool end)
    {
        OperationStatus status;
        do
        {
            status = _zstd.FlushStream(_pending.GetSpan(64 * 1024), out int written, end);
            Took(written);
        }
        while (status != OperationStatus.Done);
    }

    private void Link(FrameKind kind, Counts counts)
    {
        FrameLink link = FrameLink.Of(kind, Number++, _frameBytes, counts, _hash);
        link.Write(_pending.GetSpan(FrameLink.Bytes));
        _pending.Advance(FrameLink.Bytes);
        _hash.AppendData(Head = link.Hash);
        (_lineBytes, _frameBytes) = (0, 0);
    }

    private void Took(int bytes)
    {
        _pending.Advance(bytes);
        _hash.AppendData(_pending.WrittenSpan[^bytes..]);
        _frameBytes += bytes;
    }
}
