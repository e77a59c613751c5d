using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Bastion.Audit.Recording.Frames;

/// <summary>Reads the lines of one frame, also of one that broke off, in constant memory whatever the frame claims to hold.</summary>
internal sealed class FrameLines : IDisposable
{
    /// <summary>Longer lines are left out: no recorder writes them.</summary>
    internal const int LongestLine = 1024 * 1024;

    // A frame that asks for a larger window is none of ours
    private const int LargestWindowLog = 23;

    private readonly Decompressor _zstd = new();
    private readonly byte[] _packed = new byte[64 * 1024];
    private readonly byte[] _lines = new byte[2 * LongestLine];

    internal FrameLines() => _zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindowLog);

    /// <summary>Something in the last frame could not be read.</summary>
    internal bool Damaged { get; private set; }

    /// <summary>The lines without their ends; each is valid until the next is asked for.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Read(Stream file, Stretch stretch)
    {
        Damaged = false;
        _zstd.ResetStream();
        long at = stretch.Offset, end = stretch.Offset + stretch.Length;
        int filled = 0;
        bool skipping = false;
        ReadOnlyMemory<byte> packed = default;
        while (true)
        {
            if (packed.IsEmpty && at < end)
            {
                file.Position = at;
                int read = file.Read(_packed, 0, (int)Math.Min(_packed.Length, end - at));
                if (read == 0) break;
                at += read;
                packed = _packed.AsMemory(0, read);
            }

            if (!Unpack(packed.Span, _lines.AsSpan(filled), out int consumed, out int written)) break;
            packed = packed[consumed..];
            filled += written;
            int from = 0;
            for (int line; (line = _lines.AsSpan(from, filled - from).IndexOf((byte)'\n')) >= 0; from += line + 1)
            {
                if (!skipping && line > 0) yield return _lines.AsMemory(from, line);
                skipping = false;
            }

            _lines.AsSpan(from, filled - from).CopyTo(_lines);
            filled -= from;
            if (filled > LongestLine) (filled, skipping, Damaged) = (0, true, true);
            if (written == 0 && packed.IsEmpty && at >= end) break;
        }

        // A line without an end: it broke off there.
        if (filled > 0) Damaged = true;
    }

    public void Dispose() => _zstd.Dispose();

    private bool Unpack(ReadOnlySpan<byte> packed, Span<byte> lines, out int consumed, out int written)
    {
        (consumed, written) = (0, 0);
        try
        {
            OperationStatus status = _zstd.UnwrapStream(packed, lines, out consumed, out written);
            if (status == OperationStatus.InvalidData) Damaged = true;
            return status != OperationStatus.InvalidData;
        }
        catch (ZstdException)
        {
            Damaged = true;
            return false;
        }
    }
}
